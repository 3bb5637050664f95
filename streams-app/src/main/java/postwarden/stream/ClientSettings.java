package postwarden.stream;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What Kafka Streams and its clients are told beside the operator's settings, which go over these.
 *
 * <p>Left as they are: {@code max.task.idle.ms}, because each task reads one topic and there is nothing to wait for, and
 * {@code topology.optimization}, because every repartition and store is named and placed by hand.
 */
final class ClientSettings {
    /** Two ticks of a few hundred bytes for each task are all that is cached; this is room for a thousand tasks. */
    private static final long TICK_CACHE_BYTES = 4 << 20;
    /**
     * A killed instance holds its partitions, and so alerts, for that long; Kafka's default is 45 s. Less than this is refused by
     * brokers (group.min.session.timeout.ms).
     */
    static final Duration SESSION = Duration.ofSeconds(6);
    /** Five may be lost, and the others learn with their next one that somebody is gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    /**
     * A killed instance's open transaction hides all that stands behind it from who reads committed records. Twice what a
     * commit took at worst on a busy disk, beyond the interval itself; Kafka's default for Streams too.
     */
    private static final Duration COMMIT_AT_WORST = Duration.ofSeconds(10);
    /** Changelog records that a copy may be behind and still take over: they are restored in a tenth of a second. */
    private static final long RECOVERY_LAG = 10_000;
    /** How soon an instance that has caught up gets its share; Kafka's default of 10 min leaves a new one idle that long. */
    private static final Duration PROBING = Duration.ofMinutes(1);
    /**
     * How long the state of a task that went elsewhere is kept: a rolling restart brings it back sooner than this, with only
     * what has changed to restore.
     */
    private static final Duration CLEANUP = Duration.ofHours(1);
    /** Hosts come and go; new partitions must be seen soon. */
    private static final Duration METADATA_AGE = Duration.ofSeconds(30);

    private ClientSettings() {}

    /**
     * Everything that does not depend on the installation.
     *
     * @param commitInterval a transaction must outlive it
     * @param kafka the operator's settings
     */
    static Map<String, Object> of(Duration commitInterval, Map<String, String> kafka) {
        String transaction = Long.toString(commitInterval.plus(COMMIT_AT_WORST).toMillis());
        return Map.ofEntries(
                Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
                Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, TICK_CACHE_BYTES),
                Map.entry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true),
                // There is no global table; without it Kafka Streams warns about those.
                Map.entry("processing.exception.handler.global.enabled", true),
                Map.entry(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, RECOVERY_LAG),
                Map.entry(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING.toMillis()),
                Map.entry(StreamsConfig.STATE_CLEANUP_DELAY_MS_CONFIG, CLEANUP.toMillis()),
                Map.entry("auto.offset.reset", "earliest"),
                Map.entry("max.poll.records", "5000"),
                Map.entry("producer.compression.type", "lz4"),
                Map.entry("producer.linger.ms", "20"),
                Map.entry("producer.batch.size", "131072"),
                // With the prefix, or Kafka Streams compares its own default with the commit interval; said without the
                // prefix, it is meant all the same.
                Map.entry("producer.transaction.timeout.ms", kafka.getOrDefault("transaction.timeout.ms", transaction)),
                Map.entry("session.timeout.ms", Math.toIntExact(SESSION.toMillis())),
                Map.entry("heartbeat.interval.ms", Math.toIntExact(HEARTBEAT.toMillis())),
                Map.entry("metadata.max.age.ms", METADATA_AGE.toMillis()));
    }
}
