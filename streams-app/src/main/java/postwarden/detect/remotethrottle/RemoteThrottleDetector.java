package postwarden.detect.remotethrottle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
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
import postwarden.detect.remote.RemoteAdvice;
import postwarden.detect.remote.RemoteCause;
import postwarden.detect.remote.RemoteCauses;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * A destination goes on refusing our connections or commands for now: because of a rule of its own, strain, or what it
 * thinks of us. Late lines only add to their pane; duplicates are removed before tallies.
 */
public final class RemoteThrottleDetector implements KeyDetector {
    private static final String ID = "remote-throttle";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.DESTINATION, Span.HOST, Set.of(Count.THROTTLED));
    /** Refusals in a minute, as a share of the window's floor, that make it a minute in which we are put off. */
    private static final double MINUTE_SHARE = 0.1;
    /** How far back the beginning is looked for. */
    private static final Duration LOOK_BACK = Duration.ofHours(1);

    private final RemoteThrottleParams params;

    public RemoteThrottleDetector(RemoteThrottleParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.sum(Count.THROTTLED, Count.REMOTE_TIMEOUTS, Count.NETWORK_TROUBLE) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        Tally window = view.window(params.window());
        long throttled = putOff(view, window);
        if (throttled < factor * params.throttled() || ratio(window, throttled) < factor * params.ratio()) {
            return Optional.empty();
        }
        boolean immediate = throttled >= params.immediateFactor() * params.throttled();
        if (!open && !immediate && !(isLasting(view) && isUnusual(view, throttled))) {
            return Optional.empty();
        }
        List<Cause> causes = RemoteCauses.of(window);
        boolean ordinary = causes.get(0).name().equals(RemoteCause.GREYLIST.name());
        return ordinary ? Optional.empty() : Optional.of(finding(view, window, throttled, causes));
    }

    /**
     * Connections that the destination refused, and, where they are many, those that did not come about although mail was
     * delivered before: a domain that nobody ever reached is a wrong address, not a throttle.
     */
    private long putOff(View view, Tally window) {
        long throttled = window.count(Count.THROTTLED);
        long unreached = window.sum(Count.REMOTE_TIMEOUTS, Count.NETWORK_TROUBLE);
        boolean reached = unreached > 0
                && ratio(window, throttled + unreached) >= params.unreachedRatio()
                && view.window(LOOK_BACK).count(Count.SENT) + view.past().count(Count.SENT) > 0;
        return reached ? throttled + unreached : throttled;
    }

    /** Refused connections of all that were tried; a first MX that refuses is one more connection of the same delivery. */
    private static double ratio(Tally window, long throttled) {
        long tried = Math.max(throttled, window.sum(Count.ATTEMPTS, Count.TROUBLE));
        return tried == 0 ? 0 : (double) throttled / tried;
    }

    private boolean isLasting(View view) {
        return params.persistence().met(view, this::isPutOff);
    }

    /**
     * A minute with refusals, with time-outs, with deliveries that our daemon no longer tried because of them, or with the
     * slowness that comes before: strain changes its face, and is one trouble all the same.
     */
    private boolean isPutOff(Tally minute) {
        long put = minute.sum(Count.THROTTLED, Count.REMOTE_TIMEOUTS, Count.NETWORK_TROUBLE, Count.NOT_TRIED);
        long accepted = minute.count(Count.OK_SETUP_MEASURED);
        boolean slow = accepted > 0
                && minute.count(Count.OK_SETUP_MILLIS) / accepted
                        >= params.slowSetUp().toMillis();
        return put >= MINUTE_SHARE * params.throttled() || slow;
    }

    private boolean isUnusual(View view, long throttled) {
        return ordinary(view, throttled).tail() < params.tail();
    }

    private Ordinary ordinary(View view, long throttled) {
        return Ordinary.of(view, Count.THROTTLED, throttled, params.window(), params.usual());
    }

    private Finding finding(View view, Tally window, long putOff, List<Cause> causes) {
        String destination = view.key().name();
        Baseline baseline = ordinary(view, window.count(Count.THROTTLED)).baseline();
        Cause first = causes.get(0);
        boolean lasts = putOff(view, view.window(params.window(), Pane.count(params.longAfter())))
                >= params.openFactor() * params.throttled();
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                Subject.destination(view.host(), destination),
                Onset.of(view, LOOK_BACK, commonest(window)),
                lasts
                        ? Severity.HIGH.because("it has lasted so long that users notice")
                        : Severity.MEDIUM.because("mail waits in the queue and keeps there for days"),
                Math.min(0.97, 0.6 + 0.4 * ratio(window, putOff)),
                causes,
                title(view.host(), destination, ratio(window, putOff), putOff, first),
                summary(window, causes),
                new TreeMap<>(measures(window, putOff)),
                new TreeMap<>(Map.of("throttled", (double) params.throttled(), "throttledRatio", params.ratio())),
                Map.of("throttledPerMinute", Usual.of(baseline, params.usual())),
                Evidence.of(
                        window,
                        Count.THROTTLED,
                        Count.REMOTE_TIMEOUTS,
                        Count.NETWORK_TROUBLE,
                        Count.DEFERRED,
                        Count.SENT),
                RemoteAdvice.of(destination, first.name(), window, 1),
                "",
                window.has(Mark.LOG_GAP),
                blindSpots(window));
    }

    /** What most of the trouble is, to tell when it began. */
    private static Count commonest(Tally window) {
        return Stream.of(Count.THROTTLED, Count.REMOTE_TIMEOUTS, Count.NETWORK_TROUBLE)
                .max(Comparator.comparingLong(window::count))
                .orElse(Count.THROTTLED);
    }

    private String title(String host, String destination, double ratio, long putOff, Cause first) {
        boolean unreached = first.name().equals(RemoteCause.NETWORK.name());
        return Say.printable(destination) + (unreached ? " is out of reach of " : " refuses ") + host + " for now: "
                + Say.count(putOff, "connection") + " in "
                + Say.number(params.window().toSeconds() / 60.0) + " min, " + Say.percent(ratio)
                + " of those tried (" + first.name() + ")";
    }

    private static String summary(Tally window, List<Cause> causes) {
        Cause first = causes.get(0);
        String second = causes.size() < 2
                ? ""
                : " Next likeliest: " + causes.get(1).name() + " ("
                        + Say.percent(causes.get(1).weight()) + ").";
        List<String> relays = window.topNames("relay:", 3);
        String who = relays.isEmpty() ? "" : " Hosts: " + Say.printable(String.join(", ", relays)) + ".";
        return "Likeliest cause " + first.name() + " (" + Say.percent(first.weight()) + "): " + first.because() + "."
                + second + " " + window.count(Count.SENT) + " deliveries were accepted and "
                + window.count(Count.DEFERRED) + " put off in the same time." + who;
    }

    private static Map<String, Double> measures(Tally window, long putOff) {
        Map<String, Double> measures = new TreeMap<>();
        for (Count count : List.of(
                Count.THROTTLED,
                Count.THROTTLED_CONNECTIONS,
                Count.THROTTLED_RATE,
                Count.THROTTLED_OVERLOAD,
                Count.THROTTLED_REPUTATION,
                Count.REMOTE_TIMEOUTS,
                Count.NETWORK_TROUBLE,
                Count.ATTEMPTS,
                Count.SENT,
                Count.DEFERRED)) {
            measures.put(count.measure(), (double) window.count(count));
        }
        measures.put("throttledRatio", ratio(window, putOff));
        measures.put(Peak.GOOD_CONCURRENCY.measure(), (double) window.peak(Peak.GOOD_CONCURRENCY));
        return measures;
    }

    private static List<String> blindSpots(Tally window) {
        List<String> blind = new ArrayList<>();
        blind.add(
                "Other hosts that share the outgoing address count against the same limit and are not in these numbers.");
        if (window.sum(Count.SETUP_FAST, Count.SETUP_SLOW) == 0) {
            blind.add(
                    "How long refusals took is not known (Exim: log_selector = +deliver_time), so a rule and strain are"
                            + " told apart by their text alone.");
        }
        return blind;
    }
}
