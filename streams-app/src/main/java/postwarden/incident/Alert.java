package postwarden.incident;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.detect.Usual;
import postwarden.policy.Allowance;
import postwarden.policy.Remarks;
import postwarden.tally.Sample;

/**
 * One transition of an incident, whole in itself: what the alert topic, {@code scan} and the query API tell. The fields are
 * those of {@code Alert.avsc}, in its order; times are event time to the millisecond.
 *
 * @param sequence grows by one with each record of an incident, >= 1
 * @param detectedAt end of the pane in which the threshold was crossed
 * @param lastSeen end of the last pane that showed it
 * @param resolvedAt when it was over; {@link #NOT_YET} before
 * @param resolution empty before it is over
 * @param technique MITRE ATT&amp;CK technique; empty for what is no attack
 * @param parent id of the incident that this one belongs to; empty when it stands for itself
 * @param children ids of the incidents and silent findings that belong to this one, sorted
 * @param timeline what happened, in order of time
 * @param allowed the operator's decision that covers it, so that this would have been told, and is only shown
 * @param feedback what operators have said of it
 */
public record Alert(
        String incidentId,
        String tenant,
        State state,
        int sequence,
        String detector,
        int detectorVersion,
        Severity severity,
        double confidence,
        String cause,
        List<Cause> causes,
        Subject subject,
        Instant onset,
        Instant detectedAt,
        Instant lastSeen,
        Instant resolvedAt,
        String resolution,
        String title,
        String summary,
        SortedMap<String, Double> measures,
        SortedMap<String, Double> thresholds,
        SortedMap<String, Usual> baseline,
        List<Evidence> evidence,
        List<Advice> advice,
        String technique,
        String parent,
        List<String> children,
        List<Moment> timeline,
        boolean countsAreLowerBounds,
        List<String> blindSpots,
        String configDigest,
        Optional<Allowed> allowed,
        Remarks feedback) {
    /** Stands for a time that has not come. */
    public static final Instant NOT_YET = Instant.EPOCH;

    public Alert {
        causes = List.copyOf(causes);
        onset = onset.truncatedTo(ChronoUnit.MILLIS);
        measures = sorted(measures);
        thresholds = sorted(thresholds);
        baseline = sorted(baseline);
        evidence = List.copyOf(evidence);
        advice = List.copyOf(advice);
        children = List.copyOf(children);
        timeline = List.copyOf(timeline);
        blindSpots = List.copyOf(blindSpots);
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence of incident " + incidentId + " is " + sequence + ", below 1");
        }
    }

    /** Whether it is for the alert topic: what is allowed is only shown, but who was told of it is told that it now is. */
    public boolean isTold() {
        return allowed.isEmpty() || resolution.equals(Resolution.ALLOWED.wireName());
    }

    /** Whether the incident is over with this record. */
    public boolean isOver() {
        return state == State.RESOLVED;
    }

    /** The same with what operators have said of it by now. */
    public Alert with(Remarks said) {
        return new Alert(
                incidentId,
                tenant,
                state,
                sequence,
                detector,
                detectorVersion,
                severity,
                confidence,
                cause,
                causes,
                subject,
                onset,
                detectedAt,
                lastSeen,
                resolvedAt,
                resolution,
                title,
                summary,
                measures,
                thresholds,
                baseline,
                evidence,
                advice,
                technique,
                parent,
                children,
                timeline,
                countsAreLowerBounds,
                blindSpots,
                configDigest,
                allowed,
                said);
    }

    private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** What happened to an incident. */
    public enum State {
        /** First told. */
        OPEN,
        /** Severity, scope, size or cause changed, it came back soon after it was over, or an operator said something of it. */
        UPDATED,
        /** Over: see the resolution. */
        RESOLVED
    }

    /**
     * A line that shows it, and where it stands.
     *
     * @param offset first byte of the line in its file
     * @param topic Kafka topic; empty where there is none (scan)
     * @param partition Kafka partition, or -1
     * @param recordOffset Kafka offset, or -1
     */
    public record Evidence(
            String host,
            String file,
            long offset,
            String topic,
            int partition,
            long recordOffset,
            Instant time,
            String text) {
        public Evidence {
            time = time.truncatedTo(ChronoUnit.MILLIS);
        }

        static Evidence of(Sample sample, String linesTopic) {
            return new Evidence(
                    sample.host(),
                    sample.file(),
                    sample.fileOffset(),
                    sample.partition() < 0 ? "" : linesTopic,
                    sample.partition(),
                    sample.recordOffset(),
                    sample.time(),
                    sample.text());
        }
    }

    /** Whose decision lets it be, why, and until when; {@code policy} is its id. */
    public record Allowed(String policy, String owner, String reason, Instant until) {
        public Allowed {
            until = until.truncatedTo(ChronoUnit.MILLIS);
        }

        static Allowed of(Allowance allowance) {
            return new Allowed(allowance.id(), allowance.owner(), allowance.reason(), allowance.until());
        }
    }

    /** One step of the story: when, which detector saw it, and what, for a person. */
    public record Moment(Instant time, String detector, String text) {
        public Moment {
            time = time.truncatedTo(ChronoUnit.MILLIS);
        }
    }
}
