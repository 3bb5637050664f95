package postwarden.detect.pollingclient;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Advice;
import postwarden.detect.Finding;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Say;
import postwarden.detect.reading.Weighing;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * A mail program logs in again and again to see whether there is mail. It is asked of one login in sixteen only, because it
 * concerns an hour and every login could begin it. Late lines only add to their pane; duplicates are removed before tallies.
 */
public final class PollingClientDetector implements KeyDetector {
    private static final String ID = "polling-client";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.CLIENT, Span.HOST, Set.of());
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PART = Duration.ofMinutes(10);
    private static final int PARTS = 6;
    private static final double SECONDS = 3600;

    private final PollingClientParams params;

    public PollingClientDetector(PollingClientParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.LOGIN_SAMPLES) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double floor = params.loginsPerHour() * (open ? params.openFactor() : 1);
        double part = floor / PARTS * params.steadiness();
        // The last ten minutes first: most are done with them.
        if (!open && view.window(PART).count(Count.AUTH_SUCCESSES) < part) {
            return Optional.empty();
        }
        Tally hour = view.window(HOUR);
        boolean often = perAccount(hour) >= floor && hour.distinct(Distinct.SUCCESS_ACCOUNTS) <= params.accounts();
        boolean program = hour.count(Count.MESSAGES) * 2 <= hour.count(Count.AUTH_SUCCESSES)
                && !hour.has(Mark.PRIVATE_ADDRESS)
                && (hour.has(Mark.IMAP) || hour.has(Mark.POP3));
        return often && program && (open || isSteady(view, hour)) ? Optional.of(finding(view, hour)) : Optional.empty();
    }

    private boolean isSteady(View view, Tally hour) {
        double part = (double) hour.count(Count.AUTH_SUCCESSES) / PARTS * params.steadiness();
        for (int i = 0; i < PARTS; i++) {
            if (view.window(PART, i * Pane.count(PART)).count(Count.AUTH_SUCCESSES) < part) {
                return false;
            }
        }
        return true;
    }

    private static double perAccount(Tally hour) {
        return (double) hour.count(Count.AUTH_SUCCESSES) / Math.max(1, hour.distinct(Distinct.SUCCESS_ACCOUNTS));
    }

    private Finding finding(View view, Tally hour) {
        String host = view.host();
        String client = view.key().name();
        long accounts = hour.distinct(Distinct.SUCCESS_ACCOUNTS);
        List<String> names = hour.topNames("account:", 2);
        String account = accounts == 1 && names.size() == 1 ? names.get(0) : "";
        double gap = SECONDS / perAccount(hour);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                host,
                view.pane(),
                new Subject(host, client, account, "", "", "", ""),
                Onset.of(view, HOUR, Count.AUTH_SUCCESSES),
                Severity.INFO.because("nobody attacks; a mail program asks too often"),
                0.9,
                new Weighing()
                        .add("POLLING", 3, "an account logs in every " + Say.number(gap) + " s, all through the hour")
                        .add(
                                "STALE_SESSIONS",
                                hour.count(Count.MAILBOX_LIMITS) > 0 ? 2 : 0.2,
                                Say.count(hour.count(Count.MAILBOX_LIMITS), "login")
                                        + " met the limit of sessions of one user")
                        .causes(),
                "A mail program at " + client + " logs in to " + host + " every " + Say.number(gap) + " s",
                Say.count(hour.count(Count.AUTH_SUCCESSES), "login") + " of " + Say.count(accounts, "account")
                        + " in an hour. Nobody attacks: the program asks for new mail too often.",
                new TreeMap<>(Map.of(
                        "loginsPerHour",
                        perAccount(hour),
                        "gapSeconds",
                        gap,
                        "distinctSuccessAccounts",
                        (double) accounts,
                        "peakConcurrency",
                        (double) hour.peak(Peak.CONCURRENCY))),
                new TreeMap<>(Map.of("loginsPerHour", (double) params.loginsPerHour())),
                Map.of(),
                Evidence.of(hour, Count.LOGIN_SAMPLES),
                List.of(advice(client)),
                "",
                hour.has(Mark.LOG_GAP),
                List.of(
                        "Which program it is stands in the log only where Dovecot is told to log client ids (imap_id_log)."));
    }

    private static Advice advice(String client) {
        return new Advice(
                "Let the program at " + client + " ask less often",
                List.of(
                        "Ask its user to look for mail every 5 to 15 minutes, or to use IMAP with IDLE (\"push\"), which needs no"
                                + " asking at all.",
                        "A script: keep one session open and use IDLE, or fetch at longer intervals.",
                        "Several devices behind one address with the same account: each needs that setting."),
                "Its logins fall below one in two minutes.",
                "Set the old interval again.",
                List.of("Do not block the address: it is a user with the right password."));
    }
}
