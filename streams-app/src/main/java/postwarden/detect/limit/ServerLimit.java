package postwarden.detect.limit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import postwarden.detect.Grade;
import postwarden.detect.Severity;
import postwarden.detect.View;
import postwarden.detect.reading.Earlier;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Pane;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** A server has no slot left for anybody: whoever comes next is refused, partner or not. */
final class ServerLimit {
    static final LimitRule RULE = LimitRule.of(
            "server-limit", Watch.SERVER, Count.SERVER_LIMITS, (part, window) -> said(part), ServerLimit::told);

    /** A statement that is said once in a while stands for itself and two more (see {@link LimitParams#serverLimit}). */
    private static final int SELDOM = 2;
    /** Refusals in the window from which the server is short of slots, not touching its limit for a moment. */
    private static final int SHORT = 10;
    /** Share of the usual mail below which the shortage does harm. */
    private static final double HARM = 0.5;
    /** Messages and logins of usual five minutes below which fewer of them are chance. */
    private static final int FEW = 30;

    private static final Duration LASTING = Duration.ofMinutes(5);

    private ServerLimit() {}

    private static long said(Tally part) {
        return part.count(Count.SERVER_LIMITS) + SELDOM * part.count(Count.SATURATIONS);
    }

    private static Told told(Sight sight) {
        Tally window = sight.window();
        long refused = window.count(Count.SERVER_LIMITS);
        long most = window.peak(Peak.CONCURRENCY);
        long limit = window.peak(Peak.LIMIT_VALUE);
        Holders holders = Holders.of(sight.view());
        return new Told(
                grade(sight),
                holders.causes(),
                sight.host() + " has no slot left" + (limit > 0 ? " of " + limit : "") + ": said "
                        + Say.count(refused, "time") + " in " + sight.minutes() + " minutes",
                "Whoever connects is refused for now, partners too. At most " + most + " sessions were open at once, "
                        + holders.oneClient() + " of them of one client; "
                        + Say.count(window.distinct(Distinct.CLIENTS), "client")
                        + " came, and " + Say.percent(holders.productive())
                        + " of the connections that were let in led to a message or a login.",
                Map.of(
                        "refusals", (double) refused,
                        "peakConcurrency", (double) most,
                        "peakOneClient", (double) holders.oneClient(),
                        "limitValue", (double) limit,
                        "saturation", limit == 0 ? 0 : Math.min(1, (double) most / limit),
                        "productiveShare", holders.productive()),
                List.of(Count.SERVER_LIMITS, Count.IDLE_SESSIONS, Count.LOAD_SHEDDING, Count.CLIENT_LIMITS),
                ServerLimitAdvice.of(sight, holders.causes().get(0).name()),
                holders.technique(),
                List.of(
                        "Postfix says it once in 1000 s and Dovecot once a second, however many are refused; Pure-FTPd never says"
                                + " that MaxClientsNumber was reached."));
    }

    /** HIGH once it is more than a moment; CRITICAL once it lasts and the usual mail does not get in. */
    private static Grade grade(Sight sight) {
        View view = sight.view();
        Tally before = view.window(LASTING, Pane.count(LASTING));
        boolean earlier = said(before) >= sight.params().floor()
                || view.window(sight.params().hold(), Pane.count(LASTING)).count(Count.SATURATIONS) > 0;
        boolean lasts = earlier && said(view.window(LASTING)) > 0;
        if (lasts && isStarved(view)) {
            return Severity.CRITICAL.because("it lasts, and the usual mail does not get in");
        }
        return lasts || sight.window().count(Count.SERVER_LIMITS) >= SHORT
                ? Severity.HIGH.because("it is more than a moment, but the usual mail still gets in as far as is known")
                : Severity.MEDIUM.because("a moment so far: who was refused comes again");
    }

    private static boolean isStarved(View view) {
        long usual = Earlier.median(view, LASTING, ServerLimit::useful);
        return usual >= FEW && useful(view.window(LASTING)) < HARM * (double) usual;
    }

    private static long useful(Tally tally) {
        return tally.sum(Count.MESSAGES, Count.AUTH_SUCCESSES);
    }
}
