package postwarden.producer.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The settings of Kafka's producer. Those that the promise "nothing is lost" rests on are fixed: setting one otherwise is refused
 * rather than obeyed or silently overridden.
 */
public final class KafkaSettings {
    /** Serializer of the values unless configured; writes Confluent's wire format. */
    public static final String VALUE_SERIALIZER = "postwarden.schema.wire.AvroSerializer";

    /** Long enough for a broker on the way, short enough that a stopping agent is not held up. */
    private static final int MAX_BLOCK_MILLIS = 1000;

    private static final Map<String, String> FIXED = Map.of(
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, String.valueOf(Integer.MAX_VALUE),
            ProducerConfig.RETRIES_CONFIG, String.valueOf(Integer.MAX_VALUE),
            ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(MAX_BLOCK_MILLIS),
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());

    /** How long a sample may be on its way: what arrives later is no longer about now. */
    private static final String SAMPLE_DELIVERY_MILLIS = "30000";

    /** Half of that, so that Kafka accepts both. */
    private static final String SAMPLE_REQUEST_MILLIS = "15000";

    /**
     * For samples, which are about now: each is sent once, a leader's word is enough, and room is for some hundred. Without retries
     * and idempotence no failure is fatal to the producer, so it never has to be built anew.
     */
    private static final Map<String, String> FOR_SAMPLES = Map.ofEntries(
            Map.entry(ProducerConfig.ACKS_CONFIG, "1"),
            Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false"),
            Map.entry(ProducerConfig.RETRIES_CONFIG, "0"),
            Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, SAMPLE_DELIVERY_MILLIS),
            Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, SAMPLE_REQUEST_MILLIS),
            Map.entry(ProducerConfig.LINGER_MS_CONFIG, "100"),
            Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, "32768"),
            Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(1 << 20)),
            Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(MAX_BLOCK_MILLIS)),
            Map.entry("postwarden.registry.wait.ms", "5000"));

    private static final String TLS_1_3 = "TLSv1.3";
    private static final Set<String> TLS = Set.of(TLS_1_3, "TLSv1.2");

    private KafkaSettings() {}

    /** What is wrong with an operator's settings, one sentence a problem; empty when nothing is. */
    public static List<String> problems(Map<String, Object> kafka) {
        List<String> problems = new ArrayList<>();
        FIXED.forEach((name, value) -> {
            String wanted = String.valueOf(kafka.getOrDefault(name, value));
            boolean all = name.equals(ProducerConfig.ACKS_CONFIG) && wanted.equals("-1");
            if (!wanted.equals(value) && !all) {
                problems.add(
                        "kafka." + name + " = " + wanted + " is refused: lines could be lost; it is always " + value);
            }
        });
        for (String name : List.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ProducerConfig.PARTITIONER_CLASS_CONFIG)) {
            if (kafka.containsKey(name)) {
                problems.add(
                        "kafka." + name + " is refused: the lines of a host stand in one partition, in their order");
            }
        }
        Object inFlight = kafka.get(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION);
        if (inFlight != null && !List.of("1", "2", "3", "4", "5").contains(inFlight.toString())) {
            problems.add("kafka." + ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION + " = " + inFlight
                    + " is refused: Kafka keeps the order for 1 to 5 only");
        }
        if (!kafka.containsKey(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            problems.add("kafka.bootstrap.servers is missing: which brokers?");
        }
        return problems;
    }

    /**
     * Settings with which others could read or change what is sent, one sentence a problem; accepted with {@code dev} only.
     *
     * @param kafka an operator's settings
     */
    public static List<String> openings(Map<String, Object> kafka) {
        List<String> problems = new ArrayList<>();
        String protocol = text(kafka, CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
        if (protocol.equals("SASL_PLAINTEXT")
                && text(kafka, SaslConfigs.SASL_MECHANISM).equals("PLAIN")) {
            problems.add("kafka.sasl.mechanism = PLAIN is refused without TLS: the password could be read on its way;"
                    + " use SASL_SSL, or SCRAM-SHA-512");
        }
        if (isTls(kafka)
                && kafka.containsKey(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG)
                && text(kafka, SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG)
                        .isBlank()) {
            problems.add("kafka.ssl.endpoint.identification.algorithm is empty, which is refused: any host with a"
                    + " certificate could pass for a broker");
        }
        List<String> versions = new ArrayList<>(
                List.of(text(kafka, SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG).split(",")));
        versions.add(text(kafka, SslConfigs.SSL_PROTOCOL_CONFIG));
        versions.stream()
                .map(String::strip)
                .filter(version -> !version.isEmpty() && !TLS.contains(version))
                .forEach(version -> problems.add(
                        "kafka.ssl: " + version + " is refused: TLSv1.3 is the default, TLSv1.2 may be added"));
        return problems;
    }

    /** Whether the settings say that connections are encrypted. */
    public static boolean isTls(Map<String, Object> kafka) {
        return text(kafka, CommonClientConfigs.SECURITY_PROTOCOL_CONFIG).endsWith("SSL");
    }

    /** Whether brokers are told who this is: by a certificate or a password, either of which may be replaced. */
    public static boolean hasCredentials(Map<String, Object> kafka) {
        return kafka.keySet().stream().anyMatch(name -> name.startsWith("ssl.") || name.startsWith("sasl."));
    }

    private static String text(Map<String, Object> kafka, String name) {
        return String.valueOf(kafka.getOrDefault(name, ""));
    }

    /** The settings that the producer gets: defaults for a small agent, the operator's, and the fixed ones. */
    public static Map<String, Object> effective(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, VALUE_SERIALIZER);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, "65536");
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(16 << 20));
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "postwarden-producer");
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "5000");
        if (isTls(kafka)) {
            settings.put(SslConfigs.SSL_PROTOCOL_CONFIG, TLS_1_3);
            settings.put(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG, TLS_1_3);
        }
        settings.putAll(kafka);
        settings.putAll(FIXED);
        return settings;
    }

    /** How many bytes Kafka's producer keeps at most, compressed or not, by an operator's settings. */
    static long bufferBytes(Map<String, Object> kafka) {
        return Long.parseLong(String.valueOf(effective(kafka).get(ProducerConfig.BUFFER_MEMORY_CONFIG))
                .strip());
    }

    /** The settings of the producer of lines, each of which is written once, however often it is sent. */
    static Map<String, Object> forLines(Map<String, Object> kafka) {
        Map<String, Object> settings = effective(kafka);
        Object writer = settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, OnceSerializer.class.getName());
        settings.put(OnceSerializer.WRITER, writer);
        settings.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, HostPartitioner.class.getName());
        return settings;
    }

    /** The settings of the producer that samples have for themselves: the same brokers, security and registry. */
    static Map<String, Object> forSamples(Map<String, Object> kafka) {
        Map<String, Object> settings = effective(kafka);
        settings.putAll(FOR_SAMPLES);
        settings.computeIfPresent(ProducerConfig.CLIENT_ID_CONFIG, (key, id) -> id + "-samples");
        return settings;
    }
}
