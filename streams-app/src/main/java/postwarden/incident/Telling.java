package postwarden.incident;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.detect.Finding;
import postwarden.detect.Severity;
import postwarden.tally.Pane;

/**
 * An incident as a record for readers; pure. While it goes on, the record says what the latest finding says. Once it has
 * subsided, it says what the worst one said (its severity, causes and evidence), with the measures when last seen and, under
 * the same name with {@value #AT_WORST}, at their worst of the whole time.
 */
final class Telling {
    static final String AT_WORST = "AtWorst";
    /** Lines that an alert may carry: {@code Alert.avsc}. */
    private static final int MAX_EVIDENCE = 10;

    private Telling() {}

    static Alert of(
            Incident incident,
            Alert.State state,
            Optional<Alert.Allowed> allowed,
            Blindness blindness,
            DeskParams params,
            String configDigest) {
        boolean over = state == Alert.State.RESOLVED;
        boolean superseded = incident.ending().resolution() == Resolution.SUPERSEDED;
        Finding finding = over ? incident.worst() : incident.latest();
        Instant resolvedAt = over ? Pane.end(incident.ending().pane()) : Alert.NOT_YET;
        return new Alert(
                incident.id(),
                incident.tenant(),
                state,
                incident.sequence(),
                incident.detector(),
                finding.version(),
                incident.severity(finding),
                finding.confidence(),
                incident.causes(finding).get(0).name(),
                incident.causes(finding),
                incident.subject(),
                incident.onset(),
                Pane.end(incident.firstPane()),
                Pane.end(incident.lastPane()),
                resolvedAt,
                over ? incident.ending().resolution().wireName() : "",
                finding.title(),
                over ? (superseded ? belongs(incident) : outcome(incident)) : summary(incident, finding),
                over && !superseded
                        ? beforeAndAfter(incident)
                        : incident.latest().measures(),
                finding.thresholds(),
                new TreeMap<>(finding.baseline()),
                finding.evidence().stream()
                        .limit(MAX_EVIDENCE)
                        .map(sample -> Alert.Evidence.of(sample, params.linesTopic()))
                        .toList(),
                Family.advice(incident, finding),
                finding.technique(),
                incident.kin().parent(),
                incident.kin().children(),
                Story.of(incident, finding, params),
                incident.latest().lowerBounds() || incident.worst().lowerBounds(),
                blindness.of(incident),
                configDigest,
                allowed,
                incident.remarks());
    }

    /** What the finding says, and why the severity is not the one that it gives, where it is not. */
    private static String summary(Incident incident, Finding finding) {
        Severity severity = incident.severity(finding);
        if (severity == finding.severity()) {
            return finding.summary();
        }
        // The grade is the last sentence.
        int grade = finding.summary().lastIndexOf(" " + finding.severity() + ": ");
        String own = grade < 0
                ? finding.summary()
                : finding.summary().substring(0, grade) + " By itself"
                        + finding.summary().substring(grade);
        return own + " " + severity + " because of what belongs to it, "
                + incident.kin().raised().by();
    }

    private static String belongs(Incident incident) {
        return incident.worst().summary() + " This belongs to incident "
                + incident.kin().parent() + ", which tells of it from now on.";
    }

    private static String outcome(Incident incident) {
        Finding worst = incident.worst();
        if (incident.ending().resolution() == Resolution.VERIFIED) {
            return worst.summary();
        }
        String summary = summary(incident, worst);
        String main = Figures.mainMeasure(worst);
        String seen = Pane.end(incident.lastPane()).toString();
        if (main.isEmpty()) {
            return summary + " Last seen at " + seen + "; over since, as hosts that reported all the while show.";
        }
        return summary + " Over: " + main + " was "
                + Figures.plain(incident.course().extremes().getOrDefault(main, 0.0)) + " at its worst and "
                + figure(incident.latest(), main) + " when last seen at " + seen + " (threshold "
                + Figures.plain(worst.thresholds().getOrDefault(main, 0.0))
                + "); below it since, as hosts that reported all the while show.";
    }

    private static String figure(Finding finding, String measure) {
        return Figures.plain(finding.measures().getOrDefault(measure, 0.0));
    }

    private static SortedMap<String, Double> beforeAndAfter(Incident incident) {
        SortedMap<String, Double> measures = new TreeMap<>(incident.latest().measures());
        incident.course().extremes().forEach((name, worst) -> measures.put(name + AT_WORST, worst));
        return measures;
    }
}
