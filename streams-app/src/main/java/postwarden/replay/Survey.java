package postwarden.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import postwarden.event.LogRecord;
import postwarden.schema.MailLine;
import postwarden.stream.WireFormat;
import postwarden.stream.codec.LineCodec;
import postwarden.tally.IntakeParams;

/**
 * Reads the range once before it is replayed: who speaks in it and where each says its last word, without which nobody could
 * know whom to wait for and until when.
 */
final class Survey {
    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final IntakeParams params;
    private final Map<Integer, Range> asked;
    private final Map<Integer, Long> lasts = new HashMap<>();
    private final Map<Speaker, HostSurvey> speakers = new TreeMap<>();
    private final Map<Speaker, HostSurvey> announced = new TreeMap<>();

    private record Speaker(int partition, String tenant, String host) implements Comparable<Speaker> {
        @Override
        public int compareTo(Speaker other) {
            int byPartition = Integer.compare(partition, other.partition);
            int byTenant = byPartition != 0 ? byPartition : tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : host.compareTo(other.host);
        }
    }

    /** @param asked by partition, from the first record to read to the first not to read */
    Survey(String topic, IntakeParams params, Map<Integer, Range> asked) {
        this.topic = topic;
        this.params = params;
        this.asked = asked;
    }

    /**
     * Reads it.
     *
     * @param read told now and then how many records were read
     */
    void read(Map<String, String> kafka, LongConsumer read) {
        Map<TopicPartition, Long> open = new HashMap<>();
        asked.forEach((partition, range) -> {
            if (range.size() > 0) {
                open.put(new TopicPartition(topic, partition), range.stop());
            }
        });
        long count = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Readers.config(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Deserializer<MailLine> values = WireFormat.deserializer(kafka, MailLine.class)) {
            consumer.assign(open.keySet());
            open.keySet().forEach(partition -> consumer.seek(partition, start(partition)));
            while (!open.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (range(record).holds(record.offset())) {
                        lasts.put(record.partition(), record.offset());
                        read(record, values).ifPresent(line -> take(line, record.partition(), record.offset()));
                        count++;
                    }
                }
                if (open.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    consumer.assign(open.keySet());
                }
                read.accept(count);
            }
        }
    }

    /** The ranges as they are: up to the last record that is there. */
    Map<Integer, Range> ranges() {
        Map<Integer, Range> ranges = new TreeMap<>();
        asked.forEach((partition, range) ->
                ranges.put(partition, new Range(range.start(), lasts.getOrDefault(partition, range.start() - 1) + 1)));
        return ranges;
    }

    /** Everybody who speaks, and whoever is only announced, at the place where that is done first. */
    List<HostPart> hosts() {
        List<HostPart> hosts = new ArrayList<>();
        Set<String> known = new HashSet<>();
        speakers.forEach((speaker, survey) -> {
            known.add(speaker.tenant() + "/" + speaker.host());
            hosts.add(survey.part(speaker.partition(), speaker.tenant(), speaker.host()));
        });
        announced.forEach((speaker, survey) -> {
            if (known.add(speaker.tenant() + "/" + speaker.host())) {
                hosts.add(survey.part(speaker.partition(), speaker.tenant(), speaker.host()));
            }
        });
        return hosts;
    }

    private void take(LogRecord record, int partition, long offset) {
        speakers.computeIfAbsent(
                        new Speaker(partition, record.tenant(), record.host()), s -> new HostSurvey(params, offset))
                .take(record, offset);
        if (record instanceof LogRecord.Hello hello) {
            hello.roster()
                    .forEach(host -> announced.computeIfAbsent(
                            new Speaker(partition, record.tenant(), host), s -> new HostSurvey(params, offset)));
        }
    }

    /** What the topology will lay aside says nothing about hosts either. */
    private static Optional<LogRecord> read(ConsumerRecord<byte[], byte[]> record, Deserializer<MailLine> values) {
        try {
            return Optional.ofNullable(values.deserialize(record.topic(), record.value()))
                    .map(line -> LineCodec.decode(line, record.partition(), record.offset()));
        } catch (SerializationException | AvroRuntimeException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private Range range(ConsumerRecord<byte[], byte[]> record) {
        return asked.getOrDefault(record.partition(), new Range(0, 0));
    }

    private long start(TopicPartition partition) {
        return asked.getOrDefault(partition.partition(), new Range(0, 0)).start();
    }
}
