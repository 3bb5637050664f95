package postwarden.producer.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postwarden.producer.receive.Senders.connect;
import static postwarden.producer.receive.Senders.send;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Senders that do not behave, beside one that does. */
@Timeout(60)
class ReceiverTest {
    private static final String GOOD = "<22>Nov 21 08:00:00 mx1 a: b\n";

    private final ReceiveMetrics metrics = ReceiveMetrics.in(new SimpleMeterRegistry());

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_sender_that_stalls_in_a_message_is_cut_off_and_hurts_nobody_else() throws IOException {
        // Given
        try (Spool spool = spool();
                Receiver receiver = start(spool);
                Socket slow = connect(receiver.port());
                Socket good = connect(receiver.port())) {
            send(slow, "500 <22>half of a");

            // When
            send(good, GOOD);
            await(() -> metrics.messages().count() == 1);
            await(() -> metrics.broken().count() == 1);
            send(good, GOOD);
            await(() -> metrics.messages().count() == 2);

            // Then
            assertThat(metrics.torn().count()).isEqualTo(1);
            assertThat(isEnded(slow)).isTrue();
        }
    }

    @Test
    void a_drip_of_single_bytes_is_a_stall_too() throws IOException {
        // Given
        try (Spool spool = spool();
                Receiver receiver = start(spool);
                Socket drip = connect(receiver.port())) {
            // When
            send(drip, "<22>");
            await(() -> {
                drip(drip);
                return metrics.broken().count() == 1;
            });

            // Then
            assertThat(metrics.messages().count()).isZero();
        }
    }

    @Test
    void garbage_ends_its_own_connection_only() throws IOException {
        // Given
        try (Spool spool = spool();
                Receiver receiver = start(spool);
                Socket bad = connect(receiver.port());
                Socket good = connect(receiver.port())) {
            // When
            send(bad, "999999999 <22>");
            await(() -> metrics.broken().count() == 1);
            send(good, GOOD);

            // Then
            await(() -> metrics.messages().count() == 1);
            assertThat(isEnded(bad)).isTrue();
        }
    }

    @Test
    void more_senders_than_are_allowed_are_refused_until_one_leaves() throws IOException {
        // Given
        try (Spool spool = spool();
                Receiver receiver = start(spool);
                Socket one = connect(receiver.port());
                Socket two = connect(receiver.port());
                Socket three = connect(receiver.port())) {
            for (Socket socket : List.of(one, two, three)) {
                send(socket, GOOD);
            }
            await(() -> metrics.messages().count() == 3);

            // When
            try (Socket four = connect(receiver.port())) {
                assertThat(isEnded(four)).isTrue();
            }
            one.shutdownOutput();
            await(() -> sends(receiver.port()));

            // Then
            assertThat(metrics.refused().count()).isPositive();
        }
    }

    @Test
    void a_port_that_is_taken_is_one_clear_line() throws IOException {
        // Given
        ReceiveParams params = Senders.params(Optional.empty(), Duration.ofSeconds(1));
        try (Spool spool = spool();
                Receiver first = Receiver.start(params, spool, metrics)) {
            // When
            assertThatThrownBy(() -> Receiver.start(params, spool, metrics))
                    // Then
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("syslog cannot be received at 127.0.0.1:" + first.port());
        }
    }

    @Test
    void tls_takes_senders_with_a_certificate_of_the_right_authority_only() throws Exception {
        // Given
        Keys keys = Keys.make(folder);
        ReceiveParams params =
                Senders.params(Optional.of(keys.files(Optional.of(keys.certificate()))), Duration.ofSeconds(5));
        try (Spool spool = spool();
                Receiver receiver = Receiver.start(params, spool, metrics)) {
            // When
            try (SSLSocket known = keys.connect(receiver.port(), true)) {
                send(known, "28 " + GOOD.strip() + "28 " + GOOD.strip());
                await(() -> metrics.messages().count() == 2);
                assertThat(known.getSession().getProtocol()).isEqualTo("TLSv1.3");
            }
            try (SSLSocket stranger = keys.connect(receiver.port(), false)) {
                assertThatThrownBy(() -> {
                            send(stranger, GOOD);
                            stranger.getInputStream().read();
                        })
                        .isInstanceOf(IOException.class);
            }
            try (Socket plain = connect(receiver.port())) {
                send(plain, GOOD);
                await(() -> metrics.broken().count() == 2);
            }

            // Then
            assertThat(metrics.messages().count()).isEqualTo(2);
        }
    }

    @Test
    void files_that_are_no_keys_are_one_clear_line() throws IOException {
        // Given
        Path certificate = Files.writeString(folder.resolve("c.pem"), "none");
        TlsFiles files = new TlsFiles(certificate, certificate, Optional.empty());
        ReceiveParams params = Senders.params(Optional.of(files), Duration.ofSeconds(1));
        try (Spool spool = spool()) {
            // When
            assertThatThrownBy(() -> Receiver.start(params, spool, metrics))
                    // Then
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("c.pem");
        }
    }

    private Spool spool() throws IOException {
        return Spool.open(
                folder.resolve("spool"),
                Senders.params(Optional.empty(), Duration.ofSeconds(1)),
                metrics,
                Clock.systemUTC());
    }

    private Receiver start(Spool spool) throws IOException {
        return Receiver.start(Senders.params(Optional.empty(), Duration.ofSeconds(1)), spool, metrics);
    }

    private static void drip(Socket socket) {
        try {
            send(socket, "x");
        } catch (IOException ended) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private boolean sends(int port) {
        double before = metrics.messages().count();
        try (Socket socket = connect(port)) {
            send(socket, GOOD);
            socket.shutdownOutput();
            return isEnded(socket) && metrics.messages().count() > before;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean isEnded(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
            if (Thread.interrupted()) {
                throw new AssertionError("not before the time was up");
            }
        }
    }
}
