package postwarden.benchmarks.flink;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;

/**
 * The counts as a Flink job in a cluster within its process, parallelism one, exactly-once from source to sink:
 * {@code FlinkCounts BROKER REGISTRY GROUP CHECKPOINTS WINDOW-MILLIS CHECKPOINT-MILLIS}.
 */
public final class FlinkCounts {
    private static final Duration HOP = Duration.ofSeconds(30);
    /** Postwarden's allowed lateness. */
    private static final Duration LATENESS = Duration.ofSeconds(5);

    private static final String LINES = "mail.lines";
    private static final String RESULTS = "benchmark.results";

    private FlinkCounts() {}

    /**
     * Runs until it is stopped.
     *
     * @throws Exception because Flink's execution declares no less
     */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                Path.of(arguments[3]).toUri().toString());
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        environment.enableCheckpointing(Long.parseLong(arguments[5]), CheckpointingMode.EXACTLY_ONCE);
        environment.getConfig().enableObjectReuse();
        Duration window = Duration.ofMillis(Long.parseLong(arguments[4]));
        environment
                .fromSource(
                        source(arguments),
                        WatermarkStrategy.<Named>forBoundedOutOfOrderness(LATENESS)
                                .withTimestampAssigner((named, before) -> named.millis),
                        "lines")
                .keyBy(named -> named.key)
                .window(SlidingEventTimeWindows.of(window, HOP))
                .aggregate(new Counting(), new Naming())
                .sinkTo(sink(arguments));
        environment.execute("counts");
    }

    private static KafkaSource<Named> source(String[] arguments) {
        return KafkaSource.<Named>builder()
                .setBootstrapServers(arguments[0])
                .setTopics(LINES)
                .setGroupId(arguments[2])
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty("isolation.level", "read_committed")
                .setDeserializer(new NamedSchema(arguments[0], arguments[1]))
                .build();
    }

    private static KafkaSink<String> sink(String[] arguments) {
        return KafkaSink.<String>builder()
                .setBootstrapServers(arguments[0])
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(arguments[2])
                // Below the broker's limit of 15 minutes, which Flink's default is above.
                .setProperty("transaction.timeout.ms", "60000")
                .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(RESULTS)
                        .setValueSerializationSchema(new SimpleStringSchema())
                        .build())
                .build();
    }
}
