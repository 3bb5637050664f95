package postwarden.detect.retrystorm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Cause;
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
import postwarden.detect.remote.RemoteCause;
import postwarden.detect.remote.RemoteCauses;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Retries to a destination outgrow the messages they are for: more attempts for each message than the retry law explains,
 * few of them accepted, and the backlog grows. Not greylisting, where the retry succeeds; not a queue that drains, where
 * nearly all succeeds; not more mail, where each message is tried as often as ever. Late lines only add to their pane.
 */
public final class RetryStormDetector implements KeyDetector {
    private static final String ID = "retry-storm";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.DESTINATION, Span.HOST, Set.of(Count.DEFERRED));
    /** How far back the beginning is looked for. */
    private static final Duration LOOK_BACK = Duration.ofHours(1);
    /** Share of deferrals that say greylisting from which they are what is seen. */
    private static final double GREYLISTING = 0.5;

    private final RetryStormParams params;

    public RetryStormDetector(RetryStormParams params) {
        this.params = params;
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.DEFERRED) > 0;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        return params.windows().stream()
                .flatMap(length -> storm(view, length, open, factor).stream())
                .max(Comparator.comparingDouble(Storm::overLaw))
                .map(storm -> finding(view, view.window(storm.window()), storm));
    }

    private Optional<Storm> storm(View view, Duration length, boolean open, double factor) {
        Tally window = view.window(length);
        // The floor before the rest: most destinations that put something off never come near it.
        if (window.count(Count.DELIVERIES) < factor * params.deliveries() || isGreylisting(window)) {
            return Optional.empty();
        }
        Storm storm = Storm.in(view, length, params);
        return isStorm(storm, open, factor) && (open || isUnusual(view, window, length))
                ? Optional.of(storm)
                : Optional.empty();
    }

    private boolean isStorm(Storm storm, boolean open, double factor) {
        return storm.overLaw() >= factor * params.overLaw()
                && storm.success() < params.success()
                && (open || storm.growing() >= params.growingParts());
    }

    private boolean isUnusual(View view, Tally window, Duration length) {
        return ordinary(view, window, length).tail() < params.tail();
    }

    private Ordinary ordinary(View view, Tally window, Duration length) {
        return Ordinary.of(view, Count.DEFERRED, window.count(Count.DEFERRED), length, params.usual());
    }

    private static boolean isGreylisting(Tally window) {
        return window.share(Count.GREYLISTED, Count.DEFERRED) >= GREYLISTING;
    }

    private Finding finding(View view, Tally window, Storm storm) {
        String destination = view.key().name();
        Baseline baseline = ordinary(view, window, storm.window()).baseline();
        List<Cause> causes = RemoteCauses.of(window);
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                Subject.destination(view.host(), destination),
                Onset.of(view, LOOK_BACK, Count.DEFERRED),
                grade(window, causes.get(0)),
                Math.min(0.97, 0.5 + 0.25 * storm.overLaw() / params.overLaw() * (1 - storm.success())),
                causes,
                title(view.host(), destination, storm),
                summary(window, storm, causes.get(0)),
                new TreeMap<>(measures(window, storm)),
                new TreeMap<>(Map.of(
                        "deliveries",
                        (double) params.deliveries(),
                        "amplification",
                        params.overLaw() * storm.lawful(),
                        "successShare",
                        params.success(),
                        "growingQuarters",
                        (double) params.growingParts())),
                Map.of("deferredPerMinute", Usual.of(baseline, params.usual())),
                Evidence.of(window, Count.THROTTLED, Count.DEFERRED, Count.NOT_TRIED, Count.SENT),
                StormAdvice.of(destination, causes.get(0).name(), window),
                "",
                window.has(Mark.LOG_GAP),
                blindSpots(window));
    }

    /** HIGH where the other side is up and our retries feed its refusals; LOW where it is dead and they only cost us. */
    private static Grade grade(Tally window, Cause first) {
        boolean dead = first.name().equals(RemoteCause.NETWORK.name()) && window.count(Count.THROTTLED) == 0;
        return dead
                ? Severity.LOW.because("the other side is dead, so that retries cost nobody but us")
                : Severity.HIGH.because("the other side is up, and our retries feed its refusals");
    }

    private static String title(String host, String destination, Storm storm) {
        return "Retries from " + host + " to " + Say.printable(destination) + " run hot: " + storm.deliveries()
                + " attempts for " + Say.count(storm.messages(), "message") + " in "
                + Say.number(storm.window().toSeconds() / 60.0) + " min, " + Say.percent(storm.success())
                + " accepted";
    }

    private static String summary(Tally window, Storm storm, Cause first) {
        return "Each message was tried " + Say.number(storm.amplification()) + " times; the retry law explains at most "
                + Say.number(storm.lawful()) + " in that time. "
                + Say.percent(window.share(Count.NOT_TRIED, Count.DELIVERIES))
                + " of the attempts were given up without a connection, and the backlog grew in " + storm.growing()
                + " of 4 quarters. If processor and network are idle meanwhile, that is why: fast refusals cost little."
                + " Likeliest cause of the refusals: " + first.name() + " (" + first.because() + ").";
    }

    private static Map<String, Double> measures(Tally window, Storm storm) {
        Map<String, Double> measures = new TreeMap<>();
        measures.put("windowMinutes", storm.window().toSeconds() / 60.0);
        measures.put("deliveries", (double) storm.deliveries());
        measures.put("distinctMessages", (double) storm.messages());
        measures.put("amplification", storm.amplification());
        measures.put("lawfulAmplification", storm.lawful());
        measures.put("successShare", storm.success());
        measures.put("growingQuarters", (double) storm.growing());
        measures.put("deferred", (double) window.count(Count.DEFERRED));
        measures.put("firstAttempts", (double) window.count(Count.FIRST_ATTEMPTS));
        measures.put("notTried", (double) window.count(Count.NOT_TRIED));
        measures.put("throttled", (double) window.count(Count.THROTTLED));
        measures.put(Peak.ATTEMPTS_PER_MESSAGE.measure(), (double) window.peak(Peak.ATTEMPTS_PER_MESSAGE));
        return measures;
    }

    private static List<String> blindSpots(Tally window) {
        List<String> blind = new ArrayList<>();
        blind.add("Whether people ask for the same message again (login codes) is told from arrivals alone.");
        if (window.distinct(Distinct.QUEUE_IDS) == 0) {
            blind.add("Messages could not be told apart, so first attempts were counted instead.");
        }
        return blind;
    }
}
