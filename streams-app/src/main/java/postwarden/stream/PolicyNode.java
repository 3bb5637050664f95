package postwarden.stream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import postwarden.policy.Decision;
import postwarden.policy.Saying;
import postwarden.schema.Policy;
import postwarden.stream.codec.DeskRecord;
import postwarden.stream.codec.PolicyCodec;

/** Reads each record of the policy topic, and forwards it to its tenant's desk, or as it came with the cause. */
final class PolicyNode implements Processor<String, byte[], String, PolicyOutput> {
    private final Settings settings;
    private final DeskMeters meters;
    private final Deserializer<Policy> policies;
    private ProcessorContext<String, PolicyOutput> context;

    PolicyNode(Settings settings, DeskMeters meters, Deserializer<Policy> policies) {
        this.settings = settings;
        this.meters = meters;
        this.policies = policies;
    }

    @Override
    public void init(ProcessorContext<String, PolicyOutput> initial) {
        context = initial;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        try {
            tell(record);
        } catch (SerializationException | AvroRuntimeException | IllegalArgumentException unreadable) {
            bury(record, unreadable);
        }
    }

    private void tell(Record<String, byte[]> record) {
        @Nullable Object named = record.key();
        String key = named == null ? "" : record.key();
        int slash = key.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("the record's key must be tenant/id");
        }
        String tenant = key.substring(0, slash);
        String id = key.substring(slash + 1);
        byte @Nullable [] value = record.value();
        DeskRecord told = value == null ? new DeskRecord.Forgotten(tenant, id) : decided(key, value);
        meters.policy(outcome(told));
        context.forward(record.withKey(tenant)
                .withValue(new PolicyOutput(Optional.of(DeskRecord.encode(told)), Optional.empty())));
    }

    private DeskRecord decided(String key, byte[] value) {
        Policy policy = Optional.ofNullable(
                        policies.deserialize(settings.topics().policy(), value))
                .orElseThrow(() -> new IllegalArgumentException("the record is empty"));
        Decision decision = PolicyCodec.fromAvro(policy);
        if (!PolicyCodec.key(decision.tenant(), decision.id()).equals(key)) {
            throw new IllegalArgumentException("the record's key is not its tenant/id");
        }
        return new DeskRecord.Decided(decision);
    }

    private static DeskMeters.PolicyOutcome outcome(DeskRecord told) {
        if (told instanceof DeskRecord.Decided decided) {
            return decided.decision() instanceof Saying
                    ? DeskMeters.PolicyOutcome.SAID
                    : DeskMeters.PolicyOutcome.ALLOWED;
        }
        return DeskMeters.PolicyOutcome.REMOVED;
    }

    private void bury(Record<String, byte[]> record, RuntimeException why) {
        meters.policy(DeskMeters.PolicyOutcome.DEAD_LETTER);
        RecordMetadata from = context.recordMetadata().orElseThrow();
        Headers headers = new RecordHeaders(record.headers());
        header(headers, "postwarden.cause", String.valueOf(why.getMessage()));
        header(headers, "postwarden.topic", from.topic());
        header(headers, "postwarden.partition", Integer.toString(from.partition()));
        header(headers, "postwarden.offset", Long.toString(from.offset()));
        byte @Nullable [] value = record.value();
        context.forward(
                record.withValue(new PolicyOutput(Optional.empty(), Optional.of(value == null ? new byte[0] : value)))
                        .withHeaders(headers));
    }

    private static void header(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
