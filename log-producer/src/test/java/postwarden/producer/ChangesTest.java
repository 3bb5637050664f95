package postwarden.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.config.ConfigFile;
import postwarden.producer.follow.Source;

/** What a configuration that is read again changes at once, and what it says that it does not. */
class ChangesTest {
    private static final String ALL_PROBES =
            "samples.take = [load, memory, pressure, listen, disk, sessions, resolver, postfix, exim]\nsamples.resolver.names = [example.org]\n";

    private static final String SOURCES = """
            sources = [{ path = /a }, { journal { } }, { syslog { listen = 5514 } }]
            """;

    /** Each key of the reference that a running agent cannot take, with another value than the default. */
    private static final String OTHERWISE = """
            reporter = other
            follow { poll = 1 s, scan = 2 s, sweep = 2 minutes, linger = 6 s, heartbeat = 11 s, chunk = 8192, hosts = 7, open = 7, links = true, once = true }
            publish { topic = other, records-in-flight = 7, bytes-in-flight = 1 MiB, drain = 1 s, complain-after = 11 s
              longest-backoff = 31 s }
            checkpoint { directory = /elsewhere, every = 2 s, forget-after = 8 days }
            journal { command = other, ordinary-users = 2000, longest-entry = 2 MiB, longest-backoff = 2 minutes }
            receive { connections = 7, longest-message = 32 KiB, stall = 31 s, idle = 2 days, segment = 1 MiB, spool = 2 GiB }
            samples { topic = other, tenant = other, host = other, top = 7, proc = /other
              load.period = 11 s, memory.period = 11 s, pressure.period = 11 s, listen.period = 11 s
              disk { period = 11 s, path = /other }
              sessions { period = 31 s, limit = 6 s, ports = [25] }
              resolver { period = 31 s, limit = 6 s, names = [example.com], servers = ["127.0.0.1"], resolv-conf = /other }
              postfix { period = 61 s, limit = 21 s, program = /other, instances = [/etc/other] }
              exim { period = 61 s, limit = 21 s, program = /other } }
            metrics { port = 9471, textfile = /other.prom, every = 11 s, files = 7 }
            dev = true
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void every_key_that_needs_a_new_start_is_named_and_the_rest_applies() throws IOException {
        // Given
        AgentConfig before = read("before", SOURCES + ALL_PROBES, "one:1");
        Path key = Files.writeString(folder.resolve("key"), "k".repeat(64));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String more = SOURCES.replace("{ path = /a }", "{ path = /a, zone = UTC }, { path = /b }");

        // When
        Changes changes = Changes.between(
                before,
                read("after", more + ALL_PROBES + OTHERWISE + "redaction.key-file = \"" + key + "\"\n", "two:2"));

        // Then
        Reload reload = changes.reload(true);
        assertThat(reload.later()).containsExactlyInAnyOrderElementsOf(settledAtStart());
        assertThat(reload.added()).containsExactly("/b");
        assertThat(reload.changed()).containsExactly("/a");
        assertThat(changes.inForce().publish().kafka()).containsEntry("bootstrap.servers", "two:2");
        assertThat(changes.inForce().sources().stream().map(Source::path)).contains("/a", "/b");
        assertThat(changes.inForce().follow()).isEqualTo(before.follow());
    }

    @Test
    void a_probe_that_is_added_and_an_input_that_is_not_a_file_are_named() throws IOException {
        // Given
        AgentConfig before = read("before", "sources = [{ path = /a }]\n", "one:1");

        // When
        AgentConfig fresh =
                read("after", "sources = [{ path = /a }, { path = \"-\" }]\nsamples.take = [load]\n", "one:1");

        // Then
        assertThat(Changes.between(before, fresh).reload(false).later())
                .isEqualTo(List.of("sources: -", "samples.take"));
    }

    /** All that the reference has but what is taken at once. */
    private static Set<String> settledAtStart() {
        Set<String> keys = ConfigFactory.parseResources("producer-reference.conf").entrySet().stream()
                .map(entry -> entry.getKey())
                .filter(key -> !key.startsWith("kafka") && !key.startsWith("secrets") && !key.startsWith("sources"))
                .collect(Collectors.toCollection(TreeSet::new));
        keys.remove("samples.take");
        return keys;
    }

    private AgentConfig read(String name, String text, String broker) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".conf"), text + """
                kafka { bootstrap.servers = "%s", schema.registry.url = "http://127.0.0.1:1" }
                """.formatted(broker));
        return ConfigFile.read(file, "mx1", false);
    }
}
