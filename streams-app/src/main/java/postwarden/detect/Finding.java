package postwarden.detect;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.tally.Key;
import postwarden.tally.Sample;

/**
 * What a detector says about one key at the end of one pane: not yet an alert.
 *
 * @param detector id, such as connection-flood
 * @param version of the detector's rules, >= 1
 * @param key what was watched
 * @param host whose numbers these are; empty when all hosts' together
 * @param pane the closed pane that showed it
 * @param onset when it began, as far as the windows tell
 * @param confidence 0 to 1
 * @param causes the likeliest first, at least one
 * @param measures by name, unit in the name; sorted
 * @param thresholds what the measures were held against, by the same names
 * @param evidence at most ten lines
 * @param technique MITRE ATT&amp;CK technique, empty for what is no attack
 * @param lowerBounds whether lines are known to be missing
 * @param blindSpots what could not be seen and might change the verdict
 * @param about who of the many that a key stands for, where one detector may find several at a time (the mailbox among a
 *     server's); empty where the key says it all
 */
public record Finding(
        String detector,
        int version,
        Key key,
        String host,
        long pane,
        Subject subject,
        Instant onset,
        Severity severity,
        double confidence,
        List<Cause> causes,
        String title,
        String summary,
        SortedMap<String, Double> measures,
        SortedMap<String, Double> thresholds,
        Map<String, Usual> baseline,
        List<Sample> evidence,
        List<Advice> advice,
        String technique,
        boolean lowerBounds,
        List<String> blindSpots,
        String about) {
    public Finding {
        causes = List.copyOf(causes);
        measures = new TreeMap<>(measures);
        thresholds = new TreeMap<>(thresholds);
        baseline = new TreeMap<>(baseline);
        evidence = List.copyOf(evidence);
        advice = List.copyOf(advice);
        blindSpots = List.copyOf(blindSpots);
        if (causes.isEmpty()) {
            throw new IllegalArgumentException(detector + " gave a finding without a cause");
        }
    }

    /** What a detector says: the reason of the severity is the last sentence of the summary. */
    public Finding(
            String detector,
            int version,
            Key key,
            String host,
            long pane,
            Subject subject,
            Instant onset,
            Grade grade,
            double confidence,
            List<Cause> causes,
            String title,
            String summary,
            SortedMap<String, Double> measures,
            SortedMap<String, Double> thresholds,
            Map<String, Usual> baseline,
            List<Sample> evidence,
            List<Advice> advice,
            String technique,
            boolean lowerBounds,
            List<String> blindSpots) {
        this(
                detector,
                version,
                key,
                host,
                pane,
                subject,
                onset,
                grade.severity(),
                confidence,
                causes,
                title,
                summary + " " + grade.sentence(),
                measures,
                thresholds,
                baseline,
                evidence,
                advice,
                technique,
                lowerBounds,
                blindSpots,
                "");
    }

    /** The same of one among many that the key stands for. */
    public Finding aboutOne(String whom) {
        return new Finding(
                detector,
                version,
                key,
                host,
                pane,
                subject,
                onset,
                severity,
                confidence,
                causes,
                title,
                summary,
                measures,
                thresholds,
                baseline,
                evidence,
                advice,
                technique,
                lowerBounds,
                blindSpots,
                whom);
    }

    /** The likeliest cause. */
    public String cause() {
        return causes.get(0).name();
    }
}
