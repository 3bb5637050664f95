package postwarden.benchmarks.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Bytes of state that a contestant must keep to go on after its processes and disks are lost. */
final class StateSize {
    /** Of the keys of a changelog one in so many is looked at, so that tens of millions fit into memory. */
    private static final int SAMPLE = 16;

    /** Mixes a hash code, whose lowest bits hang on the last bytes alone. */
    private static final int SCATTER = 0x9E3779B1;

    private static final Duration WAIT = Duration.ofMillis(200);

    private StateSize() {}

    static long of(Contestant contestant, Rig rig, Path folder, String group)
            throws IOException, InterruptedException, ExecutionException {
        return switch (contestant.state()) {
            case NONE -> 0;
            case CHANGELOGS -> ofChangelogs(rig, rig.changelogs(group));
            case CHECKPOINT -> ofCheckpoint(folder.resolve(group + "-1"));
        };
    }

    /** Keys and latest values, without what was deleted. */
    private static long ofChangelogs(Rig rig, List<String> topics) throws InterruptedException, ExecutionException {
        if (topics.isEmpty()) {
            return 0;
        }
        Map<TopicPartition, Long> ends = rig.ends(topics);
        Map<String, Object> properties = new HashMap<>(rig.kafka());
        properties.put("isolation.level", "read_committed");
        Map<Integer, Map<ByteBuffer, Integer>> sizes = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            int idle = 0;
            while (idle < 10
                    && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                var polled = consumer.poll(WAIT);
                // A transaction that was cut off hides the end for good.
                idle = polled.isEmpty() ? idle + 1 : 0;
                polled.forEach(record -> note(record, sizes));
            }
        }
        return SAMPLE
                * sizes.values().stream()
                        .flatMap(one -> one.values().stream())
                        .mapToLong(Integer::longValue)
                        .sum();
    }

    private static void note(ConsumerRecord<byte[], byte[]> record, Map<Integer, Map<ByteBuffer, Integer>> sizes) {
        ByteBuffer key = ByteBuffer.wrap(record.key());
        if (Math.floorMod((key.hashCode() * SCATTER) >> 16, SAMPLE) == 0) {
            int place = Objects.hash(record.topic(), record.partition());
            Map<ByteBuffer, Integer> own = sizes.computeIfAbsent(place, none -> new HashMap<>());
            if (record.value() == null) {
                own.remove(key);
            } else {
                own.put(key, record.key().length + record.value().length);
            }
        }
    }

    private static long ofCheckpoint(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Path newest = files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .map(Path::getParent)
                    .orElse(null);
            if (newest == null) {
                return 0;
            }
            try (Stream<Path> parts = Files.walk(newest)) {
                return parts.filter(Files::isRegularFile)
                        .mapToLong(part -> part.toFile().length())
                        .sum();
            }
        }
    }
}
