package postwarden.detect.cardinality;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import postwarden.detect.Cause;
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
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * One host meets more different names than people have: clients, accounts, senders or destinations that come once and never
 * again. Each of them is below every threshold of its own, and together they would fill any memory; so they are counted here
 * and watched one by one only as far as there is room.
 */
public final class CardinalityDetector implements KeyDetector {
    private static final String ID = "cardinality";
    private static final int VERSION = 1;
    private static final Scope SCOPE = new Scope(ID, Watch.SERVER, Span.HOST, Set.of());
    private static final Duration LOOK_BACK = Duration.ofHours(1);
    /** Times the floor from which the host itself is in danger. */
    private static final int HUGE = 10;

    private final CardinalityParams params;
    private final long panes;

    public CardinalityDetector(CardinalityParams params) {
        this.params = params;
        panes = Pane.count(params.window());
    }

    @Override
    public Scope scope() {
        return SCOPE;
    }

    /** One pane of a window above the floor has at least its part of the names; half of that is asked for. */
    @Override
    public boolean mayConcern(Tally pane) {
        return Arrays.stream(Names.values())
                .anyMatch(names -> names.different(pane) * 2 * panes >= params.floor(names));
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        if (!open && !mayConcern(view.window(Pane.LENGTH))) {
            return Optional.empty();
        }
        double factor = open ? params.openFactor() : 1;
        Tally window = view.window(params.window());
        List<Names> invented = new ArrayList<>();
        for (Names names : Names.values()) {
            if (names.different(window) >= factor * params.floor(names) && names.share(window) >= params.share()) {
                invented.add(names);
            }
        }
        invented.sort(Comparator.comparingDouble((Names names) -> overFloor(names, window))
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        return invented.isEmpty() ? Optional.empty() : Optional.of(finding(view, window, invented));
    }

    private double overFloor(Names names, Tally window) {
        return (double) names.different(window) / params.floor(names);
    }

    private Finding finding(View view, Tally window, List<Names> invented) {
        Names worst = invented.get(0);
        boolean huge = overFloor(worst, window) >= HUGE;
        TreeMap<String, Double> measures = new TreeMap<>();
        TreeMap<String, Double> thresholds = new TreeMap<>();
        for (Names names : invented) {
            measures.put(names.word(), (double) names.different(window));
            measures.put(names.word() + "Share", names.share(window));
            thresholds.put(names.word(), (double) params.floor(names));
            thresholds.put(names.word() + "Share", params.share());
        }
        return new Finding(
                ID,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                new Subject(view.host(), "", "", "", "", "", ""),
                Onset.of(view, LOOK_BACK, worst.events()),
                huge
                        ? Severity.HIGH.because("there are so many that rare names can no longer be watched one by one")
                        : Severity.MEDIUM.because("names that matter are still watched one by one"),
                0.9,
                causes(window, invented),
                view.host() + " meets " + Say.count(worst.different(window), "different name") + " of " + worst.word()
                        + " in " + params.window().toMinutes() + " minutes",
                Say.percent(worst.share(window)) + " of them came once. Each alone is nothing; together they are a"
                        + " campaign. Beyond what there is room for, names that come once are counted with the host only.",
                measures,
                thresholds,
                Map.of(),
                Evidence.of(window, Count.CLIENT_LIMITS, Count.SERVER_LIMITS, Count.AUTH_ERRORS),
                invented.stream().map(names -> names.advice(view.host())).toList(),
                worst.technique(),
                window.has(Mark.LOG_GAP),
                List.of(
                        "Names are counted by a sketch, within 2.4 %; which of them recur is known of the busy ones only."));
    }

    private static List<Cause> causes(Tally window, List<Names> invented) {
        double weight = 0.9 / invented.size();
        return invented.stream()
                .map(names -> new Cause(
                        "RANDOM_" + names.name(),
                        weight,
                        names.different(window) + " different " + names.word() + " in " + window.count(names.events())
                                + " events"))
                .toList();
    }
}
