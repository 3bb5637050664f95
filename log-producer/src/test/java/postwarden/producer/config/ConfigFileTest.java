package postwarden.producer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.AgentConfig;
import postwarden.producer.OperationParams;
import postwarden.producer.follow.Feed;
import postwarden.producer.follow.FollowParams;
import postwarden.producer.follow.HostRule;
import postwarden.producer.follow.Source;
import postwarden.producer.journal.JournalParams;
import postwarden.producer.metrics.MetricsParams;
import postwarden.producer.publish.PublishParams;
import postwarden.producer.receive.TlsFiles;
import postwarden.producer.redact.Redaction;
import postwarden.producer.sample.ProbeParams;
import postwarden.producer.sample.SampleParams;

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
    void a_source_may_be_the_journal_or_syslog() throws IOException {
        // Given
        Path file = write("""
                sources = [
                  { journal { units = ["postfix@-.service", dovecot.service], users = [5000] }, start = end }
                  { syslog { listen = 1514 }, host = mx3 }
                  { syslog { listen = "[::1]:6514", tls { certificate = /c.pem, key = /k.pem, client-ca = /ca.pem } } }
                ]
                checkpoint.directory = /state
                kafka.bootstrap.servers = "k:1"
                """);

        // When
        AgentConfig config = ConfigFile.read(file, "mx1", false);

        // Then
        assertThat(config.sources())
                .extracting(Source::path)
                .containsExactly("journal", "syslog:127.0.0.1:1514", "syslog:[0:0:0:0:0:0:0:1]:6514");
        JournalParams journal = ((Feed.Journal) config.sources().get(0).feed()).params();
        assertThat(journal.units()).containsExactly("postfix@-.service", "dovecot.service");
        assertThat(journal.users()).containsExactly(5000L);
        assertThat(journal.command()).isEqualTo("journalctl");
        Feed.Syslog plain = (Feed.Syslog) config.sources().get(1).feed();
        assertThat(plain.spool()).hasToString("/state/spool/127.0.0.1_1514");
        assertThat(plain.params().tls()).isEmpty();
        assertThat(plain.params().spool()).isEqualTo(1L << 30);
        assertThat(((Feed.Syslog) config.sources().get(2).feed()).params().tls())
                .contains(new TlsFiles(Path.of("/c.pem"), Path.of("/k.pem"), Optional.of(Path.of("/ca.pem"))));
    }

    @Test
    void what_is_wrong_with_such_a_source_is_said() throws IOException {
        // Given
        Path file = write("""
                sources = [
                  { journal { units = ["postfix@*"] } }
                  { syslog { listen = mx1 } }
                  { path = /a, journal {} }
                  { start = end }
                  { syslog { listen = 99999 } }
                  { journal { unit = [a.service] } }
                  { syslog { listen = 1514 } }
                  { syslog { listen = "127.0.0.1:1514" } }
                ]
                kafka.bootstrap.servers = "k:1"
                """);

        // When
        assertThatThrownBy(() -> ConfigFile.read(file, "mx1", false))
                // Then
                .isInstanceOf(ConfigProblems.class)
                .hasMessageContaining("sources[0]: journal.units has postfix@*: whole names only")
                .hasMessageContaining("sources[1]: syslog.listen = mx1 is neither PORT nor ADDRESS:PORT")
                .hasMessageContaining("sources[2]: a source has one of path, journal and syslog, not path and journal")
                .hasMessageContaining("sources[3]: a source has one of path, journal and syslog, not none of them")
                .hasMessageContaining("sources[4]: syslog.listen = 99999 is neither")
                .hasMessageContaining("sources[5]: journal has no such setting: unit")
                .hasMessageContaining("sources: syslog:127.0.0.1:1514 is given more than once");
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
    void nothing_is_measured_unless_it_is_asked_for() throws IOException {
        // When
        AgentConfig config =
                ConfigFile.read(write("sources = [{ path = /a }]\nkafka.bootstrap.servers = \"k:1\""), "mx1", false);

        // Then
        assertThat(config.samples()).isEqualTo(SampleParams.none("mx1"));
    }

    @Test
    void what_is_measured_can_be_said_and_the_rest_has_the_documented_defaults() throws IOException {
        // Given
        Path file = write("""
                sources = [{ path = /a }]
                kafka.bootstrap.servers = "k:1"
                samples {
                  take = [load, sessions, resolver, postfix, exim, disk]
                  host = mx1.example.org
                  top = 5
                  sessions { period = 20 s, ports = [25, 2525] }
                  resolver { names = [tea.example], servers = ["192.0.2.53", "2001:db8::53"] }
                  postfix.instances = [/etc/postfix, /etc/postfix-out]
                }
                """);

        // When
        SampleParams samples = ConfigFile.read(file, "mx1", false).samples();

        // Then
        Duration minute = Duration.ofSeconds(60);
        assertThat(samples.host()).isEqualTo("mx1.example.org");
        assertThat(samples.topic()).isEqualTo("mail.samples");
        assertThat(samples.top()).isEqualTo(5);
        assertThat(samples.probes())
                .containsExactly(
                        new ProbeParams.Load(Duration.ofSeconds(10)),
                        new ProbeParams.Sessions(Duration.ofSeconds(20), Duration.ofSeconds(5), Set.of(25, 2525)),
                        new ProbeParams.Resolving(
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(5),
                                List.of("tea.example"),
                                List.of("192.0.2.53", "2001:db8::53"),
                                Path.of("/etc/resolv.conf")),
                        new ProbeParams.Postfix(
                                minute,
                                Duration.ofSeconds(20),
                                Path.of("/usr/sbin/postqueue"),
                                List.of(Path.of("/etc/postfix"), Path.of("/etc/postfix-out"))),
                        new ProbeParams.Exim(minute, Duration.ofSeconds(20), Path.of("/usr/sbin/exim")),
                        new ProbeParams.Disk(Duration.ofSeconds(10), Path.of("/var/spool")));
    }

    @Test
    void everything_that_is_wrong_with_samples_is_said_at_once() throws IOException {
        // Given
        Path file = write("""
                sources = [{ path = /a }]
                kafka.bootstrap.servers = "k:1"
                samples {
                  take = [load, sessions, resolver, postfix, weather, disk]
                  top = 1000
                  lod.period = 5 s
                  load.period = 1 ms
                  sessions.ports = [99999]
                  postfix.program = postqueue
                  disk.path = var
                }
                """);

        // When
        assertThatThrownBy(() -> ConfigFile.read(file, "mx1", false))
                // Then
                .isInstanceOf(ConfigProblems.class)
                .hasMessageContaining("samples.lod.period: no such setting")
                .hasMessageContaining("samples: load.period is PT0.001S, not 1 s to 1 h")
                .hasMessageContaining("samples: sessions.ports has 99999, which is no port")
                .hasMessageContaining("samples: resolver.names are 0, not 1 to 10: which domains are looked up?")
                .hasMessageContaining("samples: postfix.program is postqueue, not an absolute path")
                .hasMessageContaining("samples: take has weather, which is none of load, memory,")
                .hasMessageContaining("samples: disk.path is var, not an absolute path")
                .hasMessageContaining("samples: top is 1000, not 1 to 100");
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
