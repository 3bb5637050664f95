package postwarden.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.tally.Baseline;
import postwarden.tally.Count;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * A detector for tests: many connects in a minute. It reports everything that a view can show, so that two watches that saw
 * the same tell the same only if every window was the same.
 */
record ManyConnects(Span span) implements KeyDetector {
    static final int START = 60;
    static final int KEEP = 30;

    @Override
    public Scope scope() {
        return new Scope("many-connects-" + span, Watch.CLIENT, span, Set.of(Count.CONNECTS));
    }

    @Override
    public boolean mayConcern(Tally pane) {
        return pane.count(Count.CONNECTS) >= START / 6;
    }

    @Override
    public Optional<Finding> assess(View view, boolean open) {
        long connects = view.window(Duration.ofMinutes(1)).count(Count.CONNECTS);
        return connects >= (open ? KEEP : START) ? Optional.of(finding(view, connects)) : Optional.empty();
    }

    private Finding finding(View view, long connects) {
        List<String> seen = new ArrayList<>(view.hosts(Duration.ofHours(1)));
        view.firstWithin(Duration.ofHours(1), Count.CONNECTS)
                .map(Instant::toString)
                .ifPresent(seen::add);
        return new Finding(
                id(),
                1,
                view.key(),
                view.host(),
                view.pane(),
                Subject.client(view.host(), view.key().name()),
                Pane.start(view.pane()),
                connects >= 2 * START ? Severity.HIGH : Severity.MEDIUM,
                1,
                List.of(new Cause("SINGLE_SOURCE", 1, "because")),
                "many connects",
                "",
                measures(view),
                new TreeMap<>(),
                Map.of(),
                view.window(Duration.ofMinutes(20)).samples(Count.CONNECTS),
                List.of(),
                "",
                false,
                seen,
                "");
    }

    private static SortedMap<String, Double> measures(View view) {
        SortedMap<String, Double> measures = new TreeMap<>();
        for (int minutes : new int[] {1, 5, 10, 20, 30, 60}) {
            Tally window = view.window(Duration.ofMinutes(minutes));
            measures.put("connects" + minutes, (double) window.count(Count.CONNECTS));
        }
        for (int panesAgo : new int[] {1, 6, 30, 60}) {
            Tally earlier = view.window(Duration.ofMinutes(10), panesAgo);
            measures.put("connectsAgo" + panesAgo, (double) earlier.count(Count.CONNECTS));
        }
        for (int panes : new int[] {1, 5, 6, 7}) {
            for (int panesAgo : new int[] {118, 119, 120, 121, 122, 200, 201, 202, 203}) {
                Tally earlier = view.window(Pane.LENGTH.multipliedBy(panes), panesAgo);
                measures.put("short" + panes + "Ago" + panesAgo, (double) earlier.count(Count.CONNECTS));
            }
        }
        measures.put("past", (double) view.past().count(Count.CONNECTS));
        Baseline usual = view.baseline(Count.CONNECTS);
        measures.put("usual", usual.mean());
        measures.put("learned", usual.windows());
        return measures;
    }
}
