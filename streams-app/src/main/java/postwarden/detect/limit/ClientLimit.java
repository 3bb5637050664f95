package postwarden.detect.limit;

import java.util.List;
import java.util.Map;
import postwarden.detect.Cause;
import postwarden.detect.Grade;
import postwarden.detect.Severity;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * One SMTP client meets a limit of its own: connections at once, connections, messages, recipients, handshakes or logins in a
 * time. The limit does its work; the question is whether the client is somebody who is wanted.
 */
final class ClientLimit {
    static final LimitRule RULE = LimitRule.of(
            "client-limit", Watch.CLIENT, Count.CLIENT_LIMITS, (part, window) -> said(part), ClientLimit::told);

    /** Users behind one address from which it looks like an office; two may be one person's two mailboxes. */
    private static final int OFFICE_ACCOUNTS = 3;

    private ClientLimit() {}

    /** FTP and mailbox services have limits of other kinds, with rules of their own. */
    private static long said(Tally part) {
        return part.count(Count.CLIENT_LIMITS) - part.sum(Count.FTP_LIMITS, Count.MAILBOX_LIMITS);
    }

    private static Told told(Sight sight) {
        Tally hour = sight.hour();
        long useful = Math.max(hour.count(Count.MESSAGES), hour.count(Count.AUTH_SUCCESSES));
        List<Cause> causes = causes(sight, hour, useful);
        String cause = causes.get(0).name();
        return new Told(
                grade(cause),
                causes,
                sight.name() + " is held at a limit of " + sight.host() + ": refused " + Say.count(sight.said(), "time")
                        + " in " + sight.minutes() + " minutes",
                "The limit is " + kind(sight.window()) + ". In the last hour the client brought "
                        + Say.count(hour.count(Count.MESSAGES), "message") + " and "
                        + Say.count(hour.count(Count.AUTH_SUCCESSES), "login")
                        + ". What is refused for now is tried again, so nothing is lost yet.",
                Map.of(
                        "concurrencyLimits", (double) sight.window().count(Count.CONCURRENCY_LIMITS),
                        "rateLimits", (double) sight.window().count(Count.RATE_LIMITS),
                        "limitValue", (double) sight.window().peak(Peak.LIMIT_VALUE),
                        "usefulInAnHour", (double) useful),
                List.of(Count.CLIENT_LIMITS, Count.CONNECTS, Count.AUTH_FAILURES),
                ClientLimitAdvice.of(sight, cause),
                technique(cause),
                List.of(
                        "Postfix writes the same reply for connections at once and in a time; the warning tells them apart."));
    }

    private static List<Cause> causes(Sight sight, Tally hour, long useful) {
        long accounts = sight.accounts();
        long guesses = hour.count(Count.AUTH_FAILURES);
        boolean ours = hour.has(Mark.PRIVATE_ADDRESS);
        boolean office = accounts >= OFFICE_ACCOUNTS;
        String brought = Say.count(useful, "message or login") + " came from it in the last hour";
        return new Weighing()
                .add("NOISY_INTERNAL_CLIENT", ours ? 5 : 0, "the address is private: a machine of our own")
                .add("NAT", office ? 4 : 0, Say.count(accounts, "account") + " logged in from it, so it is many people")
                .add(
                        "PASSWORD_GUESSING",
                        guesses > useful && guesses * 2 >= sight.said() ? 6 : 0,
                        Say.count(guesses, "login") + " of it were refused")
                .add("BUSY_CLIENT", !ours && !office && useful > 0 ? 2 : 0, brought)
                .add("UNKNOWN_CLIENT", useful == 0 ? 3 : 0.2, brought)
                .causes();
    }

    /** A stranger who is held at a limit for minutes is worth a look; who brings mail needs a setting, not an alarm. */
    private static Grade grade(String cause) {
        return switch (cause) {
            case "NAT", "BUSY_CLIENT" ->
                Severity.INFO.because("it brings mail or logins: a setting to look at, no alarm");
            case "NOISY_INTERNAL_CLIENT" -> Severity.LOW.because("it is a machine of our own");
            default -> Severity.MEDIUM.because("a stranger is held at a limit for minutes, and the limit holds");
        };
    }

    private static String technique(String cause) {
        return switch (cause) {
            case "PASSWORD_GUESSING" -> "T1110";
            case "UNKNOWN_CLIENT" -> "T1499.002";
            default -> "";
        };
    }

    private static String kind(Tally window) {
        boolean atOnce = window.count(Count.CONCURRENCY_LIMITS) > 0;
        boolean inATime = window.count(Count.RATE_LIMITS) > 0;
        return atOnce && inATime
                ? "of both, how many at once and how many in a time"
                : atOnce ? "how many at once" : "how many in a time";
    }
}
