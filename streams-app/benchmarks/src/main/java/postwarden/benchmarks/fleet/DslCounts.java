package postwarden.benchmarks.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import postwarden.parse.LineParser;
import postwarden.schema.MailLine;
import postwarden.stream.WireFormat;

/**
 * What one would write first: lines are parsed, keyed by whom they name, and counted in hopping windows, exactly-once.
 * {@code DslCounts BROKER REGISTRY APPLICATION STATE WINDOW-MILLIS}.
 */
public final class DslCounts {
    private static final Duration HOP = Duration.ofSeconds(30);
    /** A thread reads its partitions of a backlog at different paces, and what is later than this is not counted. */
    private static final Duration GRACE = Duration.ofMinutes(1);
    /** More than the DSL's default of 10 MiB, so that nobody can say that it was short of a cache. */
    private static final long CACHE_BYTES = 64L << 20;
    /** Counts from which a window would be looked at. */
    private static final long MANY = 1000;

    private DslCounts() {}

    /** Runs until it is stopped. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> kafka = Map.of("bootstrap.servers", arguments[0], "schema.registry.url", arguments[1]);
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, arguments[2]);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, arguments[3]);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Contestants.COMMIT.toMillis());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        // As Postwarden sets its clients, so that only the topologies differ.
        properties.put("max.poll.records", "5000");
        properties.put("producer.compression.type", "lz4");
        properties.put("producer.linger.ms", "20");
        properties.put("producer.batch.size", "131072");
        Topology topology = topology(kafka, Duration.ofMillis(Long.parseLong(arguments[4])));
        try (KafkaStreams streams = new KafkaStreams(topology, properties)) {
            streams.start();
            new CountDownLatch(1).await();
        }
    }

    private static Topology topology(Map<String, String> kafka, Duration window) {
        StreamsBuilder builder = new StreamsBuilder();
        Serde<MailLine> lines =
                Serdes.serdeFrom(WireFormat.serializer(kafka), WireFormat.deserializer(kafka, MailLine.class));
        LineParser parser = new LineParser();
        KStream<String, String> named = builder.stream(
                        Rig.LINES,
                        Consumed.with(Serdes.String(), lines)
                                .withTimestampExtractor(
                                        (record, before) -> Math.max(0, CountedKey.millis((MailLine) record.value()))))
                .flatMap((host, line) -> named(parser, line));
        for (CountedKey key : CountedKey.values()) {
            count(named, key, window);
        }
        return builder.build();
    }

    private static void count(KStream<String, String> named, CountedKey key, Duration window) {
        String name = key.name().toLowerCase(Locale.ROOT);
        named.filter((kind, who) -> kind.equals(key.name()))
                .selectKey((kind, who) -> who)
                .groupByKey(Grouped.with(name, Serdes.String(), Serdes.String()))
                .windowedBy(TimeWindows.ofSizeAndGrace(window, GRACE).advanceBy(HOP))
                .count(Materialized.as(name + "-counts"))
                .toStream()
                .filter((at, count) -> count != null && count >= MANY)
                .map((at, count) -> KeyValue.pair(at.key(), count))
                .to(Rig.RESULTS, Produced.with(Serdes.String(), Serdes.Long()));
    }

    private static List<KeyValue<String, String>> named(LineParser parser, MailLine line) {
        List<KeyValue<String, String>> all = new ArrayList<>();
        CountedKey.forEach(parser, line, (kind, who) -> all.add(KeyValue.pair(kind.name(), who)));
        return all;
    }
}
