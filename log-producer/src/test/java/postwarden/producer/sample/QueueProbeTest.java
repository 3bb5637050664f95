package postwarden.producer.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.producer.publish.Sample;

/** Queues as Postfix 3.7.11 and Exim 4.96 of Debian 12 listed them. */
@Timeout(60)
class QueueProbeTest {
    /** Two hours after the recorded messages of Postfix arrived. */
    private static final long NOW = 1_795_304_573L + 7200;

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void postfix_tells_its_queue_by_state_and_destination_and_no_address() throws IOException {
        // When
        Reading reading = read(new PostfixListing(), "postqueue-3.7.json", NOW);

        // Then
        assertThat(reading.flaw()).isEmpty();
        assertThat(reading.values())
                .containsOnly(
                        Map.entry("messages", 6.0),
                        Map.entry("recipients", 9.0),
                        Map.entry("sizeBytes", 1575.0),
                        Map.entry("oldestAgeSeconds", 7200.0));
        assertThat(group(reading, "state").rows().get("deferred"))
                .containsEntry("messages", 5.0)
                .containsEntry("recipients", 8.0)
                .containsEntry("age3600To14400Seconds", 5.0)
                .doesNotContainKey("ageUnder60Seconds");
        assertThat(group(reading, "state").rows().get("hold")).containsEntry("messages", 1.0);
        assertThat(group(reading, "destination").rows())
                .containsOnlyKeys("looking-glass.example", "tea.example", "cat.example", "[192.0.2.9]", "localhost");
        assertThat(group(reading, "destination").rows().get("looking-glass.example"))
                .containsOnly(
                        Map.entry("recipients", 4.0),
                        Map.entry("oldestAgeSeconds", 7200.0),
                        Map.entry("age3600To14400Seconds", 4.0),
                        Map.entry("deferredRecipients", 4.0));
        assertThat(reading.toString()).doesNotContain("@", "alice", "hatter", "wonderland", "queen");
    }

    @Test
    void exim_tells_its_queue_with_ages_to_the_second() throws IOException {
        // When
        Reading reading = read(new EximListing(), "exim-4.96.txt", 1_795_304_693L + 61);

        // Then
        assertThat(reading.flaw()).isEmpty();
        assertThat(reading.values())
                .containsEntry("messages", 6.0)
                .containsEntry("recipients", 9.0)
                .containsEntry("oldestAgeSeconds", 61.0);
        assertThat(group(reading, "state").rows().get("frozen")).containsEntry("messages", 1.0);
        assertThat(group(reading, "state").rows().get("queued")).containsEntry("messages", 5.0);
        assertThat(group(reading, "destination").rows().get("tea.example"))
                .containsOnly(
                        Map.entry("recipients", 2.0),
                        Map.entry("oldestAgeSeconds", 61.0),
                        Map.entry("age60To120Seconds", 2.0),
                        Map.entry("queuedRecipients", 2.0));
        assertThat(reading.toString()).doesNotContain("@", "alice", "hatter", "wonderland", "queen");
    }

    @Test
    void messages_that_exim_cannot_read_are_counted_apart() throws IOException {
        // When
        Reading reading = read(new EximListing(), "exim-4.96-damaged.txt", NOW);

        // Then
        assertThat(reading.flaw()).isEmpty();
        assertThat(group(reading, "state").rows().get("other")).containsEntry("messages", 2.0);
        assertThat(reading.values()).containsEntry("messages", 6.0).doesNotContainKey("garbledLines");
    }

    @Test
    void ids_of_exim_since_4_97_are_ids_too() {
        assertThat(EximId.arrived("1xUulJ-000012-11")).contains(1_795_304_693L);
        assertThat(EximId.arrived("1xUulJ-00000000012-1234")).contains(1_795_304_693L);
        assertThat(EximId.arrived("1xUul!-000012-11")).isEmpty();
        assertThat(EximId.arrived("a.domain-that.is16")).isEmpty();
    }

    @Test
    void an_empty_queue_is_a_sample_of_zeros() throws IOException {
        // Given
        Path nothing = Files.createFile(folder.resolve("nothing"));

        // When
        Reading reading = probe(new PostfixListing(), List.of("/bin/cat", nothing.toString()), NOW)
                .read(0)
                .orElseThrow();

        // Then
        assertThat(reading.values()).containsEntry("messages", 0.0).containsEntry("oldestAgeSeconds", 0.0);
        assertThat(reading.about()).isEqualTo("a queue");
    }

