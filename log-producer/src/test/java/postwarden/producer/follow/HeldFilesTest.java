package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** Lines of one host find no room on their way to Kafka: its files wait, and others do not. */
class HeldFilesTest {
    private static final int LINES = 100;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_log_without_room_stops_between_two_lines_and_goes_on_there_while_others_are_read() throws IOException {
        // Given
        write("mx1");
        write("mx2");
        try (Harness agent = new Harness(4096, source(folder.resolve("*.log")))) {
            agent.room = host -> host.equals("mx2") || of(agent, "mx1").size() < 7;
            agent.settle();
            assertThat(of(agent, "mx1")).containsExactlyElementsOf(lines("mx1").subList(0, 7));
            assertThat(of(agent, "mx2")).isEqualTo(lines("mx2"));

            // When
            agent.room = host -> true;
            agent.settle();

            // Then
            assertThat(of(agent, "mx1")).isEqualTo(lines("mx1"));
            assertThatNothingIsMissing(agent, "mx1");
        }
    }

    @Test
    void one_that_waits_is_found_by_a_restart_where_it_was_and_rotated_ones_are_read_to_their_end() throws IOException {
        // Given
        write("mx1");
        try (Harness agent = new Harness(4096, source(folder.resolve("mx1.log")))) {
            agent.room = host -> of(agent, "mx1").size() < 7;
            agent.settle();
            Files.move(folder.resolve("mx1.log"), folder.resolve("mx1.log.1"));
            append(folder.resolve("mx1.log"), "2026-11-21T09:00:00Z mx1 a[1]: behind\n");
            agent.clock.pass(Duration.ofMinutes(1));
            agent.settle();
            agent.restart();

            // When
            agent.room = host -> true;
            agent.settle();

            // Then
            assertThat(agent.lines())
                    .hasSize(LINES + 1)
                    .contains("2026-11-21T09:00:00Z mx1 a[1]: behind")
                    .containsSubsequence(lines("mx1"));
            assertThat(agent.of(Outgoing.Kind.LOSS)).isEmpty();
        }
    }

    @Test
    void a_log_of_several_hosts_waits_with_the_one_that_has_no_room_and_takes_one_line_too_many() throws IOException {
        // Given
        for (int i = 0; i < LINES; i++) {
            append(folder.resolve("all.log"), line("mx2", i) + "\n" + line("mx1", i) + "\n");
        }
        try (Harness agent = new Harness(4096, source(folder.resolve("all.log")))) {
            // When
            agent.room = host -> host.equals("mx2");
            agent.settle();

            // Then
            assertThat(agent.lines()).containsExactly(line("mx2", 0), line("mx1", 0));
        }
    }

    @Test
    void who_has_no_room_sends_no_heartbeat_and_who_shares_a_source_with_it_does_not_say_that_all_was_read()
            throws IOException {
        // Given
        write("mx1");
        write("mx2");
        write("mx3");
        try (Harness agent =
                new Harness(4096, source(folder.resolve("mx?.log")), source(folder.resolve("x/mx4.log")))) {
            Files.createDirectories(folder.resolve("x"));
            append(folder.resolve("x/mx4.log"), line("mx4", 1) + "\n");
            agent.room = host -> !host.equals("mx1");
            agent.settle();

            // When
            agent.clock.pass(Duration.ofSeconds(10));
            agent.settle();

            // Then
            List<Outgoing> beats = agent.of(Outgoing.Kind.HEARTBEAT);
            assertThat(beats).extracting(Outgoing::host).contains("mx2", "mx4").doesNotContain("mx1");
            assertThat(beats).filteredOn(beat -> beat.host().equals("mx2")).allMatch(beat -> saysTimeOfLines(beat));
            assertThat(beats).filteredOn(beat -> beat.host().equals("mx4")).noneMatch(beat -> saysTimeOfLines(beat));
        }
    }

    @Test
    @Timeout(30)
    void that_reading_waits_for_room_is_told_and_that_it_waits_for_lines_is_not()
            throws IOException, InterruptedException {
        // Given
        write("mx1");
        try (Harness agent = new Harness(4096, source(folder.resolve("mx1.log")))) {
            agent.room = host -> of(agent, "mx1").size() < 7;
            agent.settle();

            // When
            agent.rest();
            long held = agent.waitedNanos;
            agent.room = host -> true;
            agent.settle();
            agent.rest();

            // Then
            assertThat(held).isPositive();
            assertThat(agent.waitedNanos).isEqualTo(held);
        }
    }

    @Test
    void who_ends_when_all_is_read_does_not_end_while_lines_wait() throws IOException {
        // Given
        Harness piped = new Harness(4096, source("-", Source.Start.BEGINNING, new HostRule.Self("mx1")));
        String text = String.join("\n", lines("mx1")) + "\n";
        piped.standardInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
        try (piped) {
            piped.room = host -> piped.lines().size() < 7;
            piped.await(() -> piped.lines().size() == 7);
            piped.step();
            assertThat(piped.exhausted()).isFalse();

            // When
            piped.room = host -> true;
            piped.await(piped::exhausted);

            // Then
            assertThat(piped.lines()).isEqualTo(lines("mx1"));
        }
    }

    private static boolean saysTimeOfLines(Outgoing beat) {
        return beat.header().timeMicros()
                == Instant.parse("2026-11-21T08:00:00Z").getEpochSecond() * 1_000_000;
    }

    private void write(String host) throws IOException {
        append(folder.resolve(host + ".log"), String.join("\n", lines(host)) + "\n");
    }

    private static List<String> lines(String host) {
        return IntStream.range(0, LINES).mapToObj(i -> line(host, i)).toList();
    }

    private static String line(String host, int number) {
        return "2026-11-21T08:00:00Z " + host + " a[1]: " + number;
    }

    private static List<String> of(Harness agent, String host) {
        return agent.of(Outgoing.Kind.LINE).stream()
                .filter(record -> record.host().equals(host))
                .map(Harness::text)
                .toList();
    }

    private static void assertThatNothingIsMissing(Harness agent, String host) {
        long at = 0;
        for (Outgoing record : agent.of(Outgoing.Kind.LINE)) {
            if (record.host().equals(host)) {
                assertThat(record.startOffset()).isEqualTo(at);
                at = record.endOffset();
            }
        }
    }
}
