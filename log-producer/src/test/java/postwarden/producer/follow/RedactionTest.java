package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.file.LineSplitter;
import postwarden.producer.publish.Outgoing;

/** What the reading path publishes of lines with secrets in them. */
class RedactionTest {
    private static final String HEAD = "Nov 21 08:16:24 mx1 dovecot: auth: sql(anna,192.0.2.6): ";
    private static final String LINE = HEAD + "unknown user (given password: Winter2026)\n";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void no_record_holds_a_password_and_all_hold_the_file_s_places() throws IOException {
        // Given
        Path log = folder.resolve("mail.log");
        Harness.append(log, LINE + HEAD + "nothing\n" + LINE);
        try (Harness agent = new Harness(4096, Harness.source(log))) {
            // When
            agent.settle();

            // Then
            List<Outgoing> lines = agent.of(Outgoing.Kind.LINE);
            assertThat(agent.lines()).noneMatch(line -> line.contains("Winter2026"));
            assertThat(agent.lines().get(0))
                    .startsWith(HEAD + "unknown user (keyed hash of given password: ")
                    .endsWith(")")
                    .isEqualTo(agent.lines().get(2));
            assertThat(lines).extracting(Outgoing::startOffset).containsExactly(0L, (long) LINE.length(), (long)
                    (LINE.length() + HEAD.length() + 8));
            assertThat(lines.get(2).endOffset()).isEqualTo(Files.size(log));
            assertThat(lines.get(0).header().messageStart()).isEqualTo(HEAD.indexOf("auth:"));
            assertThat(agent.metrics.secrets().count()).isEqualTo(2);
        }
    }

    @Test
    void a_crash_behind_a_cut_line_repeats_and_loses_nothing() throws IOException {
        // Given
        Path log = folder.resolve("mail.log");
        Harness.append(log, LINE + LINE);
        try (Harness agent = new Harness(4096, Harness.source(log))) {
            agent.settle();
            agent.acknowledge(2);
            agent.checkpoint();

            // When
            agent.crash();
            Harness.append(log, LINE);
            agent.settle();

            // Then
            assertThat(agent.of(Outgoing.Kind.LINE).stream()
                            .map(Outgoing::startOffset)
                            .distinct())
                    .containsExactly(0L, (long) LINE.length(), 2L * LINE.length());
            assertThat(agent.lines()).noneMatch(line -> line.contains("Winter2026"));
        }
    }

    @Test
    void a_password_across_two_fragments_is_in_neither_even_when_the_agent_dies_between_them() throws IOException {
        // Given
        Path log = folder.resolve("mail.log");
        String filler = "x".repeat(LineSplitter.LONGEST_PIECE - HEAD.length() - "(given password: ".length() - 3);
        Harness.append(log, HEAD + filler + "(given password: Win");
        try (Harness agent = new Harness(65_536, Harness.source(log))) {
            agent.settle();
            agent.acknowledgeAll();
            agent.checkpoint();

            // When
            agent.crash();
            Harness.append(log, "ter2026)" + "y".repeat(40_000) + "\n" + LINE);
            agent.settle();

            // Then
            assertThat(agent.lines()).noneMatch(line -> line.contains("Win") || line.contains("ter2026"));
            assertThat(agent.lines())
                    .endsWith("***", "***", agent.lines().get(agent.lines().size() - 1));
            assertThat(agent.lines().get(agent.lines().size() - 1)).startsWith(HEAD + "unknown user (keyed");
        }
    }

    @Test
    void standard_input_is_cut_too() {
        // Given
        try (Harness agent =
                new Harness(4096, Harness.source("-", Source.Start.BEGINNING, new HostRule.FromHeader()))) {
            agent.standardInput(new ByteArrayInputStream(LINE.getBytes(StandardCharsets.UTF_8)));

            // When
            while (!agent.exhausted()) {
                agent.step();
            }

            // Then
            assertThat(agent.lines()).singleElement().asString().doesNotContain("Winter2026");
        }
    }
}
