package postwarden.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import postwarden.stream.codec.DeskRecord;
import postwarden.stream.codec.TallyBatch;

/**
 * What becomes of a record of an internal topic on which a node fails. One that cannot be read has changed nothing yet: it is
 * put into the dead letters with its cause, in the same transaction, and the next one is read. Any other failure is a bug or a
 * damaged state, and going on might have done half of the work: the thread fails, and nothing of it is committed.
 */
public final class Quarantine implements ProcessingExceptionHandler {
    /** Configuration keys by which the service hands over what Kafka Streams cannot. */
    static final String DEAD_LETTERS = "postwarden.dead-letters";

    static final String METERS = "postwarden.meters";

    private String deadLetters = "";
    private Optional<Meters> meters = Optional.empty();

    @Override
    public void configure(Map<String, ?> configs) {
        deadLetters = String.valueOf(configs.get(DEAD_LETTERS));
        meters = Optional.ofNullable((Meters) configs.get(METERS));
    }

    @Override
    public Response handleError(ErrorHandlerContext at, Record<?, ?> record, Exception failure) {
        Optional<String> obstacle = obstacle(at.processorNodeId(), at.sourceRawKey(), at.sourceRawValue());
        if (obstacle.isEmpty()) {
            return Response.fail();
        }
        meters.ifPresent(Meters::quarantined);
        Headers headers = new RecordHeaders();
        header(headers, "postwarden.cause", obstacle.get());
        header(headers, "postwarden.topic", at.topic());
        header(headers, "postwarden.partition", Integer.toString(at.partition()));
        header(headers, "postwarden.offset", Long.toString(at.offset()));
        // Whole, unless the dead letter would be too large for its topic.
        byte @Nullable [] value = RecordBounds.first(at.sourceRawValue(), RecordBounds.LARGEST);
        return Response.resume(
                List.of(new ProducerRecord<>(deadLetters, null, at.timestamp(), at.sourceRawKey(), value, headers)));
    }

    /** Why the record that the node failed on cannot be read; empty when it can. */
    private static Optional<String> obstacle(String node, byte @Nullable [] key, byte @Nullable [] value) {
        if (!node.equals(MailTopology.WATCH) && !node.equals(MailTopology.DESK)) {
            return Optional.empty();
        }
        if (key == null || value == null) {
            return Optional.of(key == null ? "the record has no key" : "the record has no value");
        }
        try {
            read(node, value);
            return Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.of(String.valueOf(unreadable.getMessage()));
        }
    }

    private static void read(String node, byte[] value) {
        if (node.equals(MailTopology.DESK)) {
            var unused = DeskRecord.decode(value);
        } else {
            TallyBatch.check(value);
        }
    }

    private static void header(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
