package postwarden.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import postwarden.config.AppConfig;
import postwarden.drift.TemplateCount;
import postwarden.incident.Alert;
import postwarden.policy.Decision;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.schema.Policy;
import postwarden.schema.registry.Registration;
import postwarden.schema.registry.RegistryKeys;
import postwarden.stream.codec.PolicyCodec;
import postwarden.stream.codec.StateCodecs;

/** The topology with its real serdes under Kafka's test driver, which commits after every record. One host: mx1. */
final class Driven implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    static final String HOST = "mx1";
    private static final int JOURNAL = 4;

    private static final Map<String, String> KAFKA =
            Map.of("bootstrap.servers", "localhost:9092", "schema.registry.url", "mock://driven");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);
    private final Serializer<MailLine> serializer;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> lines;
    private final TestInputTopic<String, byte[]> policies;
    private final TestOutputTopic<String, Alert> alerts;
    private final TestOutputTopic<String, Alert> incidents;
    private final TestOutputTopic<String, byte[]> deadLetters;
    private long offset;
    private boolean closed;

    Driven(Path state) {
        Registration.register(RegistryKeys.registry(KAFKA), Registration.standard());
        Settings settings = settings();
        Properties properties =
                new Running("driven", state.toString(), 1, Duration.ofMillis(200), 1, 0, KAFKA).properties();
        AlertSerde serde = AlertSerde.of(KAFKA);
        serializer = WireFormat.serializer(KAFKA);
        driver = new TopologyTestDriver(
                new MailTopology(settings, meters).build(properties, TopicFormats.of(KAFKA)), properties);
        lines = driver.createInputTopic(
                settings.topics().lines(), new StringSerializer(), new ByteArraySerializer(), START, Duration.ZERO);
        policies = driver.createInputTopic(
                settings.topics().policy(), new StringSerializer(), new ByteArraySerializer(), START, Duration.ZERO);
        alerts = driver.createOutputTopic(settings.topics().alerts(), new StringDeserializer(), serde.deserializer());
        incidents =
                driver.createOutputTopic(settings.topics().incidents(), new StringDeserializer(), serde.deserializer());
        deadLetters = driver.createOutputTopic(
                settings.topics().deadLetters(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** The test driver knows one partition only, and the desk waits for as many parts as are configured. */
    static Settings settings() {
        Settings standard = AppConfig.scanSettings();
        return new Settings(
                standard.topics(),
                new StreamParams(1, 1000, JOURNAL, 1),
                standard.intake(),
                standard.correlator(),
                standard.watch(),
                standard.detectors(),
                standard.desk(),
                standard.replies(),
                standard.systems(),
                standard.allowances(),
                standard.configDigest());
    }

    void say(MailLineKind kind) {
        pipe(record(kind, "", 0, START, 0));
    }

    /** A line of Postfix's smtpd, so many seconds after the start; each is the next in its file. */
    MailLine line(int pid, double seconds, String message) {
        Instant time = START.plusMillis((long) (seconds * 1000));
        String header = time + " " + HOST + " postfix/smtpd[" + pid + "]: ";
        MailLine line = record(MailLineKind.LINE, header + message, header.length(), time, pid);
        offset = line.getEndOffset();
        return line;
    }

    void pipe(MailLine line) {
        pipe(serializer.serialize("mail.lines", line));
    }

    void pipe(byte[] value) {
        lines.pipeInput(HOST, value);
    }

    /** What an operator writes; nothing to take back. */
    void decide(String key, byte @Nullable [] value) {
        policies.pipeInput(key, value);
    }

    /** A decision as the topic has it. */
    static byte[] decision(Decision decision) {
        Serializer<Policy> values = WireFormat.serializer(KAFKA);
        return values.serialize("mail.policy", PolicyCodec.toAvro(decision));
    }

    /** Commits until all that was remembered is in its own store. */
    void rest() {
        for (int commit = 0; commit <= JOURNAL; commit++) {
            say(MailLineKind.HEARTBEAT);
        }
    }

    Meters meters() {
        return meters;
    }

    MeterRegistry registry() {
        return registry;
    }

    /** The templates of lines that no rule knew, as they are stored. */
    List<TemplateCount> templates() {
        List<TemplateCount> templates = new ArrayList<>();
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(Stores.DRIFT);
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(
                    entry -> templates.add(StateCodecs.TEMPLATE_COUNT.decode().apply(entry.value)));
        }
        return templates;
    }

    List<Alert> alerts() {
        return alerts.readValuesToList();
    }

    Map<String, Alert> incidents() {
        return incidents.readKeyValuesToMap();
    }

    List<TestRecord<String, byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    TopologyTestDriver driver() {
        return driver;
    }

    private MailLine record(MailLineKind kind, String text, int messageStart, Instant time, int pid) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return MailLine.newBuilder()
                .setKind(kind)
                .setReporter(HOST)
                .setHost(HOST)
                .setProgram("postfix/smtpd")
                .setPid(pid)
                .setEventTimeMicros(time.toEpochMilli() * 1000)
                .setReadTimeMicros(time.toEpochMilli() * 1000)
                .setText(ByteBuffer.wrap(bytes))
                .setMessageStart(messageStart)
                .setFile("/var/log/mail.log")
                .setFileId("mail.log:1")
                .setStartOffset(offset)
                .setEndOffset(offset + bytes.length + 1)
                .setRoster(List.of(HOST))
                .build();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            driver.close();
            serializer.close();
        }
    }
}
