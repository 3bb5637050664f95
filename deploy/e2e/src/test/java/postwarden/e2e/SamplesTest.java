package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.Agent;
import postwarden.producer.AgentConfig;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.follow.FollowParams;
import postwarden.producer.follow.HostRule;
import postwarden.producer.follow.Source;
import postwarden.producer.publish.KafkaSamples;
import postwarden.producer.publish.PublishParams;
import postwarden.producer.publish.Sample;
import postwarden.producer.publish.SampleMetrics;
import postwarden.producer.publish.SampleTarget;
import postwarden.producer.redact.Redaction;
import postwarden.producer.sample.ProbeParams;
import postwarden.producer.sample.SampleParams;
import postwarden.schema.MailSample;
import postwarden.schema.SampleKind;
import postwarden.schema.SampleState;
import postwarden.stream.WireFormat;

/** What agents measure, through a real broker and registry. */
@Timeout(120)
class SamplesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long SEED = 20_261_122;

    @TempDir
    private static Path brokers = Path.of("");

    private static @Nullable Cluster shared;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void startBrokers() throws ExecutionException, InterruptedException {
        shared = Cluster.start(brokers);
    }

    @AfterAll
    static void stopBrokers() {
        cluster().close();
    }

    private static Cluster cluster() {
        return Objects.requireNonNull(shared);
    }

    @Test
    void an_agent_sends_what_it_measures_beside_the_lines_and_says_where_it_is_blind()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path log = Files.writeString(folder.resolve("mail.log"), "2026-11-21T08:00:00Z mx1 a: one\n");
        List<ProbeParams> probes = List.of(
                new ProbeParams.Load(SECOND),
                new ProbeParams.Sessions(SECOND, SECOND, ProbeParams.MAIL_PORTS),
                new ProbeParams.Postfix(SECOND, SECOND, folder.resolve("no-postqueue"), List.of()));

        // When
        try (Agent agent = Agent.start(config(log, probes, "mail.samples"), Map.of(), Clock.systemUTC())) {
            Await.until(
                    "a line, and samples of three probes", () -> kinds("mx1").size() == 3 && linesOf("mx1") == 1);
            assertThat(agent.counters().losses()).isZero();
        }

        // Then
        List<MailSample> samples = samples("mx1");
        assertThat(samples).allSatisfy(sample -> {
            assertThat(sample.getHost()).isEqualTo("mx1");
            assertThat(sample.getReporter()).isEqualTo("agent");
            assertThat(sample.getTimeMicros()).isPositive();
        });
        assertThat(samples)
                .filteredOn(sample -> sample.getKind() == SampleKind.QUEUE)
                .allSatisfy(sample -> {
                    assertThat(sample.getState()).isEqualTo(SampleState.UNABLE);
                    assertThat(sample.getNote()).endsWith("cannot be run: No such file or directory");
                });
        assertThat(samples)
                .filteredOn(sample -> sample.getKind() == SampleKind.LOAD)
                .allSatisfy(sample -> assertThat(sample.getValues()).containsKeys("load1Minute", "cpus"));
        assertThat(linesOf("mx1")).isEqualTo(1);
    }

    @Test
    void a_samples_topic_that_is_not_there_costs_the_lines_nothing()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path log = Files.writeString(
                folder.resolve("mail.log"),
                String.join(
                        "",
                        IntStream.range(0, 20_000)
                                .mapToObj(number -> "2026-11-21T08:00:00Z mx2 a: line " + number + "\n")
                                .toList()));
        List<ProbeParams> probes = List.of(new ProbeParams.Load(SECOND), new ProbeParams.Memory(SECOND));

        // When
        try (Agent agent = Agent.start(config(log, probes, "mail.absent"), Map.of(), Clock.systemUTC())) {
            Await.until(
                    "a sample that is let go",
                    () -> agent.meters().counter("producer.samples.lost").count()
                                    + agent.meters()
                                            .counter("producer.samples.skipped")
                                            .count()
                            > 0);
            Await.until(
                    "all lines",
                    () -> agent.counters().lines() == 20_000 && agent.counters().inFlight() == 0);
        }

        // Then
        assertThat(linesOf("mx2")).isEqualTo(20_000);
    }

    @Test
    void the_largest_sample_fits_its_topic() throws ExecutionException, InterruptedException {
        // Given
        SampleMetrics metrics = SampleMetrics.in(new SimpleMeterRegistry());
        SampleTarget target = new SampleTarget(
                "mail.samples", "default", "agent", "mx9", cluster().kafkaObjects());
        Random random = new Random(SEED);
        Map<String, Map<String, Double>> rows = new HashMap<>();
        for (int row = 0; row < 100; row++) {
            rows.put(name(random), values(random));
        }
        Sample.Group group = new Sample.Group(rows, Long.MAX_VALUE, values(random), true);
        Sample largest = new Sample(
                Sample.Kind.QUEUE,
                name(random),
                Sample.State.PARTIAL,
                name(random),
                1,
                1,
                1,
                values(random),
                Map.of("destination", group));

        // When
        try (KafkaSamples samples = KafkaSamples.connect(target, metrics, Clock.systemUTC())) {
            samples.send(largest);
            Await.until(
                    "an answer to it",
                    () -> metrics.acknowledged().count()
                                    + metrics.lost().count()
                                    + metrics.skipped().count()
                            > 0);
        }

        // Then
        assertThat(metrics.acknowledged().count()).as("seed %d", SEED).isEqualTo(1);
        assertThat(samples("mx9"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.getGroups().get("destination"))
                        .satisfies(read -> assertThat(read.getRows()).hasSize(100)));
    }

    /** As long as a name may be, and nothing that a codec could shorten much. */
    private static String name(Random random) {
        return random.ints(255, 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }

    /** All columns that a destination can have. */
    private static Map<String, Double> values(Random random) {
        return IntStream.range(0, 19)
                .boxed()
                .collect(Collectors.toMap(place -> "a" + place + "ValueOfSomeSeconds", place -> random.nextDouble()));
    }

    @Test
    void the_topic_is_provisioned_for_what_strangers_on_a_host_could_write()
            throws IOException, ExecutionException, InterruptedException {
        // When
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "mail.samples");
        Map<String, String> settings = new HashMap<>();
        cluster()
                .admin()
                .describeConfigs(List.of(topic))
                .all()
                .get()
                .values()
                .forEach(told -> told.entries().forEach(entry -> settings.put(entry.name(), entry.value())));

        // Then
        assertThat(settings)
                .containsEntry("compression.type", "lz4")
                .containsEntry("max.message.bytes", "65536")
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "604800000");
        assertThat(cluster().ends("mail.samples")).hasSize(Cluster.PARTITIONS);
    }

    private AgentConfig config(Path log, List<ProbeParams> probes, String topic) {
        Source source = new Source(
                log.toString(),
                Source.Start.BEGINNING,
                Source.DEFAULT_TENANT,
                new HostRule.FromHeader(),
                ZoneOffset.UTC);
        return new AgentConfig(
                "agent",
                List.of(source),
                FollowParams.defaults(false),
                PublishParams.to(cluster().kafkaObjects()),
                CheckpointParams.in(folder.resolve("state")),
                Redaction.WITHOUT_KEY,
                new SampleParams(topic, "default", "mx1", 20, Path.of("/proc"), probes));
    }

    private static Set<SampleKind> kinds(String host) throws ExecutionException, InterruptedException {
        return samples(host).stream().map(MailSample::getKind).collect(Collectors.toSet());
    }

    private static long linesOf(String host) throws ExecutionException, InterruptedException {
        return LineTopic.lines(cluster()).stream()
                .filter(line -> line.getHost().equals(host))
                .count();
    }

    private static List<MailSample> samples(String host) throws ExecutionException, InterruptedException {
        List<ConsumerRecord<String, byte[]>> records = AlertTopic.records(cluster(), "mail.samples");
        try (Deserializer<MailSample> values = WireFormat.deserializer(cluster().kafka(), MailSample.class)) {
            return records.stream()
                    .map(record -> values.deserialize(record.topic(), record.value()))
                    .filter(sample -> sample.getHost().equals(host))
                    .toList();
        }
    }
}
