package postwarden.serve;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.policy.Decision;
import postwarden.stream.PolicyTopic;
import postwarden.stream.check.Reach;

/**
 * Decisions as records of the policy topic, as {@code postwarden policy} writes them. Whoever writes also removes, once a day,
 * what need not be kept any longer: the topic grows by what is written alone, so that is when it is looked after.
 */
public final class PolicyFeedback implements Feedback {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyFeedback.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final Map<String, String> kafka;
    private final String topic;
    private final Clock clock;
    private final AtomicReference<Instant> nextRemoval = new AtomicReference<>(Instant.MIN);

    public PolicyFeedback(Map<String, String> kafka, String topic, Clock clock) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        this.clock = clock;
    }

    @Override
    public void write(Decision decision) throws Unwritten, InterruptedException {
        try {
            // Asks first, because a producer waits for a minute for brokers that are not there.
            Reach.admin(kafka).close();
            PolicyTopic.write(Reach.impatient(kafka), topic, decision);
        } catch (ExecutionException | KafkaException refused) {
            throw new Unwritten(refused);
        }
        removeEnded();
    }

    /** What was written is written, whether or not this works. */
    private void removeEnded() throws InterruptedException {
        Instant now = clock.instant();
        Instant due = nextRemoval.get();
        if (now.isBefore(due) || !nextRemoval.compareAndSet(due, now.plus(DAY))) {
            return;
        }
        try {
            int removed = PolicyTopic.removeEnded(Reach.impatient(kafka), topic, now);
            LOG.atInfo().addKeyValue("records", removed).log("feedback that need not be kept any longer is removed");
        } catch (ExecutionException | KafkaException refused) {
            LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(refused))
                    .log("feedback that need not be kept any longer stays in the policy topic for another day");
        }
    }
}
