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
    static final String ID = "remote-throttle";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.DESTINATION, Span.HOST, Set.of(Count.THROTTLED));
    /** Refusals in a minute, as a share of the window's floor, that make it a minute in which we are put off. */
    private static final double MINUTE_SHARE = 0.1;

    private static final Duration MINUTE = Duration.ofMinutes(1);
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
        return pane.sum(
                        Count.THROTTLED,
                        Count.REMOTE_TIMEOUTS,
                        Count.NETWORK_TROUBLE,
                        Count.NOT_TRIED,
                        Count.TURNED_AWAY)
                > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        boolean goesOn = reaches(view, params.window(), factor);
        Duration length = open && !goesOn ? sinceFlowing(view) : params.window();
        if (!goesOn && !reaches(view, length, factor)) {
            return Optional.empty();
        }
        Tally window = view.window(length);
        PutOff putOff = PutOff.of(view, window, params);
        boolean immediate = putOff.refused() >= params.immediateFactor() * params.throttled();
        if (!open && !immediate && !(isLasting(view) && isUnusual(view, putOff.all()))) {
            return Optional.empty();
        }
        // A destination that is held for dead is tried once in minutes: then the hour says why.
        Tally tried = putOff.isMostlyHeld() ? view.window(LOOK_BACK) : window;
        List<Cause> causes = RemoteCauses.of(tried);
        boolean ordinary = causes.get(0).name().equals(RemoteCause.GREYLIST.name());
        return ordinary ? Optional.empty() : Optional.of(finding(view, length, putOff, tried, causes));
    }

    private boolean reaches(View view, Duration length, double factor) {
        Tally window = view.window(length);
        PutOff putOff = PutOff.of(view, window, params);
        return putOff.all() >= factor * params.throttled() && putOff.ratio(window) >= factor * params.ratio();
    }

    /**
     * How long no more has been accepted than put off, from one window to {@code hold}: between two queue runs there is silence, and
     * silence is no recovery; nor is a delivery that gets through now and then.
     */
    private Duration sinceFlowing(View view) {
        Duration since = params.window();
        Duration longer = since;
        while (longer.compareTo(params.hold()) <= 0 && !flows(view, longer)) {
            since = longer;
            longer = longer.plus(MINUTE);
        }
        return since;
    }

    private boolean flows(View view, Duration length) {
        Tally window = view.window(length);
        return window.count(Count.SENT) > PutOff.of(view, window, params).all();
    }

    private boolean isLasting(View view) {
        return params.persistence().met(view, this::isPutOff);
    }

    /**
     * A minute with refusals, with time-outs, with deliveries that our daemon no longer tried because of them, or with the
     * slowness that comes before: strain changes its face, and is one trouble all the same.
     */
    private boolean isPutOff(Tally minute) {
        long put = minute.sum(
                Count.THROTTLED, Count.REMOTE_TIMEOUTS, Count.NETWORK_TROUBLE, Count.NOT_TRIED, Count.TURNED_AWAY);
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

    private Finding finding(View view, Duration length, PutOff putOff, Tally tried, List<Cause> causes) {
        Tally window = view.window(length);
        String destination = view.key().name();
        Baseline baseline = ordinary(view, window.count(Count.THROTTLED)).baseline();
        Cause first = causes.get(0);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                Subject.destination(view.host(), destination),
                Onset.of(view, LOOK_BACK, commonest(tried)),
                lasts(view)
                        ? Severity.HIGH.because("it has lasted so long that users notice")
                        : Severity.MEDIUM.because("mail waits in the queue and keeps there for days"),
                Math.min(0.97, 0.6 + 0.4 * putOff.ratio(window)),
                causes,
                title(view, length, putOff, first),
                summary(window, putOff, causes),
                new TreeMap<>(measures(window, putOff)),
                new TreeMap<>(Map.of("throttled", (double) params.throttled(), "throttledRatio", params.ratio())),
                Map.of("throttledPerMinute", Usual.of(baseline, params.usual())),
                Evidence.of(
                        window,
                        Count.THROTTLED,
                        Count.REMOTE_TIMEOUTS,
                        Count.NETWORK_TROUBLE,
                        Count.TURNED_AWAY,
                        Count.DEFERRED,
                        Count.SENT),
                RemoteAdvice.of(destination, first.name(), tried, 1),
                "",
                window.has(Mark.LOG_GAP),
                blindSpots(window));
    }

    /** What has lasted long has, however little is tried in one of its windows later on. */
    private boolean lasts(View view) {
        Tally before = view.window(params.window(), Pane.count(params.longAfter()));
        return view.found(ID).filter(Severity.HIGH::equals).isPresent()
                || PutOff.of(view, before, params).all() >= params.openFactor() * params.throttled();
    }

    /** What most of the trouble is, to tell when it began. */
    private static Count commonest(Tally window) {
        return Stream.of(Count.THROTTLED, Count.REMOTE_TIMEOUTS, Count.NETWORK_TROUBLE, Count.TURNED_AWAY)
                .max(Comparator.comparingLong(window::count))
                .orElse(Count.THROTTLED);
    }

    private static String title(View view, Duration length, PutOff putOff, Cause first) {
        boolean unreached = first.name().equals(RemoteCause.NETWORK.name());
        return Say.printable(view.key().name()) + (unreached ? " is out of reach of " : " refuses ") + view.host()
                + " for now: " + putOff.told() + " in "
                + Say.number(length.toSeconds() / 60.0) + " min, "
                + Say.percent(putOff.ratio(view.window(length)))
                + (putOff.held() > 0 ? " of those due (" : " of those tried (") + first.name() + ")";
    }

    private static String summary(Tally window, PutOff putOff, List<Cause> causes) {
        Cause first = causes.get(0);
        String second = causes.size() < 2
                ? ""
                : " Next likeliest: " + causes.get(1).name() + " ("
                        + Say.percent(causes.get(1).weight()) + ").";
        List<String> relays = window.topNames("relay:", 3);
        String who = relays.isEmpty() ? "" : " Hosts: " + Say.printable(String.join(", ", relays)) + ".";
        return "Likeliest cause " + first.name() + " (" + Say.percent(first.weight()) + "): " + first.because() + "."
                + second + " " + window.count(Count.SENT) + " deliveries were accepted and "
                + window.count(Count.DEFERRED) + " put off in the same time." + putOff.explained() + who;
    }

    private static Map<String, Double> measures(Tally window, PutOff putOff) {
        Map<String, Double> measures = new TreeMap<>();
        for (Count count : List.of(
                Count.THROTTLED,
                Count.THROTTLED_CONNECTIONS,
                Count.THROTTLED_RATE,
                Count.THROTTLED_OVERLOAD,
                Count.THROTTLED_REPUTATION,
                Count.REMOTE_TIMEOUTS,
                Count.NETWORK_TROUBLE,
                Count.TURNED_AWAY,
                Count.ATTEMPTS,
                Count.SENT,
                Count.DEFERRED)) {
            measures.put(count.measure(), (double) window.count(count));
        }
        measures.put("heldBack", (double) putOff.held());
        measures.put("throttledRatio", putOff.ratio(window));
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
