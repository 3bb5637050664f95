package postwarden.producer.preflight;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import postwarden.producer.publish.Admission;

/**
 * Lets lines pass to a cluster that keeps what it acknowledges. One that does not tell is asked again, because brokers, topics and rights
 * may come later; one that tells that it could lose lines is refused for good.
 *
 * @param topic where lines go
 * @param dev whether a cluster that could lose lines is accepted
 */
public record ClusterAdmission(String topic, boolean dev) implements Admission {
    /** Longer than a broker takes that is well, and short enough for an agent that is told to stop within 10 s; it asks again. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @Override
    public Answer ask(Map<String, Object> kafka) {
        Brokers.Answer told = Brokers.ask(kafka, topic, PATIENCE);
        if (told instanceof Brokers.Answer.Seen seen) {
            return judged(TopicDemands.durability(seen.topic()));
        }
        return new Answer.Unknown(told instanceof Brokers.Answer.Unknown not ? not.why() : "");
    }

    private Answer judged(List<Finding> found) {
        List<String> refusals = found.stream()
                .filter(finding -> finding.refuses(dev))
                .map(finding -> finding + "; --dev accepts it")
                .toList();
        return refusals.isEmpty()
                ? new Answer.Admitted(found.stream().map(Finding::toString).toList())
                : new Answer.Refused(refusals);
    }
}
