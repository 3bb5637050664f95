package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry that may not be asked: nothing is wrong with any record, so none may be put aside for it. */
@Timeout(180)
class RefusingRegistryTest {
    private static final int UNAUTHORIZED = 401;

    @Test
    void good_records_wait_for_a_registry_that_may_be_asked(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        AtomicInteger asked = new AtomicInteger();
        HttpServer refusing = refusing(asked);
        try (Cluster cluster = Cluster.start(folder)) {
            Producing.once(
                    cluster,
                    new TreeMap<>(Recordings.unpack(folder).subMap("cp6", "cp6\0")),
                    folder.resolve("producer"),
                    "mail.lines");
            String url = "http://127.0.0.1:" + refusing.getAddress().getPort();

            // When
            try (ServiceProcess service =
                    ServiceProcess.start(cluster, folder, "refused", Map.of("schema.registry.url", url))) {
                Await.until("the registry has refused", () -> asked.get() > 0);
                Await.until("the service has said so", () -> said(service).contains("401"));
                service.kill();

                // Then
                assertThat(AlertTopic.records(cluster, "mail.dead-letters")).isEmpty();
                assertThat(service.committedLines()).isZero();
            }
        } finally {
            refusing.stop(0);
        }
    }

    private static String said(ServiceProcess service) {
        try {
            return service.said();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static HttpServer refusing(AtomicInteger asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(UNAUTHORIZED, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
