package postwarden.replay;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import postwarden.policy.Allowance;
import postwarden.schema.Policy;
import postwarden.stream.WireFormat;
import postwarden.stream.codec.PolicyCodec;

/** What operators let be, as the policy topic has it now. */
public final class PolicyHistory {
    private PolicyHistory() {}

    /** All that is there by tenant and id, also what has ended; what cannot be read is left out, as the service leaves it out. */
    public static List<Allowance> now(Admin admin, Map<String, String> kafka, String topic)
            throws ExecutionException, InterruptedException {
        Map<String, Allowance> latest = new TreeMap<>();
        try (Deserializer<Policy> policies = WireFormat.deserializer(kafka, Policy.class)) {
            for (ConsumerRecord<String, byte[]> record :
                    Readers.read(kafka, topic, Map.of(), Offsets.ends(admin, topic), new ByteArrayDeserializer())) {
                byte @Nullable [] value = record.value();
                if (value == null) {
                    latest.remove(record.key());
                } else {
                    allowance(policies, topic, value).ifPresent(read -> latest.put(record.key(), read));
                }
            }
        }
        return List.copyOf(latest.values());
    }

    private static Optional<Allowance> allowance(Deserializer<Policy> policies, String topic, byte[] value) {
        try {
            return Optional.ofNullable(policies.deserialize(topic, value))
                    .map(PolicyCodec::fromAvro)
                    .filter(Allowance.class::isInstance)
                    .map(Allowance.class::cast);
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
