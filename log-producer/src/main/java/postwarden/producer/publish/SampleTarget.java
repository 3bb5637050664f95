package postwarden.producer.publish;

import java.util.Map;

/**
 * Where samples go, and under which names.
 *
 * @param topic their topic; {@code mail.samples} unless topics are split by trust domain
 * @param tenant whose host it is
 * @param reporter the agent's own name; not blank
 * @param host the measured host's name, which is the key; not blank
 * @param kafka settings for Kafka's producer and its serializer, the same as for lines
 */
public record SampleTarget(String topic, String tenant, String reporter, String host, Map<String, Object> kafka) {
    /** The topic of all samples. */
    public static final String TOPIC = "mail.samples";

    public SampleTarget {
        kafka = Map.copyOf(kafka);
        if (topic.isBlank() || tenant.isBlank() || reporter.isBlank() || host.isBlank()) {
            throw new IllegalArgumentException("topic, tenant, reporter or host of samples is blank");
        }
    }
}
