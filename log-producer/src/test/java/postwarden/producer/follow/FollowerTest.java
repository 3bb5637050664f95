package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

class FollowerTest {
    @TempDir
    private Path folder = Path.of("");

    private Path log = Path.of("");
    private @Nullable Harness started;

    @BeforeEach
    void start() {
        log = folder.resolve("mail.log");
        started = new Harness(4096, source(log));
    }

    @AfterEach
    void stop() {
        agent().close();
    }

    private Harness agent() {
        return Objects.requireNonNull(started);
    }

    @Test
    void lines_come_with_identity_offsets_host_and_time() throws IOException {
        // Given
        append(log, "2026-11-21T08:00:00Z mx1 postfix/smtpd[7]: one\n2026-11-21T08:00:01Z mx1 postfix/smtpd[7]: two\n");

        // When
        agent().settle();

        // Then
        Outgoing second = agent().of(Outgoing.Kind.LINE).get(1);
        assertThat(Harness.text(second)).endsWith("two");
        assertThat(second.host()).isEqualTo("mx1");
        assertThat(second.reporter()).isEqualTo("agent");
        assertThat(second.header().program()).isEqualTo("postfix/smtpd");
        assertThat(second.header().time()).contains(Instant.parse("2026-11-21T08:00:01Z"));
        assertThat(second.file()).isEqualTo(log.toString());
        assertThat(second.fileId()).hasSize(24);
        assertThat(second.startOffset()).isEqualTo(47);
        assertThat(second.endOffset()).isEqualTo(94);
    }

    @Test
    void hello_comes_before_the_first_line_and_end_behind_the_last() throws IOException {
        // Given
        append(log, "no header here\n2026-11-21T08:00:00Z mx1 a: one\n2026-11-21T08:00:00Z mx2 a: two\n");

        // When
        agent().settle();
        agent().end();

        // Then
        assertThat(agent().sent.stream().map(record -> record.kind() + " " + record.host()))
                .containsExactly("HELLO mx1", "LINE mx1", "LINE mx1", "HELLO mx2", "LINE mx2", "END mx1", "END mx2");
        assertThat(agent().of(Outgoing.Kind.HELLO).get(1).roster()).containsExactly("mx1", "mx2");
    }

    @Test
    void a_heartbeat_says_how_far_a_host_has_been_read() throws IOException {
        // Given
        append(log, "2026-11-21T08:00:00Z mx1 a: one\n");
        agent().settle();

        // When
        agent().clock.pass(Duration.ofSeconds(10));
        agent().step();

        // Then
        Outgoing beat = agent().of(Outgoing.Kind.HEARTBEAT).get(0);
        assertThat(beat.host()).isEqualTo("mx1");
        assertThat(beat.header().time()).isPresent();
        assertThat(beat.header().timeMicros()).isEqualTo(beat.readTimeMicros());
    }

    @Test
    void a_configured_name_goes_over_the_header() throws IOException {
        // Given
        append(log, "2026-11-21T08:00:00Z mx1 a: one\n");
        Harness named = new Harness(4096, source(log.toString(), Source.Start.BEGINNING, new HostRule.Named("gw")));

        // When
        named.settle();

        // Then
        assertThat(named.sent).allMatch(record -> record.host().equals("gw"));
        named.close();
    }

    @Test
    void a_file_may_be_begun_at_its_end_but_later_files_are_read_from_their_beginning() throws IOException {
        // Given
        append(log, "old\nhal");
        Harness late = new Harness(4096, source(log.toString(), Source.Start.END, self()));
        late.settle();
        append(log, "f\nnew\n");
        late.settle();
        Files.move(log, folder.resolve("mail.log.1"));
        append(log, "next\n");

        // When
        late.settle();

        // Then
        assertThat(late.lines()).containsExactly("half", "new", "next");
        late.close();
    }

    @Test
    void a_partial_line_waits_for_its_end() throws IOException {
        // Given
        append(log, "one\ntw");
        agent().settle();
        append(log, "o\n");

        // When
        agent().settle();

        // Then
        assertThat(agent().lines()).containsExactly("one", "two");
    }

    @Test
    void a_rotated_file_is_read_to_its_end_even_by_a_late_writer() throws IOException {
        // Given
        append(log, "one\n");
        agent().settle();
        try (OutputStream writer = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
            Files.move(log, folder.resolve("mail.log.1"));
            append(log, "new\n");
            agent().settle();
            writer.write("late\nunfinished".getBytes(StandardCharsets.US_ASCII));
        }

        // When
        agent().settle();
        agent().clock.pass(Duration.ofSeconds(10));
        agent().settle();

        // Then
        assertThat(agent().lines()).containsExactly("one", "new", "late", "unfinished");
        assertThat(agent().metrics.rotations().count()).isEqualTo(1);
    }