    @Test
    void lines_that_are_no_messages_are_counted_and_the_others_still_read() throws IOException {
        // Given
        String good =
                Files.readAllLines(Host.RESOURCES.resolve("postqueue-3.7.json")).get(0);
        Path listing = Files.write(
                folder.resolve("listing"),
                List.of(
                        good,
                        "Mail queue is empty",
                        "{\"queue_name\": \"active\", \"arrival_time\": 1, \"recipients\": [{\"address\": 5}, 7]}",
                        "{\"recipients\": [{\"address\": \"a@before.example\"}], \"queue_name\": \"active\"}",
                        "{\"queue_name\": \"active\", \"arrival_time\": 99999999999999999999}",
                        "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]",
                        "{\"queue_name\": \"a",
                        "",
                        good));

        // When
        Reading reading = probe(new PostfixListing(), List.of("/bin/cat", listing.toString()), NOW)
                .read(0)
                .orElseThrow();

        // Then
        assertThat(reading.flaw()).isEqualTo("lines of the listing are not understood");
        assertThat(reading.values()).containsEntry("messages", 2.0).containsEntry("garbledLines", 7.0);
    }

    @Test
    void a_hundred_thousand_destinations_are_the_largest_ones_and_an_exact_rest() throws IOException {
        // Given
        Path listing = Files.writeString(
                folder.resolve("listing"),
                IntStream.range(0, 100_000)
                        .mapToObj(number -> message(number % 10 == 0 ? "large.example" : "d" + number + ".example"))
                        .collect(Collectors.joining()));

        // When
        Reading reading = probe(new PostfixListing(), List.of("/bin/cat", listing.toString()), NOW)
                .read(0)
                .orElseThrow();

        // Then
        Sample.Group destinations = group(reading, "destination");
        double shown = destinations.rows().values().stream()
                .mapToDouble(row -> row.getOrDefault("recipients", 0.0))
                .sum();
        assertThat(destinations.rows()).hasSize(20);
        assertThat(destinations.rows().get("large.example")).containsEntry("recipients", 10_000.0);
        assertThat(shown + destinations.rest().getOrDefault("recipients", 0.0)).isEqualTo(100_000);
        assertThat(destinations.leftOut()).isEqualTo(90_001 - 20);
        assertThat(destinations.lowerBounds()).isTrue();
        assertThat(destinations.rest()).containsEntry("oldestAgeSeconds", 60.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a@Example.COM;example.com",
                "a@example.com.;example.com",
                "\"x@y\"@example.com;example.com",
                "root;(local)",
                "a@;(other)",
                "@;(other)",
                "\"a@b c\";(other)",
                "| /usr/bin/procmail;(other)",
                "/var/mail/x;(other)",
                "a@bücher.example;xn--bcher-kva.example",
                "a@[IPv6:2001:db8::1];[ipv6:2001:db8::1]",
                "\"who@secret name\";(other)"
            })
    void only_a_domain_is_left_of_an_address(String address, String domain) {
        assertThat(Domain.of(address)).isEqualTo(domain);
    }

    @Test
    void a_program_that_is_missing_is_named() {
        // Given
        QueueProbe probe = probe(new PostfixListing(), List.of("/usr/sbin/no-such-postqueue", "-j"), NOW);

        // When
        assertThatThrownBy(() -> probe.read(0))
                // Then
                .isInstanceOf(IOException.class)
                .hasMessage("/usr/sbin/no-such-postqueue cannot be run: No such file or directory");
    }

    @Test
    void a_program_that_refuses_is_quoted_without_addresses() throws IOException {
        // Given
        QueueProbe probe = probe(
                new PostfixListing(),
                script(
                        "echo 'postqueue: fatal: Connect to the Postfix showq service for a@b.example: Permission denied' >&2\nexit 69"),
                NOW);

        // When
        assertThatThrownBy(() -> probe.read(0))
                // Then
                .isInstanceOfSatisfying(
                        IOException.class,
                        refused -> assertThat(Why.of(refused))
                                .endsWith(
                                        "it ended with status 69: postqueue: fatal: Connect to the Postfix showq service for"
                                                + " (address) Permission denied"));
    }

    private static String message(String domain) {
        return "{\"queue_name\": \"active\", \"queue_id\": \"4jX7\", \"arrival_time\": " + (NOW - 60)
                + ", \"message_size\": 100, \"forced_expire\": false, \"sender\": \"\", \"recipients\": [{\"address\": \"a@"
                + domain + "\"}]}\n";
    }

    private List<String> script(String text) throws IOException {
        return List.of(
                "/bin/sh", Files.writeString(folder.resolve("script"), text).toString());
    }

    private static Reading read(QueueProbe.Listing listing, String resource, long now) throws IOException {
        String path = Host.RESOURCES.resolve(resource).toAbsolutePath().toString();
        return probe(listing, List.of("/bin/cat", path), now).read(0).orElseThrow();
    }

    private static QueueProbe probe(QueueProbe.Listing listing, List<String> command, long now) {
        return new QueueProbe(
                "a queue", command, LIMIT, 20, listing, Clock.fixed(Instant.ofEpochSecond(now), ZoneOffset.UTC));
    }

    private static Sample.Group group(Reading reading, String name) {
        return Objects.requireNonNull(reading.groups().get(name));
    }
}
