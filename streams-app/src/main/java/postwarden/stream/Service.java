package postwarden.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.schema.MailLine;

/** The running topology. */
public final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    /** Two ticks of a few hundred bytes for each task are all that is cached; this is room for a thousand tasks. */
    private static final String TICK_CACHE_BYTES = "4194304";
    /** How long a stop may take before Kafka's transactions are left to time out. */
    private static final Duration STOP = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final Deserializer<MailLine> lines;
    private final AlertSerde alerts;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Service(KafkaStreams streams, Deserializer<MailLine> lines, AlertSerde alerts) {
        this.streams = streams;
        this.lines = lines;
        this.alerts = alerts;
    }

    /**
     * How Kafka Streams is to run.
     *
     * @param kafka passed on as it is, stronger than what is set here
     */
    public record Running(
            String applicationId,
            String stateDir,
            int threads,
            Duration commitInterval,
            int replicationFactor,
            int standbyReplicas,
            Map<String, String> kafka) {
        public Running {
            kafka = Map.copyOf(kafka);
        }

        /** Everything that Kafka Streams is configured with. */
        public Properties properties() {
            Properties properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
            properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir);
            properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
            properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
            properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
            properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
            properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
            properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, TICK_CACHE_BYTES);
            properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
            properties.put("auto.offset.reset", "earliest");
            properties.put("max.poll.records", "5000");
            properties.put("producer.compression.type", "lz4");
            properties.put("producer.linger.ms", "20");
            properties.put("producer.batch.size", "131072");
            // A killed instance holds its partitions, and so alerts, for that long; Kafka's default is 45 s.
            properties.put("session.timeout.ms", "10000");
            properties.put("heartbeat.interval.ms", "3000");
            // Hosts come and go; new ones must be seen soon.
            properties.put("metadata.max.age.ms", "30000");
            properties.putAll(kafka);
            properties.remove("value.serializer");
            properties.remove("value.deserializer");
            return properties;
        }
    }

    /** Starts the topology. */
    public static Service start(Settings settings, Running running, Meters meters) {
        return start(settings, running, meters, KafkaStreams::new);
    }

    /**
     * Starts the topology.
     *
     * @param runtime makes what runs it, with whatever clients it shall have
     */
    public static Service start(
            Settings settings, Running running, Meters meters, BiFunction<Topology, Properties, KafkaStreams> runtime) {
        Properties properties = running.properties();
        Deserializer<MailLine> lines = WireFormat.deserializer(running.kafka(), MailLine.class);
        AlertSerde alerts = AlertSerde.of(running.kafka());
        Topology topology = new MailTopology(settings, meters).build(properties, lines, alerts);
        KafkaStreams streams = runtime.apply(topology, properties);
        Service service = new Service(streams, lines, alerts);
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.atError()
                    .setCause(failure)
                    .log("a stream thread failed; another takes its place and its uncommitted work is done again");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streams.setStateListener((now, before) -> {
            LOG.atInfo().addKeyValue("state", now).log("the service changed its state");
            if (now == KafkaStreams.State.NOT_RUNNING || now == KafkaStreams.State.ERROR) {
                service.stopped.countDown();
            }
        });
        streams.start();
        return service;
    }

    /** Whether it processes, and does not restore or rebalance. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Whether it has stopped, by itself or because it was told to. */
    public boolean hasStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits until it has stopped. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        streams.close(STOP);
        lines.close();
        alerts.close();
    }
}
