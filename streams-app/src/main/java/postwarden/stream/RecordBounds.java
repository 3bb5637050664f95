package postwarden.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Cuts records of the lines topic that no producer sends, before Kafka Streams queues them by number and not by size: a batch
 * of 64 KiB may unpack to 16 MiB. What is cut cannot be read, so it becomes a dead letter, which says so; all of it stays in the
 * lines topic at the offset that the dead letter names.
 */
public final class RecordBounds implements ConsumerInterceptor<byte[], byte[]> {
    /** Configuration key: the topic whose records are bounded. */
    static final String TOPIC = "postwarden.lines";
    /** Key, value and headers of one record, in bytes: a HELLO that names ten thousand hosts is half of it. */
    static final int LARGEST = 524_288;
    /** What is kept of a value that is cut, in bytes: as much as the longest text of a line. */
    static final int KEPT = 32_768;
    /** The longest key, in bytes: a host's name (RFC 1035) and a bit. */
    static final int LONGEST_KEY = 255;

    private String topic = "";
    private Optional<Meters> meters = Optional.empty();

    @Override
    public void configure(Map<String, ?> configs) {
        topic = String.valueOf(configs.get(TOPIC));
        meters = Optional.ofNullable((Meters) configs.get(Quarantine.METERS));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (isOver(record)) {
                return bounded(records);
            }
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    private boolean isOver(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(topic) && (record.serializedKeySize() > LONGEST_KEY || size(record) > LARGEST);
    }

    private ConsumerRecords<byte[], byte[]> bounded(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> all = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> own = new ArrayList<>();
            records.records(partition).forEach(record -> own.add(isOver(record) ? cut(record) : record));
            all.put(partition, own);
        }
        return new ConsumerRecords<>(all, records.nextOffsets());
    }

    private ConsumerRecord<byte[], byte[]> cut(ConsumerRecord<byte[], byte[]> record) {
        meters.ifPresent(Meters::cut);
        boolean over = size(record) > LARGEST;
        Headers headers = over ? new RecordHeaders() : record.headers();
        byte @Nullable [] key = first(record.key(), LONGEST_KEY);
        byte @Nullable [] value = over ? first(record.value(), KEPT) : record.value();
        String was = "of " + record.serializedKeySize() + " bytes of key, " + record.serializedValueSize()
                + " of value and " + size(record.headers()) + " of headers";
        headers.add("postwarden.cut", was.getBytes(StandardCharsets.UTF_8));
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                key,
                value,
                headers,
                record.leaderEpoch());
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        return (long) record.serializedKeySize() + record.serializedValueSize() + size(record.headers());
    }

    private static long size(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            byte @Nullable [] value = header.value();
            bytes += header.key().length() + (value == null ? 0L : value.length);
        }
        return bytes;
    }

    /** The bytes, or as many of them. */
    static byte @Nullable [] first(byte @Nullable [] bytes, int most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }
}
