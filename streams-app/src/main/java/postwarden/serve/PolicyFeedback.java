package postwarden.serve;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import postwarden.policy.Allowance;
import postwarden.stream.PolicyTopic;
import postwarden.stream.check.Reach;

/** Decisions as records of the policy topic, as {@code postwarden policy} writes them. */
public final class PolicyFeedback implements Feedback {
    private final Map<String, String> kafka;
    private final String topic;

    public PolicyFeedback(Map<String, String> kafka, String topic) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
    }

    @Override
    public void write(Allowance allowance) throws Unwritten, InterruptedException {
        try {
            // Asks first, because a producer waits for a minute for brokers that are not there.
            Reach.admin(kafka).close();
            PolicyTopic.write(Reach.impatient(kafka), topic, allowance);
        } catch (ExecutionException | KafkaException refused) {
            throw new Unwritten(refused);
        }
    }
}
