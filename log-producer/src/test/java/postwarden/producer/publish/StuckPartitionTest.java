package postwarden.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import postwarden.producer.Said;

/** Kafka acknowledges nothing of one partition, and all of the others. */
class StuckPartitionTest {
    private static final int ROOM = 30;
    private static final Node BROKER = new Node(1, "localhost", 9092);
    private static final Cluster THREE = new Cluster(
            "cluster",
            List.of(BROKER),
            IntStream.range(0, 3)
                    .mapToObj(partition -> new PartitionInfo(
                            "mail.lines", partition, BROKER, new Node[] {BROKER}, new Node[] {BROKER}))
                    .toList(),
            Set.of(),
            Set.of());

    private final Answering kafka = new Answering();

    private final KafkaOutlet outlet = new KafkaOutlet(
            new PublishParams(
                    "mail.lines", Map.of(), ROOM, 65_536, Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(100)),
            () -> kafka,
            PublishMetrics.in(new SimpleMeterRegistry()),
            Clock.systemUTC());

    /** Whose answers come for all but the first partition, when they are asked for. */
    private static final class Answering extends MockProducer<String, InFlight> {
        private final Queue<Runnable> answers = new ArrayDeque<>();

        Answering() {
            super(
                    THREE,
                    false,
                    new HostPartitioner(),
                    new StringSerializer(),
                    new OnceSerializer((topic, line) -> new byte[1]));
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, InFlight> record, Callback callback) {
            Future<RecordMetadata> sent = super.send(record, null);
            if (record.value().partition() != 0) {
                answers.add(() -> callback.onCompletion(null, null));
            }
            return sent;
        }

        void answer() {
            answers.forEach(Runnable::run);
            answers.clear();
        }
    }

    @Test
    void a_hosts_partition_is_the_one_that_kafkas_own_producer_would_choose() {
        // When
        IntStream.range(0, ROOM).forEach(number -> send("mx" + number));

        // Then
        assertThat(kafka.history())
                .hasSizeGreaterThan(ROOM / 2)
                .allMatch(record -> record.value().partition()
                        == BuiltInPartitioner.partitionForKey(
                                new StringSerializer().serialize("mail.lines", record.key()), 3));
    }

    @Test
    @Timeout(30)
    void its_hosts_have_no_room_after_a_while_others_do_and_it_is_said_once() {
        // Given
        String stuck = host(0);
        String other = host(1);
        send(other);
        kafka.answer();
        while (outlet.hasRoom(stuck)) {
            send(stuck);
        }
        int held = outlet.inFlight();

        // When
        List<String> said = Said.by(Trouble.class, () -> {
            while (outlet.stalled().toMillis() < 1_500) {
                send(other);
                kafka.answer();
                outlet.tend();
                LockSupport.parkNanos(1_000_000);
            }
        });

        // Then
        assertThat(held).isEqualTo(2 * ROOM / 3);
        assertThat(outlet.inFlight()).isEqualTo(held);
        assertThat(outlet.hasRoom(stuck)).isFalse();
        assertThat(outlet.hasRoom(other)).isTrue();
        assertThat(outlet.trouble()).contains("of partitions [0] of mail.lines");
        assertThat(said).singleElement().asString().startsWith("WARN").contains("acknowledged nothing");
    }

    private void send(String host) {
        if (outlet.hasRoom(host) && outlet.inFlight() < ROOM) {
            assertThat(outlet.send(SomeLines.line(host, ByteBuffer.allocate(1)), () -> {}))
                    .isTrue();
        }
    }

    private static String host(int partition) {
        return IntStream.range(0, 100)
                .mapToObj(number -> "mx" + number)
                .filter(host ->
                        BuiltInPartitioner.partitionForKey(new StringSerializer().serialize("mail.lines", host), 3)
                                == partition)
                .findFirst()
                .orElseThrow();
    }
}
