package postwarden.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.serve.access.AccessParams;
import postwarden.serve.access.OidcParams;
import postwarden.serve.live.LiveParams;
import postwarden.serve.peer.PeerParams;
import postwarden.tls.TlsParams;

/** Where what only an admin may read is answered. */
class AdminPortTest {
    private static final String STORES = "/api/v1/stores";

    @TempDir
    private Path folder = Path.of(".");

    AdminPortTest() {}

    private static AccessParams access(String file, int adminPort) {
        return new AccessParams(file, Duration.ofSeconds(10), OidcParams.STANDARD, "reader", adminPort);
    }

    @Test
    void rows_of_stores_are_answered_at_the_admins_own_port_alone_where_there_is_one() {
        // Given
        int admins = Pair.freePort();
        AtomicInteger ofTheFirst = new AtomicInteger(admins);
        try (Pair pair =
                Pair.start(folder, params -> params.with(access(params.access().file(), ofTheFirst.getAndSet(0))))) {
            // When
            HttpResponse<String> elsewhere = pair.get(pair.addressA, STORES, Pair.ADMIN);

            // Then
            assertThat(elsewhere.statusCode()).isEqualTo(403);
            assertThat(elsewhere.body()).contains("api.access.admin-port");
            String there = "127.0.0.1:" + admins;
            assertThat(pair.get(there, STORES, Pair.ADMIN).statusCode()).isEqualTo(200);
            assertThat(pair.get(there, STORES, Pair.READER).statusCode()).isEqualTo(403);
            assertThat(pair.get(there, STORES, "").statusCode()).isEqualTo(401);
            assertThat(pair.get(pair.addressB, STORES, Pair.ADMIN).statusCode())
                    .as("without such a port, on loopback")
                    .isEqualTo(200);
        }
    }

    @Test
    void beyond_loopback_they_are_answered_nowhere_without_such_a_port() {
        assertThat(beyondLoopback(8480, 0).isForAdmins(8480)).isFalse();
        assertThat(beyondLoopback(8480, 8481).isForAdmins(8480)).isFalse();
        assertThat(beyondLoopback(8480, 8481).isForAdmins(8481)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> beyondLoopback(8480, 8480))
                .withMessage("access.admin-port must be another than port, not 8480");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> beyondLoopback(8480, 65_536))
                .withMessage("access.admin-port must be 0 to 65535, not 65536");
    }

    private static ApiParams beyondLoopback(int port, int adminPort) {
        return new ApiParams(
                true,
                "0.0.0.0",
                port,
                "",
                new TlsParams("own.crt", "own.key", ""),
                access("access.list", adminPort),
                PeerParams.STANDARD,
                LimitParams.STANDARD,
                LiveParams.STANDARD);
    }
}
