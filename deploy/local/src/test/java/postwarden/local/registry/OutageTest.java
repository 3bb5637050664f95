package postwarden.local.registry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import postwarden.schema.registry.HttpRegistry;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistrySettings;

/** A registry that goes and comes back while somebody asks. */
@Timeout(30)
class OutageTest {
    private final Logger log = (Logger) LoggerFactory.getLogger("postwarden.schema.registry.Outage");
    private final Told told = new Told();

    /** What was logged, to be waited for. */
    private static final class Told extends AppenderBase<ILoggingEvent> {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getMessage() + " " + event.getKeyValuePairs());
        }
    }

    @BeforeEach
    void listen() {
        told.start();
        log.addAppender(told);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(told);
    }

    @Test
    void an_absence_is_told_once_with_the_url_and_so_is_its_end(@TempDir Path directory) throws InterruptedException {
        // Given
        LocalRegistry before = LocalRegistry.start(directory);
        URI url = URI.create(before.url());
        try (Registry client = new HttpRegistry(fast(url))) {
            int id = client.register("x-value", Schema.create(Schema.Type.STRING));
            before.close();

            // When
            CompletableFuture<Schema> asked = CompletableFuture.supplyAsync(() -> client.schema(id));
            String absence = told.lines.poll(10, TimeUnit.SECONDS);
            try (LocalRegistry after = LocalRegistry.start(directory, url.getPort())) {
                Schema schema = asked.join();

                // Then
                assertThat(schema.getType()).isEqualTo(Schema.Type.STRING);
                assertThat(after.url()).isEqualTo(url.toString());
            }
            assertThat(absence).startsWith("WARN").contains("waiting for it").contains("url=\"" + url + "\"");
            assertThat(told.lines).singleElement().asString().startsWith("INFO").contains("answers again");
        }
    }

    private static RegistrySettings fast(URI url) {
        return new RegistrySettings(
                List.of(url),
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Optional.empty(),
                Duration.ofSeconds(30));
    }
}