    @Test
    void several_rotations_between_two_looks_lose_nothing() throws IOException {
        // Given
        append(log, "a\n");
        agent().settle();
        append(log, "a2\n");
        Files.move(log, folder.resolve("mail.log.3"));
        append(folder.resolve("mail.log.2"), "b\n");
        append(folder.resolve("mail.log.1"), "c\n");
        append(log, "d\n");

        // When
        agent().settle();

        // Then
        assertThat(agent().lines()).containsExactlyInAnyOrder("a", "a2", "b", "c", "d");
    }

    @Test
    void rotations_while_the_agent_is_down_lose_nothing_and_old_generations_are_left_alone() throws IOException {
        // Given
        Path ancient = folder.resolve("mail.log.9");
        append(ancient, "ancient\n");
        Files.setLastModifiedTime(ancient, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        append(log, "a\n");
        agent().settle();
        agent().acknowledgeAll();
        agent().checkpoint();
        append(log, "a2\n");
        Files.move(log, folder.resolve("mail.log.2"));
        append(folder.resolve("mail.log.1"), "b\n");
        append(log, "c\n");

        // When
        agent().crash();
        agent().settle();

        // Then
        assertThat(agent().lines()).containsExactlyInAnyOrder("a", "a2", "b", "c");
    }

    @Test
    void the_rest_is_found_in_the_copy_when_a_file_is_copied_and_truncated() throws IOException {
        // Given
        append(log, "one\n");
        agent().settle();
        append(log, "two\n");
        Files.copy(log, folder.resolve("mail.log.1"));
        Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        append(log, "x\n");

        // When
        agent().settle();

        // Then
        assertThat(agent().lines()).containsExactlyInAnyOrder("one", "two", "x");
        assertThat(agent().of(Outgoing.Kind.LOSS)).isEmpty();
    }

    @Test
    void a_truncation_past_which_the_file_grew_again_is_noticed_and_said() throws IOException {
        // Given
        append(log, "one\n");
        agent().settle();
        Files.writeString(log, "another beginning\nand more\n");

        // When
        agent().settle();

        // Then
        assertThat(agent().lines()).containsExactly("one", "another beginning", "and more");
        assertThat(agent().of(Outgoing.Kind.LOSS)).hasSize(1);
        assertThat(agent().of(Outgoing.Kind.LOSS).get(0).startOffset()).isEqualTo(4);
    }

    @Test
    void a_rewritten_file_is_noticed_even_when_the_bytes_in_front_of_the_position_are_the_same() throws IOException {
        // Given
        String end = "status=sent (250 2.0.0 Ok: queued as always)\n";
        append(log, "old one\n" + end);
        agent().settle();
        Files.writeString(log, "new one\n" + end + "new two\n");
        Files.move(log, folder.resolve("mail.log.1"));

        // When
        agent().settle();

        // Then
        assertThat(agent().lines()).containsExactly("old one", end.strip(), "new one", end.strip(), "new two");
    }

    @Test
    void a_content_that_was_copied_and_truncated_between_two_looks_is_found_in_its_copy() throws IOException {
        // Given
        append(log, "one\n");
        agent().settle();
        Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        agent().settle();
        append(log, "two\n");
        Files.copy(log, folder.resolve("mail.log.1"));
        Files.writeString(log, "three\n");

        // When
        agent().settle();

        // Then
        assertThat(agent().lines()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void a_copy_that_is_not_truncated_yet_is_not_another_content() throws IOException {
        // Given
        append(log, "");
        agent().settle();
        append(log, "one\n");
        Files.copy(log, folder.resolve("mail.log.1"));

        // When
        agent().settle();

        // Then
        assertThat(agent().lines()).containsExactly("one");
    }

    @Test
    void half_a_stamp_that_was_rotated_away_is_not_taken_for_the_beginning_of_the_next_file() throws IOException {
        // Given
        append(log, "2026-11-21T08:0");
        Files.move(log, folder.resolve("mail.log.1"));
        append(log, "2026-11-21T08:00:00Z mx1 a: one\n");
        Harness all = new Harness(4096, source(log + "*", Source.Start.BEGINNING, self()));
        all.settle();
        all.clock.pass(Duration.ofSeconds(10));
        all.settle();
        all.restart();
        Files.move(log, folder.resolve("mail.log.2"));
        append(log, "2026-11-21T08:09:00Z mx1 a: two\n");

        // When
        all.settle();

        // Then
        assertThat(all.lines())
                .containsExactlyInAnyOrder(
                        "2026-11-21T08:0", "2026-11-21T08:00:00Z mx1 a: one", "2026-11-21T08:09:00Z mx1 a: two");
        all.close();
    }

    @Test
    void a_log_that_is_rotated_away_after_the_first_look_is_read_after_a_crash() throws IOException {
        // Given
        append(log, "one\n");
        agent().step();
        agent().die();
        append(log, "two\n");
        Files.move(log, folder.resolve("mail.log.1"));
        append(log, "three\n");

        // When
        agent().revive();
        agent().settle();

        // Then
        assertThat(new LinkedHashSet<>(agent().lines())).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void headers_name_no_more_hosts_than_a_session_may_have_and_their_lines_are_sent_all_the_same() throws IOException {
        // Given
        int tooMany = Harness.HOSTS + 3;
        for (int i = 0; i < tooMany; i++) {
            append(log, "2026-11-21T08:00:00Z mx" + i + " a: " + i + "\n");
        }

        // When
        agent().settle();

        // Then
        assertThat(agent().lines()).hasSize(tooMany);
        assertThat(agent().of(Outgoing.Kind.HELLO)).hasSize(Harness.HOSTS);
        assertThat(agent().metrics.strangers().count()).isEqualTo(3);
        Outgoing last = agent().of(Outgoing.Kind.LINE).get(tooMany - 1);
        assertThat(last.host()).isEqualTo("mx" + (Harness.HOSTS - 1));
        assertThat(last.header().reason()).startsWith("the header names one host more");
    }

    @Test
    void host_names_of_any_length_leave_a_roster_that_fits_a_record() throws IOException {
        // Given
        Roster roster = new Roster("agent", (record, acknowledged) -> true, agent().clock, 2000);
        Source source = source(log);

        // When
        long met = IntStream.range(0, 2000)
                .filter(i -> roster.meet(source, "x".repeat(250) + i))
                .count();

        // Then
        assertThat(met).isBetween(100L, 131L);
        assertThat(roster.meet(source, "agent")).isTrue();
    }

    @Test
    void a_rewritten_file_with_the_same_first_line_gets_an_identity_of_its_own() throws IOException {
        // Given
        append(log, "same\nold\n");
        agent().settle();
        Files.writeString(log, "same\n");
        agent().settle();
        append(log, "new\n");

        // When
        agent().settle();

        // Then
        assertThat(agent().lines()).containsExactly("same", "old", "same", "new");
        assertThat(agent().of(Outgoing.Kind.LINE).stream().map(Outgoing::fileId).distinct())
                .hasSize(2);
    }

    @Test
    void a_file_that_was_replaced_while_the_agent_was_down_is_read_from_its_beginning() throws IOException {
        // Given
        append(log, "old one\nold two\n");
        agent().settle();
        agent().restart();
        Files.delete(log);
        append(log, "a new file that is longer than the old\nmore\n");

        // When
        agent().settle();

        // Then
        assertThat(agent().lines())
                .containsExactly("old one", "old two", "a new file that is longer than the old", "more");
    }

    @Test
    void identities_survive_the_loss_of_the_checkpoint() throws IOException {
        // Given
        append(log, "first line\nsecond\n");
        agent().settle();

        // When
        agent().crash();
        append(log, "third\n");
        agent().settle();

        // Then
        assertThat(agent().lines()).containsExactly("first line", "second", "first line", "second", "third");
        assertThat(agent().of(Outgoing.Kind.LINE).stream().map(Outgoing::fileId).distinct())
                .hasSize(1);
    }

    @Test
    void reading_goes_on_in_the_middle_of_a_line_that_never_ends() throws IOException {
        // Given
        append(log, "x".repeat(100_000));
        agent().settle();
        agent().restart();
        append(log, "\nafter\n");

        // When
        agent().settle();

        // Then
        assertThat(String.join("", agent().lines())).isEqualTo("x".repeat(100_000) + "after");
        assertThat(agent().of(Outgoing.Kind.LINE).stream().map(Outgoing::fragment))
                .containsExactly(0, 1, 2, 3, 0);
    }

    @Test
    void what_cannot_be_read_is_said_once_and_the_rest_goes_on() throws IOException {
        // Given
        Files.createDirectory(folder.resolve("dir.log"));
        append(folder.resolve("zero.log"), "\0".repeat(50_000));
        append(folder.resolve("good.log"), "one\n");
        append(folder.resolve("old.log.1.gz"), "not really compressed\n");
        Path pattern = folder.resolve("*.log*");
        Harness many = new Harness(4096, source(pattern), source(folder.resolve("missing")));

        // When
        many.settle();
        many.settle();

        // Then
        assertThat(many.lines()).contains("one");
        assertThat(many.metrics.unreadable().count()).isEqualTo(3);
        many.close();
    }

    @Test
    void two_names_of_one_file_are_read_once() throws IOException {
        // Given
        append(log, "one\n");
        Files.createLink(folder.resolve("mail.link"), log);
        Files.createSymbolicLink(folder.resolve("mail.symlink"), log);
        Harness all = new Harness(4096, source(folder.resolve("mail.*")));

        // When
        all.settle();

        // Then
        assertThat(all.lines()).containsExactly("one");
        all.close();
    }

    @Test
    void standard_input_is_read_to_its_end() throws IOException {
        // Given
        Harness piped = new Harness(4096, source("-", Source.Start.BEGINNING, self()));
        piped.standardInput(new ByteArrayInputStream("one\ntwo".getBytes(StandardCharsets.US_ASCII)));

        // When
        while (!piped.exhausted()) {
            piped.step();
        }
        piped.end();

        // Then
        assertThat(piped.lines()).containsExactly("one", "two");
        assertThat(piped.of(Outgoing.Kind.LINE))
                .allMatch(record -> record.file().equals("-"));
        piped.close();
    }

    private static HostRule self() {
        return new HostRule.Self("agent");
    }
}
