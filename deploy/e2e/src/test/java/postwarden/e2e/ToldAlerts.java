package postwarden.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import postwarden.detect.Cause;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.incident.Alert;
import postwarden.policy.Remark;
import postwarden.policy.Remarks;
import postwarden.stream.AlertSerde;

/** Writes alerts as the service does, in transactions, for tests of those who read them. */
final class ToldAlerts implements AutoCloseable {
    static final String TOPIC = "mail.alerts";

    private static final Instant BEGIN = Instant.parse("2026-11-21T08:00:00Z");

    private final KafkaProducer<String, byte[]> producer;
    private final AlertSerde serde;

    private final String topic;

    private ToldAlerts(KafkaProducer<String, byte[]> producer, AlertSerde serde, String topic) {
        this.producer = producer;
        this.serde = serde;
        this.topic = topic;
    }

    static ToldAlerts to(Cluster cluster) {
        return to(cluster, TOPIC);
    }

    static ToldAlerts to(Cluster cluster, String topic) {
        Map<String, Object> config = new HashMap<>(cluster.kafka());
        config.put("transactional.id", "teller-" + UUID.randomUUID());
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return new ToldAlerts(producer, AlertSerde.of(cluster.kafka()), topic);
    }

    /** One transaction. */
    void tell(Alert... alerts) throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        for (Alert alert : alerts) {
            send(alert);
        }
        producer.commitTransaction();
    }

    /** What nobody may see. */
    void takeBack(Alert alert) throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        send(alert);
        producer.abortTransaction();
    }

    /** A record that is no alert. */
    void tellNonsense() throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, 0, "x", new byte[] {1, 2, 3})).get();
        producer.commitTransaction();
    }

    private void send(Alert alert) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(
                        topic, alert.incidentId(), serde.serializer().serialize(topic, alert)))
                .get();
    }

    /** The records of one incident, from its beginning to its end. */
    static List<Alert> incident(int number, Severity severity) {
        List<Alert> records = new ArrayList<>();
        for (Alert.State state : Alert.State.values()) {
            records.add(alert(number, severity, state));
        }
        return records;
    }

    static Alert alert(int number, Severity severity, Alert.State state) {
        return alert(number, severity, state, Remarks.NONE);
    }

    /** The same alert, of which somebody said that he looks after it; {@code sequence} is the record that told it first. */
    static Alert acknowledged(Alert alert, int sequence) {
        int number = (int) Duration.between(BEGIN, alert.onset()).toSeconds();
        Remark said = new Remark(Remark.Aspect.ACKNOWLEDGED, "", "anna", BEGIN, "", sequence);
        return alert(number, alert.severity(), alert.state(), Remarks.of(List.of(said)));
    }

    private static Alert alert(int number, Severity severity, Alert.State state, Remarks feedback) {
        Instant onset = BEGIN.plusSeconds(number);
        boolean over = state == Alert.State.RESOLVED;
        return new Alert(
                new UUID(0x4000L, 0x8000_0000_0000_0000L | number).toString(),
                "default",
                state,
                state.ordinal() + 1,
                "connection-flood",
                1,
                severity,
                0.97,
                "SINGLE_SOURCE",
                List.of(new Cause("SINGLE_SOURCE", 0.97, "one address <b>only</b>")),
                new Subject("mx1", "192.0.2.7", "", "", "", "", ""),
                onset,
                onset.plusSeconds(10),
                onset.plusSeconds(20),
                over ? onset.plusSeconds(600) : Alert.NOT_YET,
                over ? "subsided" : "",
                "incident " + number + " <!channel> is flooding",
                "A client connects far too often.",
                new TreeMap<>(Map.of("connectsPerMinute", 372.0)),
                new TreeMap<>(Map.of("connectsPerMinute", 60.0)),
                new TreeMap<>(),
                List.of(new Alert.Evidence(
                        "mx1", "/var/log/mail.log", 7, "mail.lines", 0, 3, onset, "connect ``` from")),
                List.of(),
                "T1499.002",
                "",
                List.of(),
                List.of(),
                false,
                List.of(),
                "0123456789abcdef",
                Optional.empty(),
                feedback);
    }

    @Override
    public void close() {
        producer.close();
        serde.close();
    }
}
