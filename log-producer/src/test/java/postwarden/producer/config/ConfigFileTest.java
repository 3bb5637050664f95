package postwarden.producer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.AgentConfig;
import postwarden.producer.OperationParams;
import postwarden.producer.follow.FollowParams;
import postwarden.producer.follow.HostRule;
import postwarden.producer.follow.Source;
import postwarden.producer.metrics.MetricsParams;
import postwarden.producer.publish.PublishParams;
import postwarden.producer.redact.Redaction;

class ConfigFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_small_file_is_enough_and_the_rest_has_the_documented_defaults() throws IOException {
        // Given
        Path file = write("sources = [{ path = /var/log/mail.log }]\nkafka.bootstrap.servers = \"k1:9092,k2:9092\"\n");

        // When
        AgentConfig config = ConfigFile.read(file, "mx1", false);

        // Then
        assertThat(config.reporter()).isEqualTo("mx1");
        assertThat(config.sources())
                .containsExactly(new Source(
                        "/var/log/mail.log",
                        Source.Start.BEGINNING,
                        "default",
                        new HostRule.FromHeader(),
                        ZoneId.systemDefault()));
        assertThat(config.follow()).isEqualTo(FollowParams.defaults(false));
        assertThat(config.publish()).isEqualTo(PublishParams.to(config.publish().kafka()));
        assertThat(config.publish().kafka()).containsOnly(Map.entry("bootstrap.servers", "k1:9092,k2:9092"));
        assertThat(config.checkpoint().forgetAfter()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void everything_can_be_said() throws IOException {
        // Given
        Path trust = key("trust.pem", "certificates", "rw-r--r--");
        Path file = write("""
                reporter = agent7
                sources = [
                  { path = "/var/log/remote/*/mail.log", start = end, tenant = acme, host = header, zone = Europe/Paris }
                  { path = "-", host = self }
                  { path = /var/log/exim4/mainlog, host = mx3 }
                ]
                follow { poll = 10 ms, once = true, chunk = 64 KiB }
                kafka { bootstrap.servers = "k:1", schema.registry.url = "http://r:8081", ssl.truststore.location = %s }
                dev = true
                metrics { port = 9391, textfile = /var/lib/node_exporter/postwarden.prom, every = 5 s, files = 10 }
                """.formatted(trust));

        // When
        AgentConfig config = ConfigFile.read(file, "mx1", false);

        // Then
        assertThat(config.sources())
                .extracting(Source::host)
                .containsExactly(new HostRule.FromHeader(), new HostRule.Self("agent7"), new HostRule.Named("mx3"));
        assertThat(config.sources().get(0).zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(config.follow().once()).isTrue();
        assertThat(config.follow().chunk()).isEqualTo(65_536);
        assertThat(config.publish().kafka()).containsKeys("schema.registry.url", "ssl.truststore.location");
        assertThat(config.operation())
                .isEqualTo(new OperationParams(
                        true,
                        new MetricsParams(
                                9391,
                                Optional.of(Path.of("/var/lib/node_exporter/postwarden.prom")),
                                Duration.ofSeconds(5),
                                10),
                        true));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() throws IOException {
        // Given
        Path file = write("""
                sources = [{ path = /a, start = middle }, { path = /b, zone = Mars/Olympus }, { path = /c, colour = red }]
                follow { poll = 1 h, pol = 3 s }
                publish.bytes-in-flight = 1
                checkpoint.every = soon
                kafka.acks = 1
                """);

        // When
        assertThatThrownBy(() -> ConfigFile.read(file, "mx1", false))
                // Then
                .isInstanceOf(ConfigProblems.class)
                .hasMessageContaining("sources[0]: start = middle is neither beginning nor end")
                .hasMessageContaining("sources[1]: ")
                .hasMessageContaining("sources[2].colour: no such setting")
                .hasMessageContaining("follow.pol: no such setting")
                .hasMessageContaining("follow: poll is PT1H")
                .hasMessageContaining("publish: bytes-in-flight is 1")
                .hasMessageContaining("checkpoint: ")
                .hasMessageContaining("kafka.acks = 1 is refused")
                .hasMessageContaining("kafka.bootstrap.servers is missing");
    }

    @Test
    void a_redaction_key_is_read_and_one_that_others_may_read_or_that_is_too_short_is_refused() throws IOException {
        // Given
        String rest = "sources = [{ path = /a }]\nkafka.bootstrap.servers = \"k:1\"\nredaction.key-file = ";
        Path good = key("good", "0123456789abcdef\n", "r--------");
        Path open = key("open", "0123456789abcdef\n", "r--r-----");
        Path brief = key("brief", "0123456789abcde\n", "r--------");

        // When
        AgentConfig config = ConfigFile.read(write(rest + good), "mx1", false);

        // Then
        assertThat(config.redaction()).isNotSameAs(Redaction.WITHOUT_KEY);
        assertThatThrownBy(() -> ConfigFile.read(write(rest + open), "mx1", false))
                .isInstanceOf(ConfigProblems.class)
                .hasMessage("redaction.key-file: " + open + ": open to others than its owner (r--r-----): chmod 0400 "
                        + open);
        assertThatThrownBy(() -> ConfigFile.read(write(rest + brief), "mx1", false))
                .hasMessage("redaction.key-file: " + brief + ": a redaction key of 15 bytes, at least 16 are needed");
        assertThatThrownBy(() -> ConfigFile.read(write(rest + folder.resolve("none")), "mx1", false))
                .hasMessage("redaction.key-file: " + folder.resolve("none") + ": no such file");
    }

    private Path key(String name, String key, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve(name), key);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void a_missing_file_is_one_clear_line() {
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.conf"), "mx1", false))
                .isInstanceOf(ConfigProblems.class)
                .hasMessage(folder.resolve("none.conf") + ": no such file, or it may not be read");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("producer.conf"), text);
    }
}
