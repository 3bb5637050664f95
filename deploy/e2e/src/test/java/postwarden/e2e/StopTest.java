package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands over a real broker that are stopped, or that meet a service at work or a stranger: a word, and the promised status. */
@Timeout(180)
class StopTest {
    private static final String POSTWARDEN = "postwarden.cli.Main";
    private static final int RUNNING = 1;
    private static final int UNUSABLE = 2;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void stopping_is_a_services_way_to_end_and_a_reset_waits_for_it()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(cluster, folder, "stopped")) {
            Await.until("it processes", service::isRunning);

            // When
            Child.Ended reset = run("reset", "--from", "position", service.config());
            service.child().stop();
            Child.Ended stopped = service.child().awaitEnd();

            // Then
            assertThat(reset.status()).isEqualTo(RUNNING);
            assertThat(reset.err().lines()).singleElement().asString().contains("stopped runs", "stop all instances");
            assertThat(stopped.status()).as(stopped.err()).isZero();
            assertThat(stopped.err()).contains("the service has stopped records=");
            a_page_is_no_registry(cluster);
        }
    }

    private void a_page_is_no_registry(Cluster cluster) throws IOException, InterruptedException {
        // Given
        HttpServer portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] page = "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8);
        portal.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        portal.start();
        String url = "http://127.0.0.1:" + portal.getAddress().getPort();
        Path config = Files.writeString(
                folder.resolve("portal.conf"), """
                service { dev = true, replication-factor = 1 }
                kafka { bootstrap.servers = "%s", schema.registry.url = "%s" }
                """.formatted(cluster.kafka().get("bootstrap.servers"), url));
        try {
            // When
            Child.Ended provisioned = Child.run(folder, POSTWARDEN, "provision", "--config", config.toString());

            // Then
            assertThat(provisioned.status()).isEqualTo(UNUSABLE);
            assertThat(provisioned.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("postwarden provision: " + url + " is no schema registry");
        } finally {
            portal.stop(0);
        }
    }

    private Child.Ended run(String command, String option, String value, Path config)
            throws IOException, InterruptedException {
        List<String> arguments = List.of(command, option, value, "--config", config.toString());
        return Child.run(folder, POSTWARDEN, arguments.toArray(String[]::new));
    }
}
