package postwarden.producer.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Resolvers that answer, fail, stay silent, and are lied for. */
@Timeout(30)
class ResolverProbeTest {
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final List<String> NAMES = List.of("wonderland.example", "tea.example");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void answers_are_timed_whether_there_is_such_a_domain_or_not() throws IOException {
        try (Server server = new Server(question -> question.contains("tea") ? "\u0003" : "\u0000")) {
            // When
            Reading reading = server.probe(folder).read(0).orElseThrow();

            // Then
            assertThat(reading.values())
                    .containsEntry("queries", 2.0)
                    .containsEntry("answers", 2.0)
                    .containsEntry("timeouts", 0.0)
                    .containsEntry("failures", 0.0);
            double sum = Objects.requireNonNull(reading.values().get("answerMicrosSum"));
            double most = Objects.requireNonNull(reading.values().get("answerMicrosMost"));
            assertThat(sum).isPositive();
            assertThat(most).isPositive().isLessThanOrEqualTo(sum);
            assertThat(Objects.requireNonNull(reading.groups().get("server")).rows())
                    .containsOnlyKeys("127.0.0.1");
            assertThat(server.asked).hasSize(2).first().asString().contains("wonderland", "example");
        }
    }

    @Test
    void a_server_that_fails_has_answered_nothing() throws IOException {
        try (Server server = new Server(question -> "\u0002")) {
            // When
            Reading reading = server.probe(folder).read(0).orElseThrow();

            // Then
            assertThat(reading.values()).containsEntry("failures", 2.0).containsEntry("answers", 0.0);
        }
    }

    @Test
    void a_silent_server_costs_one_limit_and_is_not_asked_again() throws IOException {
        try (Server server = new Server(question -> "")) {
            // Given
            long before = System.nanoTime();

            // When
            Reading reading = server.probe(folder).read(0).orElseThrow();

            // Then
            assertThat(reading.values())
                    .containsEntry("queries", 1.0)
                    .containsEntry("timeouts", 1.0)
                    .containsEntry("answerMicrosSum", 0.0);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(LIMIT, LIMIT.multipliedBy(5));
        }
    }

    @Test
    void answers_to_other_questions_are_waited_past() throws IOException {
        try (Server server = new Server(question -> "other")) {
            // When
            Reading reading = server.probe(folder).read(0).orElseThrow();

            // Then
            assertThat(reading.values()).containsEntry("timeouts", 1.0).containsEntry("answers", 0.0);
        }
    }

    @Test
    void a_host_without_servers_says_so() throws IOException {
        // Given
        Path none = Files.writeString(
                folder.resolve("resolv.conf"), "# nothing\nsearch example\nnameserver host.example\n");
        ResolverProbe probe = new ResolverProbe(none, List.of(), 53, NAMES, LIMIT);

        // When
        assertThatThrownBy(() -> probe.read(0))
                // Then
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("resolv.conf names no server");
    }

    @Test
    void a_question_is_what_rfc_1035_has() {
        // When
        byte[] bytes = new DnsQuestion(0x1234, "tea.example").bytes();

        // Then
        assertThat(bytes).isEqualTo(new byte[] {
            0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 't', 'e', 'a', 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 0, 0, 15,
            0, 1
        });
    }

    /** A name server on loopback that answers a code, nothing, or something else. */
    private static final class Server implements AutoCloseable {
        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final List<String> asked = new CopyOnWriteArrayList<>();

        Server(UnaryOperator<String> answer) throws IOException {
            Thread thread = new Thread(() -> serve(answer), "name-server");
            thread.setDaemon(true);
            thread.start();
        }

        ResolverProbe probe(Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("resolv.conf"), "options edns0\nnameserver 127.0.0.1\n");
            return new ResolverProbe(file, List.of(), socket.getLocalPort(), NAMES, LIMIT);
        }

        private void serve(UnaryOperator<String> answer) {
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                    socket.receive(packet);
                    String question = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
                    asked.add(question);
                    String code = answer.apply(question);
                    if (!code.isEmpty()) {
                        reply(packet, code);
                    }
                }
            } catch (IOException closed) {
                asked.add("");
            }
        }

        private void reply(DatagramPacket packet, String code) throws IOException {
            byte[] data = packet.getData();
            data[2] |= (byte) 0x80;
            data[3] = (byte) code.charAt(0);
            if (code.equals("other")) {
                data[0] ^= 1;
            }
            socket.send(packet);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
