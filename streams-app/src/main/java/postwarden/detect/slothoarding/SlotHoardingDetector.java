package postwarden.detect.slothoarding;

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
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * One client keeps SMTP sessions open for minutes and does next to nothing in them, so that others find no slot. That a session
 * lasted is known when it ends. Late lines only add to their pane; duplicates are removed before tallies.
 */
public final class SlotHoardingDetector implements KeyDetector {
    private static final String ID = "slot-hoarding";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.CLIENT, Span.HOST, Set.of());
    /** Sessions that end now began before the window: their connects are looked for as far back as panes are exact. */
    private static final Duration BEFORE = Duration.ofMinutes(20);

    private final SlotHoardingParams params;

    public SlotHoardingDetector(SlotHoardingParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.IDLE_SESSIONS) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        Tally window = view.window(params.window());
        long idle = window.count(Count.IDLE_SESSIONS);
        if (idle < factor * params.sessions()) {
            return Optional.empty();
        }
        Tally before = view.window(BEFORE);
        long peak = before.peak(Peak.CONCURRENCY);
        boolean atOnce = peak == 0
                ? idle >= factor * params.uncountedFactor() * params.sessions()
                : peak >= factor * params.peakConcurrency();
        // Who brings a message for every session that hung is a slow partner, not a hoarder.
        boolean works = before.sum(Count.MESSAGES, Count.AUTH_SUCCESSES) >= idle;
        return atOnce && !works ? Optional.of(finding(view, window, before)) : Optional.empty();
    }

    private Finding finding(View view, Tally window, Tally before) {
        String host = view.host();
        String client = view.key().name();
        long idle = window.count(Count.IDLE_SESSIONS);
        long peak = before.peak(Peak.CONCURRENCY);
        long limits = before.sum(Count.CLIENT_LIMITS, Count.SERVER_LIMITS);
        long useful = before.sum(Count.MESSAGES, Count.AUTH_SUCCESSES);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                host,
                view.pane(),
                Subject.client(host, client),
                Onset.of(view, BEFORE, before.count(Count.CONNECTS) > 0 ? Count.CONNECTS : Count.IDLE_SESSIONS),
                limits > 0
                        ? Severity.HIGH.because("a limit was reached, so others may have been turned away")
                        : Severity.MEDIUM.because("nobody was turned away so far"),
                0.9,
                new Weighing()
                        .add(
                                "SLOT_HOARDING",
                                4,
                                Say.count(idle, "session") + " of two minutes or more had at most three commands")
                        .add(
                                "BROKEN_CLIENT",
                                useful > 0 || before.has(Mark.PRIVATE_ADDRESS) ? 2 : 0.3,
                                Say.count(useful, "message or login") + " came from it meanwhile")
                        .causes(),
                client + " holds sessions of " + host + " and does nothing: " + idle + " in "
                        + params.window().toMinutes() + " minutes" + (peak == 0 ? "" : ", " + peak + " at once"),
                "Each lasted two minutes or more with at most three commands. A slot that is held is taken from others; "
                        + (limits > 0
                                ? "the daemon said that a limit was reached " + Say.count(limits, "time") + "."
                                : "no limit has been reached yet."),
                new TreeMap<>(Map.of(
                        "idleSessions", (double) idle,
                        "peakConcurrency", (double) peak,
                        "timeouts", (double) window.count(Count.TIMEOUTS),
                        "limits", (double) limits,
                        "useful", (double) useful)),
                new TreeMap<>(Map.of(
                        "idleSessions", (double) params.sessions(),
                        "peakConcurrency", (double) params.peakConcurrency())),
                Map.of(),
                Evidence.of(before, Count.IDLE_SESSIONS, Count.CLIENT_LIMITS, Count.CONNECTS),
                List.of(advice(host, client, before)),
                "T1499.002",
                before.has(Mark.LOG_GAP),
                List.of("A session shows that it was held when it ends: those that are still open are not counted."));
    }

    private static Advice advice(String host, String client, Tally window) {
        String timeout = window.has(Mark.EXIM)
                ? "Exim: smtp_receive_timeout = 1m while it lasts (5m by default), smtp_accept_max_per_host = 10 (unset means no"
                        + " limit); on cPanel in WHM, Exim Configuration Manager."
                : "Postfix: postconf smtpd_timeout must show ${stress?{10}:{300}}s, which is the default: under stress idle"
                        + " sessions end after 10 s. smtpd_client_connection_count_limit bounds one client (50 by default);"
                        + " clients in mynetworks are exempt.";
        return new Advice(
                "End the sessions that " + client + " holds on " + host,
                List.of(
                        "See them: ss -Htno state established src :25 dst " + Say.shell(client),
                        Say.lastLines(client),
                        timeout,
                        "Where nothing wanted comes from it, keep it away in the firewall and end what is open: ss -K dst "
                                + Say.shell(client)),
                "Its open sessions end, and new sessions of others are short again.",
                "Put the old time-out back and reload.",
                List.of(
                        "Do not raise the number of processes or sessions: who hoards takes them too.",
                        "Do not set smtpd_timeout to 10 s for good: slow partners are cut off in the middle of a message."));
    }
}
