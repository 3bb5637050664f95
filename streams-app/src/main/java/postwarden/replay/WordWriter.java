package postwarden.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.schema.TimeQuality;

/** Writes what a replay says about hosts in a producer's words, as records that stand beside one that was read. */
final class WordWriter {
    private final Serializer<MailLine> values;

    WordWriter(Serializer<MailLine> values) {
        this.values = values;
    }

    ConsumerRecord<byte[], byte[]> hello(
            ConsumerRecord<byte[], byte[]> beside, long offset, HostPart host, SortedSet<String> roster) {
        return word(beside, offset, host, MailLineKind.HELLO, List.copyOf(roster));
    }

    ConsumerRecord<byte[], byte[]> end(ConsumerRecord<byte[], byte[]> beside, long offset, HostPart host) {
        return word(beside, offset, host, MailLineKind.END, List.of());
    }

    private ConsumerRecord<byte[], byte[]> word(
            ConsumerRecord<byte[], byte[]> beside, long offset, HostPart host, MailLineKind kind, List<String> roster) {
        MailLine said = new MailLine(
                kind,
                host.tenant(),
                "replay",
                host.host(),
                "",
                null,
                null,
                TimeQuality.NONE,
                0L,
                ByteBuffer.allocate(0),
                0,
                null,
                "",
                "",
                0L,
                0L,
                0,
                true,
                roster,
                null,
                false,
                0);
        byte[] key = host.host().getBytes(StandardCharsets.UTF_8);
        byte[] value = values.serialize(beside.topic(), said);
        return new ConsumerRecord<>(
                beside.topic(),
                beside.partition(),
                offset,
                beside.timestamp(),
                beside.timestampType(),
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
