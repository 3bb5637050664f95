package postwarden.incident;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import postwarden.detect.Finding;
import postwarden.tally.Count;
import postwarden.tally.Pane;
import postwarden.tally.Sample;

/** An incident as a story in order of time: guessing, login, burst. */
final class Story {
    /** What the first evidence line of a count means for the story. */
    private static final Map<Count, String> STEPS = Map.ofEntries(
            Map.entry(Count.CONNECTS, "Connections come in"),
            Map.entry(Count.CLIENT_LIMITS, "The client meets its limit"),
            Map.entry(Count.SERVER_LIMITS, "The server meets its limit and refuses others too"),
            Map.entry(Count.LOAD_SHEDDING, "The server refuses because of its load"),
            Map.entry(Count.STORAGE_REFUSALS, "The server refuses because its disk is full"),
            Map.entry(Count.AUTH_FAILURES, "Credentials are refused"),
            Map.entry(Count.AUTH_SUCCESSES, "A login succeeds"),
            Map.entry(Count.MESSAGES, "Messages are submitted"),
            Map.entry(Count.RECIPIENTS, "Messages are submitted"),
            Map.entry(Count.SCRIPT_MESSAGES, "A script submits messages"),
            Map.entry(Count.BOUNCED_UNKNOWN, "Recipients turn out not to exist"),
            Map.entry(Count.BOUNCED_SPAM, "The other side calls it spam"),
            Map.entry(Count.THROTTLED, "The destination answers: not now"),
            Map.entry(Count.THROTTLED_CONNECTIONS, "The destination answers: too many connections"),
            Map.entry(Count.THROTTLED_RATE, "The destination answers: too fast"),
            Map.entry(Count.THROTTLED_OVERLOAD, "The destination answers: overloaded"),
            Map.entry(Count.THROTTLED_REPUTATION, "The destination answers: bad reputation"));

    private Story() {}

    /** The steps known for this incident, told with this finding of its. */
    static List<Alert.Moment> of(Incident incident, Finding finding, DeskParams params) {
        List<Alert.Moment> own = new ArrayList<>();
        own.add(new Alert.Moment(incident.onset(), incident.detector(), finding.title()));
        own.add(new Alert.Moment(Pane.end(incident.firstPane()), incident.detector(), "The threshold is crossed."));
        Set<Count> told = EnumSet.noneOf(Count.class);
        for (Sample sample : finding.evidence()) {
            if (STEPS.containsKey(sample.of()) && told.add(sample.of())) {
                String text = STEPS.get(sample.of()) + " (" + sample.host() + ").";
                own.add(new Alert.Moment(sample.time(), incident.detector(), text));
            }
        }
        if (incident.ending().resolution() != Resolution.NONE) {
            String text = "Resolved: " + incident.ending().resolution().wireName() + ".";
            own.add(new Alert.Moment(Pane.end(incident.ending().pane()), incident.detector(), text));
        }
        return Family.byTime(incident.kin().moments(), own, params.maxMoments() + own.size());
    }
}
