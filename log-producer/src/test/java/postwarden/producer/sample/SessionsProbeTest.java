package postwarden.producer.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Sample;

/** TCP sessions as the kernel lists them: a recorded table of a little-endian host, and this machine's own. */
@Timeout(30)
class SessionsProbeTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void sessions_are_told_by_port_by_peer_and_by_remote() throws IOException {
        // Given
        Host host = new Host(folder).has("net/tcp", "tcp").has("net/tcp6", "tcp6");
        SessionsProbe probe = new SessionsProbe(host.proc(), LIMIT, ProbeParams.MAIL_PORTS, 20);

        // When
        Reading reading = probe.read(System.nanoTime()).orElseThrow();

        // Then
        assertThat(reading.flaw()).isEmpty();
        assertThat(reading.values())
                .containsOnly(
                        Map.entry("sessions", 6.0),
                        Map.entry("peers", 3.0),
                        Map.entry("remoteSessions", 1.0),
                        Map.entry("remotes", 1.0));
        assertThat(group(reading, "port").rows())
                .containsEntry("25", Map.of("sessions", 2.0, "halfOpenSessions", 1.0, "waitingToBeAccepted", 7.0))
                .containsEntry("587", Map.of("sessions", 1.0, "closeWaitSessions", 1.0))
                .containsEntry("993", Map.of("sessions", 3.0));
        assertThat(group(reading, "peer").rows())
                .containsOnly(
                        Map.entry(
                                "203.0.113.7", Map.of("sessions", 3.0, "port25Sessions", 2.0, "port993Sessions", 1.0)),
                        Map.entry("198.51.100.8", Map.of("sessions", 1.0, "port587Sessions", 1.0)),
                        Map.entry("2001:db8:1234:2::/64", Map.of("sessions", 2.0, "port993Sessions", 2.0)));
        assertThat(group(reading, "remote").rows()).containsOnly(Map.entry("198.51.100.9", Map.of("sessions", 1.0)));
    }

    @Test
    void a_session_that_was_there_two_minutes_ago_is_long() throws IOException {
        // Given
        Host host = new Host(folder).has("net/tcp", "tcp");
        SessionsProbe probe = new SessionsProbe(host.proc(), Duration.ofHours(1), Set.of(25), 20);
        long now = System.nanoTime();
        Reading first = probe.read(now).orElseThrow();

        // When
        Reading second = probe.read(now + 120 * Host.SECOND).orElseThrow();

        // Then
        assertThat(group(first, "peer").rows().get("203.0.113.7")).doesNotContainKey("over120SecondsSessions");
        assertThat(group(second, "peer").rows().get("203.0.113.7")).containsEntry("over120SecondsSessions", 2.0);
    }

    @Test
    void ten_thousand_peers_are_the_largest_ones_and_an_exact_rest() throws IOException {
        // Given
        StringBuilder table = new StringBuilder("  sl  local_address rem_address\n");
        IntStream.range(0, 10_000).forEach(number -> table.append(row(number, 0x0B000000 + number)));
        IntStream.range(10_000, 10_050).forEach(number -> table.append(row(number, 0x077100CB)));
        Host host = new Host(folder).says("net/tcp", table.toString());
        SessionsProbe probe = new SessionsProbe(host.proc(), LIMIT, Set.of(25), 10);

        // When
        Reading reading = probe.read(System.nanoTime()).orElseThrow();

        // Then
        Sample.Group peers = group(reading, "peer");
        double shown = peers.rows().values().stream()
                .mapToDouble(row -> row.getOrDefault("sessions", 0.0))
                .sum();
        assertThat(peers.rows()).hasSize(10).containsKey("203.0.113.7");
        assertThat(peers.leftOut()).isEqualTo(9_991);
        assertThat(reading.values()).containsEntry("peers", 10_001.0);
        assertThat(peers.lowerBounds()).isTrue();
        assertThat(shown + peers.rest().getOrDefault("sessions", 0.0)).isEqualTo(10_050);
    }

    @Test
    void rows_that_are_none_are_passed_over() throws IOException {
        // Given
        Host host = new Host(folder).says("net/tcp", "\u0000\n1: zz:zz yy:yy 0A 0:0 0 0 0 0 0\n: : : : : : : : : :\n");

        // When
        Reading reading = new SessionsProbe(host.proc(), LIMIT, Set.of(25), 10)
                .read(System.nanoTime())
                .orElseThrow();

        // Then
        assertThat(reading.values()).containsEntry("sessions", 0.0);
    }

    @Test
    void sessions_of_this_machine_are_seen_and_those_nobody_accepts_too() throws IOException {
        // Given
        List<Socket> clients = new ArrayList<>();
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket server = new ServerSocket(0, 10, loopback)) {
            int port = server.getLocalPort();
            SessionsProbe probe = new SessionsProbe(Path.of("/proc"), LIMIT, Set.of(port), 10);
            for (int i = 0; i < 3; i++) {
                clients.add(new Socket(loopback, port));
            }
            try (Socket accepted = server.accept()) {
                // When
                Reading reading = probe.read(System.nanoTime()).orElseThrow();

                // Then
                assertThat(accepted.isConnected()).isTrue();
                assertThat(reading.flaw()).isEmpty();
                assertThat(group(reading, "peer").rows())
                        .containsEntry("127.0.0.1", Map.of("sessions", 3.0, "port" + port + "Sessions", 3.0));
                assertThat(group(reading, "port").rows().get(String.valueOf(port)))
                        .containsEntry("sessions", 3.0)
                        .containsEntry("waitingToBeAccepted", 2.0);
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static String row(int number, int remote) {
        return String.format(
                "%4d: 0A0200C0:0019 %08X:C350 01 00000000:00000000 02:000AFC80 00000000   105        0 %d 2 0 20 4%n",
                number, remote, 5000 + number);
    }

    private static Sample.Group group(Reading reading, String name) {
        return Objects.requireNonNull(reading.groups().get(name));
    }
}
