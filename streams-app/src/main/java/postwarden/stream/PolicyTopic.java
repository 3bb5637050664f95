package postwarden.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import postwarden.policy.Allowance;
import postwarden.schema.Policy;
import postwarden.stream.codec.PolicyCodec;

/** Where operators' decisions are written, for every instance to know. */
public final class PolicyTopic {
    private PolicyTopic() {}

    /**
     * Writes a decision, in the place of one with the same id; returns when the brokers have it.
     *
     * @throws ExecutionException when they refuse it
     */
    public static void write(Map<String, String> kafka, String topic, Allowance allowance)
            throws ExecutionException, InterruptedException {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("acks", "all");
        Serializer<Policy> values = WireFormat.serializer(kafka);
        try (KafkaProducer<String, Policy> producer = new KafkaProducer<>(config, new StringSerializer(), values)) {
            producer.send(new ProducerRecord<>(
                            topic, PolicyCodec.key(allowance.tenant(), allowance.id()), PolicyCodec.toAvro(allowance)))
                    .get();
        }
    }
}
