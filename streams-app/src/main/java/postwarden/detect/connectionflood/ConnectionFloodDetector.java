package postwarden.detect.connectionflood;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import postwarden.detect.Finding;
import postwarden.detect.Grade;
import postwarden.detect.KeyDetector;
import postwarden.detect.Scope;
import postwarden.detect.Severity;
import postwarden.detect.Span;
import postwarden.detect.Subject;
import postwarden.detect.Usual;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.detect.reading.Onset;
import postwarden.detect.reading.Ordinary;
import postwarden.detect.reading.Say;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * One client takes more connections of one host than any use explains: many in a minute, or many at once, and next to none
 * of them lead to a message or a login. Late lines only add to their pane; duplicates are removed before tallies.
 */
public final class ConnectionFloodDetector implements KeyDetector {
    private static final String ID = "connection-flood";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.CLIENT, Span.HOST, Set.of(Count.CONNECTS));
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    /** A message is logged seconds after its connection: a share of the two must span more than one minute. */
    private static final Duration YIELD = Duration.ofMinutes(2);
    /** How far back the beginning of a flood is looked for. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(10);

    /** Panes from which it can be said whether they are alike; a client with hardly a session at once can wait that long. */
    private static final int REGULAR = 4;

    /** Times the floor up to which it can be a check that nobody sees open: two load balancers, once a second each. */
    private static final long UNSEEN = 2;

    private final ConnectionFloodParams params;

    public ConnectionFloodDetector(ConnectionFloodParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    /** A flood's minute has one pane in six with a sixth of the floor; half of that is asked for. */
    @Override
    public boolean mayConcern(Tally pane) {
        return ClientMinute.connects(pane) * 12 >= params.connectsPerMinute()
                || pane.peak(Peak.CONCURRENCY) >= params.peakConcurrency();
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        Tally window = view.window(MINUTE);
        ClientMinute minute = ClientMinute.of(window);
        if (!reaches(minute, factor) || isAtWork(view) || isHeldUp(view, minute) || isProbe(view, minute)) {
            return Optional.empty();
        }
        boolean immediate = minute.connects() >= params.immediateFactor() * params.connectsPerMinute()
                || (reaches(minute, 1) && minute.limits() >= params.limitsPerMinute());
        boolean lasting = params.persistence().met(view, past -> reaches(ClientMinute.of(past), factor));
        if (!open && !immediate && !(lasting && isUnusual(view, minute))) {
            return Optional.empty();
        }
        return Optional.of(finding(view, window, minute));
    }

    private boolean reaches(ClientMinute minute, double factor) {
        return minute.connects() >= factor * params.connectsPerMinute()
                || minute.concurrency() >= factor * params.peakConcurrency();
    }

    private boolean isUnusual(View view, ClientMinute minute) {
        return ordinary(view, minute).tail() < params.tail() || minute.concurrency() >= params.peakConcurrency();
    }

    private Ordinary ordinary(View view, ClientMinute minute) {
        return Ordinary.of(view, Count.CONNECTS, minute.connects(), MINUTE, params.usual());
    }

    private boolean isAtWork(View view) {
        return ClientMinute.of(view.window(YIELD)).productive() >= params.productiveShare();
    }

    /**
     * A connection that is refused at a limit cannot lead to anything, so one who brings mail, and has long done so, is judged by
     * those that were let in; client-limit says that it is held up. At ten times the floor it is a flood whatever it brings.
     */
    private boolean isHeldUp(View view, ClientMinute minute) {
        if (minute.limits() == 0 || minute.connects() >= params.immediateFactor() * params.connectsPerMinute()) {
            return false;
        }
        ClientMinute hour = ClientMinute.of(view.window(HOUR));
        long known = ClientMinute.of(view.past()).useful();
        return hour.useful() + known >= params.connectsPerMinute()
                && hour.useful() >= params.productiveShare() * Math.max(0, hour.connects() - hour.limits());
    }

    /** Sessions in which nothing is tried, hardly ever two at once, as regular as a timer, and no limit reached: a load balancer's or monitor's. */
    private boolean isProbe(View view, ClientMinute minute) {
        if (minute.limits() > 0 || minute.barrenShare() < 0.9 || minute.concurrency() > params.probeConcurrency()) {
            return false;
        }
        // Where open sessions are not seen (Dovecot), only the rate of a check or two can be one.
        if (minute.concurrency() == 0 && minute.connects() > UNSEEN * params.connectsPerMinute()) {
            return false;
        }
        long[] panes = LongStream.range(0, whole(view))
                .map(ago -> ClientMinute.connects(view.window(Pane.LENGTH, ago)))
                .sorted()
                .toArray();
        return panes.length < REGULAR || spread(panes) <= params.probeSpread();
    }

    /** Variance divided by mean of all but the lowest, in which the check was begun, stopped or missed. */
    private static double spread(long[] rising) {
        double sum = 0;
        double squares = 0;
        for (int i = 1; i < rising.length; i++) {
            sum += rising[i];
            squares += (double) rising[i] * rising[i];
        }
        double mean = sum / (rising.length - 1);
        return mean == 0 ? 1 : (squares / (rising.length - 1) - mean * mean) / mean;
    }

    /** Panes of the last minute since the client came: before its first one there was nothing, and that one is not whole. */
    private static long whole(View view) {
        long panes = Pane.count(MINUTE);
        while (panes > 0 && ClientMinute.connects(view.window(Pane.LENGTH, panes)) == 0) {
            panes--;
        }
        return panes;
    }

    private Finding finding(View view, Tally window, ClientMinute minute) {
        String host = view.host();
        String client = view.key().name();
        Tally recent = view.window(YIELD);
        Ordinary ordinary = ordinary(view, minute);
        Grade grade = grade(ClientMinute.of(recent), minute);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                host,
                view.pane(),
                Subject.client(host, client),
                Onset.of(view, LOOK_BACK, window.count(Count.CONNECTS) > 0 ? Count.CONNECTS : Count.NO_AUTH),
                grade,
                FloodCauses.confidence(minute, ordinary.tail()),
                FloodCauses.of(window, minute),
                title(host, client, minute),
                summary(minute, ordinary.baseline(), ClientMinute.of(recent)),
                new TreeMap<>(measures(minute)),
                new TreeMap<>(Map.of(
                        "connectsPerMinute", (double) params.connectsPerMinute(),
                        "peakConcurrency", (double) params.peakConcurrency(),
                        "limitsPerMinute", (double) params.limitsPerMinute(),
                        "productiveShare", params.productiveShare())),
                Map.of("connectsPerMinute", Usual.of(ordinary.baseline(), params.usual())),
                Evidence.of(window, Count.CLIENT_LIMITS, Count.CONNECTS, Count.EMPTY_SESSIONS, Count.NO_AUTH),
                FloodAdvice.of(host, client, window, minute),
                FloodCauses.isGuessing(minute) ? "T1110" : "T1499.002",
                window.has(Mark.LOG_GAP),
                blindSpots(window));
    }

    /** HIGH once limits are reached, because then others may be turned away, or at ten times the floor; else MEDIUM. */
    private Grade grade(ClientMinute recent, ClientMinute minute) {
        boolean harm = recent.limits() > 0;
        boolean huge = minute.connects() >= params.immediateFactor() * params.connectsPerMinute();
        if (harm) {
            return Severity.HIGH.because("limits are reached, so others may be turned away");
        }
        return huge
                ? Severity.HIGH.because("it is so much that the host's slots may run out any moment")
                : Severity.MEDIUM.because("no limit is reached, so nobody else has been turned away");
    }

    private static Map<String, Double> measures(ClientMinute minute) {
        return Map.of(
                "connectsPerMinute", (double) minute.connects(),
                "peakConcurrency", (double) minute.concurrency(),
                "limitsPerMinute", (double) minute.limits(),
                "productiveShare", minute.productive(),
                "emptyShare", minute.emptyShare(),
                "distinctSuccessAccounts", (double) minute.accounts());
    }

    private static String title(String host, String client, ClientMinute minute) {
        String refused = minute.limits() == 0 ? "" : ", " + minute.limits() + " refused at a limit";
        return client + " floods " + host + ": " + Say.count(minute.connects(), "connection") + " in a minute, "
                + minute.concurrency() + " at once" + refused;
    }

    private String summary(ClientMinute minute, Baseline baseline, ClientMinute recent) {
        return "Of its connections " + Say.percent(recent.productive())
                + " led to a message or a login. In a usual minute it makes "
                + Say.number(baseline.expected(params.usual())) + "; the floor is " + params.connectsPerMinute()
                + " a minute or " + params.peakConcurrency() + " at once. "
                + (minute.limits() > 0
                        ? "The daemon is refusing it already; refused connections still cost a process each."
                        : "No limit has been reached yet.");
    }

    private static List<String> blindSpots(Tally window) {
        List<String> blind = new ArrayList<>();
        blind.add("What the sessions did beyond their command counts is not logged.");
        if (window.has(Mark.EXIM) && window.peak(Peak.CONCURRENCY) == 0) {
            blind.add("Sessions open at once are not known: Exim logs them with log_selector = +smtp_connection.");
        }
        if (window.has(Mark.IMAP) || window.has(Mark.POP3)) {
            blind.add("Dovecot logs a session when it ends, so open sessions are not seen.");
        }
        return blind;
    }
}
