package postwarden.incident;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.detect.Finding;
import postwarden.tally.Count;

/** The worst values that the findings of one incident have shown of what is held against a threshold; pure. */
public final class Extremes {
    /** Of these less is worse: what still gets through, and how little each of a crowd does. Their thresholds are the most that may. */
    private static final Set<String> LESS_IS_WORSE = Set.of(
            Count.FIRST_REACHED.measure(),
            "productiveShare",
            "successShare",
            "connectsPerClient",
            "attemptsPerSource",
            "triesPerAccount");

    private Extremes() {}

    /** Of one finding: its measures that have a threshold. */
    public static SortedMap<String, Double> of(Finding finding) {
        return with(Collections.emptySortedMap(), finding);
    }

    /** After one more finding; the same in whatever order they come. */
    static SortedMap<String, Double> with(Map<String, Double> before, Finding finding) {
        SortedMap<String, Double> worst = new TreeMap<>(before);
        for (String name : finding.thresholds().keySet()) {
            Double measured = finding.measures().get(name);
            if (measured != null) {
                worst.merge(name, measured, isLessWorse(name) ? Math::min : Math::max);
            }
        }
        return worst;
    }

    /** Whether a small value of this measure is the bad one. */
    static boolean isLessWorse(String measure) {
        return LESS_IS_WORSE.contains(measure);
    }
}
