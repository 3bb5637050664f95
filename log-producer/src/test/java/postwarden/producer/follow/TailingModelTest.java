package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import postwarden.producer.publish.Outgoing;

/** What happens to a log and to its agent, in any order, against a list of the lines that were written. */
class TailingModelTest {
    private static final int STEPS = 60;

    @Property(tries = 60)
    void no_line_is_lost_or_invented_and_only_a_crash_repeats_one(@ForAll long seed) throws IOException {
        // Given
        Path folder = Files.createTempDirectory("tailing");
        World world = new World(folder, new Random(seed));

        // When
        for (int i = 0; i < STEPS; i++) {
            world.anything();
        }
        world.settle();

        // Then
        List<Outgoing> sent = world.agent.of(Outgoing.Kind.LINE);
        List<String> texts = sent.stream().map(Harness::text).toList();
        String story = "seed " + seed + world.story;
        Map<String, String> distinct = distinct(sent);
        assertThat(world.written).as("lost, %s", story).allMatch(distinct::containsValue);
        assertThat(distinct.values()).as("invented, %s", story).allMatch(world.written::contains);
        assertThat(distinct).as("under two identities, %s", story).hasSameSizeAs(world.written);
        if (!world.crashed) {
            assertThat(texts).doesNotHaveDuplicates();
        }
        world.agent.close();
        clear(folder);
    }

    /** What a reader keeps that drops what it has seen, by identity and offset. */
    private static Map<String, String> distinct(List<Outgoing> sent) {
        Map<String, String> distinct = new LinkedHashMap<>();
        sent.forEach(record -> distinct.put(record.fileId() + '@' + record.startOffset(), Harness.text(record)));
        return distinct;
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.delete(path);
            }
        }
    }

    /** The log, its writer, its rotation, and the agent. */
    private static final class World {
        private final Path log;
        private final Random random;
        private final Harness agent;
        private final List<String> written = new ArrayList<>();
        private final StringBuilder story = new StringBuilder();
        private String partial = "";
        private int number;
        private int generation;
        private boolean crashed;

        World(Path folder, Random random) throws IOException {
            this.log = folder.resolve("mail.log");
            this.random = random;
            String pattern = random.nextBoolean() ? log.toString() : log + "*";
            Source source = Harness.source(pattern, Source.Start.BEGINNING, new HostRule.FromHeader());
            this.agent = new Harness(folder.resolve("state"), 4096, source);
            start();
        }

        /** What was rotated away before the first checkpoint of a first start is history, and nobody promised to read it. */
        private void start() throws IOException {
            write();
            agent.settle();
            agent.acknowledgeAll();
            agent.checkpoint();
        }

        void anything() throws IOException {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> write();
                case 3 -> writePart();
                case 4 -> rotate();
                case 5 -> copyAndTruncate();
                case 6 -> crash();
                case 7 -> checkpoint();
                case 8 -> agent.acknowledge(random.nextInt(6));
                default -> look();
            }
        }

        private void checkpoint() throws IOException {
            story.append(" checkpoint");
            agent.checkpoint();
        }

        private void look() {
            story.append(" look");
            agent.step();
        }

        void settle() throws IOException {
            endPartial();
            for (int i = 0; i < 12; i++) {
                agent.settle();
            }
        }

        private void write() throws IOException {
            endPartial();
            story.append(" write:").append(number);
            for (int i = random.nextInt(4); i >= 0; i--) {
                String line = line();
                Harness.append(log, line + "\n");
                written.add(line);
            }
        }

        private void writePart() throws IOException {
            endPartial();
            story.append(" part:").append(number);
            partial = line();
            Harness.append(log, partial);
        }

        private void endPartial() throws IOException {
            if (!partial.isEmpty()) {
                Harness.append(log, "+\n");
                written.add(partial + "+");
                partial = "";
            }
        }

        private String line() {
            int length = random.nextInt(20) == 0 ? 5000 : random.nextInt(30);
            return "2026-11-21T08:00:00Z mx1 a[1]: " + number++ + "x".repeat(length);
        }

        /** A line that its writer never ended is a line once its file is finished. */
        private void rotate() throws IOException {
            story.append(" rotate");
            if (Files.exists(log)) {
                Files.move(log, next());
                if (!partial.isEmpty()) {
                    written.add(partial);
                    partial = "";
                }
            }
        }

        private void copyAndTruncate() throws IOException {
            endPartial();
            story.append(" truncate");
            if (Files.exists(log) && Files.size(log) > 0) {
                Files.copy(log, next());
                Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            }
        }

        private Path next() {
            return log.resolveSibling("mail.log." + ++generation);
        }

        private void crash() throws IOException {
            crashed = true;
            story.append(" die");
            agent.die();
            for (int i = random.nextInt(3); i > 0; i--) {
                if (random.nextBoolean()) {
                    write();
                } else {
                    rotate();
                }
            }
            story.append(" revive");
            agent.revive();
        }
    }
}
