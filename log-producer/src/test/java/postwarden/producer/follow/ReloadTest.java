package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** Sources that are added, removed and changed while the agent reads: nothing is lost, and nothing is sent twice. */
class ReloadTest {
    /** The least that may be read at once, so that a reload finds files half read. */
    private static final int CHUNK = 4096;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_source_that_is_added_is_read_from_its_beginning_and_the_others_go_on() throws IOException {
        // Given
        Path one = folder.resolve("one.log");
        Path two = folder.resolve("two.log");
        Harness.append(one, line("mx1", "a") + "2026-11-21T08:00:00Z mx1 half");
        Harness.append(two, line("mx2", "b"));
        try (Harness agent = new Harness(CHUNK, Harness.source(one))) {
            agent.settle();

            // When
            agent.follow(Harness.source(one), Harness.source(two));
            Harness.append(one, " a line: c\n");
            agent.settle();

            // Then
            assertThat(agent.lines())
                    .containsExactlyInAnyOrder(
                            text("mx1", "a"), text("mx2", "b"), "2026-11-21T08:00:00Z mx1 half a line: c");
            assertThat(agent.of(Outgoing.Kind.HELLO)).extracting(Outgoing::host).containsExactly("mx1", "mx2");
        }
    }

    @Test
    void a_source_that_is_removed_is_left_where_it_is_its_host_ends_and_it_goes_on_when_it_is_added_again()
            throws IOException {
        // Given
        Path one = folder.resolve("one.log");
        Path two = folder.resolve("two.log");
        Harness.append(one, line("mx1", "a"));
        Harness.append(two, line("mx2", "b"));
        try (Harness agent = new Harness(CHUNK, Harness.source(one), Harness.source(two))) {
            agent.settle();
            agent.follow(Harness.source(one));
            Harness.append(two, line("mx2", "c"));
            agent.settle();
            assertThat(agent.of(Outgoing.Kind.END)).extracting(Outgoing::host).containsExactly("mx2");
            assertThat(agent.lines()).containsExactly(text("mx1", "a"), text("mx2", "b"));

            // When
            agent.follow(Harness.source(one), Harness.source(two));
            agent.settle();

            // Then
            assertThat(agent.lines()).containsExactly(text("mx1", "a"), text("mx2", "b"), text("mx2", "c"));
        }
    }

    @Test
    void a_file_that_was_deleted_before_it_was_read_to_its_end_stays_open() throws IOException {
        // Given
        Path one = folder.resolve("one.log");
        String first = "a".repeat(CHUNK);
        Harness.append(one, line("mx1", first) + line("mx1", "b"));
        try (Harness agent = new Harness(CHUNK, Harness.source(one))) {
            agent.step();
            assertThat(agent.lines()).isEmpty();
            Files.delete(one);

            // When
            agent.follow(Harness.source(one), Harness.source(folder.resolve("two.log")));
            agent.settle();

            // Then
            assertThat(agent.lines()).containsExactly(text("mx1", first), text("mx1", "b"));
        }
    }

    @Test
    void another_zone_holds_from_the_next_line_on() throws IOException {
        // Given
        Path one = folder.resolve("one.log");
        Harness.append(one, "Nov 20 08:00:00 mx1 a: one\nNov 20 08:00:00 mx1 a: tw");
        try (Harness agent = new Harness(CHUNK, Harness.source(one))) {
            agent.settle();
            Source paris = new Source(
                    one.toString(),
                    Source.Start.BEGINNING,
                    "default",
                    new HostRule.FromHeader(),
                    ZoneId.of("Europe/Paris"));

            // When
            agent.follow(paris);
            Harness.append(one, "o\n");
            agent.settle();

            // Then
            List<Outgoing> lines = agent.of(Outgoing.Kind.LINE);
            assertThat(agent.lines()).containsExactly("Nov 20 08:00:00 mx1 a: one", "Nov 20 08:00:00 mx1 a: two");
            assertThat(lines.get(0).header().timeMicros()
                            - lines.get(1).header().timeMicros())
                    .isEqualTo(3_600_000_000L);
            assertThat(agent.of(Outgoing.Kind.END)).isEmpty();
        }
    }

    @Test
    void older_generations_of_a_log_that_is_added_are_history() throws IOException {
        // Given
        Path one = folder.resolve("one.log");
        Harness.append(one, line("mx1", "a"));
        try (Harness agent = new Harness(CHUNK, Harness.source(one))) {
            agent.settle();
            Path two = folder.resolve("two.log");
            Harness.append(folder.resolve("two.log.1"), line("mx2", "old"));
            Harness.append(two, line("mx2", "b"));

            // When
            agent.follow(Harness.source(one), Harness.source(two));
            agent.settle();

            // Then
            assertThat(agent.lines()).containsExactly(text("mx1", "a"), text("mx2", "b"));
        }
    }

    @Test
    void whatever_is_written_rotated_added_and_removed_every_line_is_sent_once() throws IOException {
        long seed = Long.getLong("postwarden.seed", System.nanoTime());
        Random lot = new Random(seed);
        List<Path> logs =
                IntStream.range(0, 3).mapToObj(i -> folder.resolve("log" + i)).toList();
        int[] written = new int[logs.size()];
        // Given logs that were all followed once: what was rotated before a log ever was is history
        for (int i = 0; i < logs.size(); i++) {
            Harness.append(logs.get(i), line("mx" + i, i + "-" + written[i]++));
        }
        Source[] all = logs.stream().map(Harness::source).toArray(Source[]::new);
        try (Harness agent = new Harness(CHUNK, all)) {
            agent.step();

            // When
            for (int round = 0; round < 30; round++) {
                for (int i = 0; i < logs.size(); i++) {
                    for (int line = lot.nextInt(300); line > 0; line--) {
                        Harness.append(logs.get(i), line("mx" + i, i + "-" + written[i]++));
                    }
                }
                agent.step();
                rotate(logs.get(lot.nextInt(logs.size())), round);
                agent.follow(logs.stream()
                        .filter(log -> lot.nextBoolean() || log.equals(logs.get(0)))
                        .map(Harness::source)
                        .toArray(Source[]::new));
            }
            agent.follow(all);
            agent.settle();

            // Then
            List<String> lines = IntStream.range(0, logs.size())
                    .boxed()
                    .flatMap(i -> IntStream.range(0, written[i]).mapToObj(n -> text("mx" + i, i + "-" + n)))
                    .toList();
            assertThat(agent.lines()).as("seed " + seed).containsExactlyInAnyOrderElementsOf(lines);
        }
    }

    /** Under names of their own, as logrotate's dateext gives them. */
    private static void rotate(Path log, int round) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + "-202611" + (10 + round)));
        }
    }

    private static String line(String host, String text) {
        return text(host, text) + "\n";
    }

    private static String text(String host, String text) {
        return "2026-11-21T08:00:00Z " + host + " a: " + text;
    }
}
