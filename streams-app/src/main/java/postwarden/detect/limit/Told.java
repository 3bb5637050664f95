package postwarden.detect.limit;

import java.util.List;
import java.util.Map;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Grade;
import postwarden.tally.Count;

/**
 * What a rule makes of the statements.
 *
 * @param measures besides how often it was said
 * @param evidence counts whose lines are shown
 * @param technique MITRE ATT&amp;CK, empty for what is no attack
 */
record Told(
        Grade grade,
        List<Cause> causes,
        String title,
        String summary,
        Map<String, Double> measures,
        List<Count> evidence,
        List<Advice> advice,
        String technique,
        List<String> blindSpots) {
    Told {
        causes = List.copyOf(causes);
        measures = Map.copyOf(measures);
        evidence = List.copyOf(evidence);
        advice = List.copyOf(advice);
        blindSpots = List.copyOf(blindSpots);
    }
}
