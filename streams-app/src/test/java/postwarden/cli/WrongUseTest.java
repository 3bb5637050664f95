package postwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments and addresses that no command can work with: one line that names what, which and why, and status 2. */
class WrongUseTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);
    private static final String PAST = "2026-11-20T00:00:00Z";

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"../x", "", "a b", "a\nb", "\u001b[31mred", "UPPER", "65"})
    void a_replay_that_is_no_name_is_one_line(String name) throws IOException {
        // Given
        String given = name.equals("65") ? "x".repeat(65) : name;

        // When
        int status = run("replay", "--as", given, "--from", PAST, "--config", config("127.0.0.1:1"));

        // Then
        assertThat(status).isEqualTo(2);
        assertOneLine("postwarden replay: a replay's name must be 1 to 64 of a-z, 0-9, '_' and '-', not '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes\nterday", "", "2026-11-20", "+999999999-01-01T00:00:00Z", "1969-12-31T23:59:59Z"})
    void an_instant_that_is_none_or_that_no_broker_knows_is_one_line(String from) {
        // When
        int status = run("replay", "--as", "a", "--from", from);

        // Then
        assertThat(status).isEqualTo(2);
        assertOneLine("postwarden: Invalid value for option '--from': ");
    }

    @Test
    void a_replay_of_the_future_is_refused() throws IOException {
        // When
        int status = run("replay", "--as", "a", "--from", "2026-11-22T00:00:01Z", "--config", config("127.0.0.1:1"));

        // Then
        assertThat(status).isEqualTo(2);
        assertOneLine("postwarden replay: --from 2026-11-22T00:00:01Z is in the future");
    }

    @Test
    void a_replay_is_not_compared_with_itself() {
        // When
        int status = run("diff", "a", "--against", "a");

        // Then
        assertThat(status).isEqualTo(2);
        assertOneLine("postwarden diff: --against a is the replay itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001"})
    void a_topic_has_1_to_1000_partitions(String partitions) throws IOException {
        // When
        int status = run("provision", "--partitions", partitions, "--config", config("127.0.0.1:1"));

        // Then
        assertThat(status).isEqualTo(2);
        assertOneLine("postwarden provision: --partitions must be 1 to 1000, not " + partitions);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, Invalid url",
        "127.0.0.1:99999, Invalid port",
        "no-such-host.invalid:9092, no such host is known",
    })
    void a_broker_that_has_no_such_address_is_named(String address, String why) throws IOException {
        for (List<String> command : asking(config(address))) {
            // When
            int status = run(command.toArray(String[]::new));

            // Then
            assertThat(status).isEqualTo(2);
            assertOneLine("postwarden " + command.get(0) + ": ");
            assertThat(errors()).contains(address, why).doesNotContain("AdminClient");
            err.reset();
        }
    }

    @Test
    void what_answers_but_is_no_broker_is_named_within_seconds() throws IOException {
        // Given
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.start();
        String address = "127.0.0.1:" + other.getAddress().getPort();
        try {
            // When
            int status = run("diff", "a", "--config", config(address));

            // Then
            assertThat(status).isEqualTo(2);
            assertOneLine("postwarden diff: no Kafka broker answers at " + address);
        } finally {
            other.stop(0);
        }
    }

    private static List<List<String>> asking(String config) {
        return List.of(
                List.of("provision", "--config", config),
                List.of("reset", "--from", "position", "--config", config),
                List.of("diff", "a", "--config", config),
                List.of("replay", "--as", "a", "--from", PAST, "--config", config),
                List.of("replay", "--delete", "a", "--config", config));
    }

    private String config(String brokers) throws IOException {
        return Files.writeString(folder.resolve("postwarden.conf"), """
                        service { dev = true, replication-factor = 1 }
                        kafka { bootstrap.servers = "%s", schema.registry.url = "http://127.0.0.1:1" }
                        """.formatted(brokers))
                .toString();
    }

    private void assertOneLine(String start) {
        assertThat(errors().lines())
                .singleElement()
                .asString()
                .startsWith(start)
                .doesNotContain("\u001b", "java.", "org.apache");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private int run(String... arguments) {
        return Main.commandLine(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        CLOCK)
                .execute(arguments);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
