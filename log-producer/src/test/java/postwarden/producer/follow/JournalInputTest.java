package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;

/** The journal as an input: what a kill repeats, what vacuuming takes away, and a journalctl that does not behave. */
@Timeout(30)
class JournalInputTest {
    private static final long PIECES = 1 << 16;

    private final PretendJournal journal;
    private final Harness agent;

    JournalInputTest(@TempDir Path folder) throws IOException {
        journal = new PretendJournal(folder);
        agent = new Harness(4096, journal.source(Source.Start.BEGINNING));
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void an_entry_is_a_line_with_the_header_that_journald_vouches_for() throws IOException {
        // Given
        journal.add(5, "connect from unknown[192.0.2.1]");

        // When
        awaitLines(1);

        // Then
        Outgoing line = agent.of(Outgoing.Kind.LINE).get(0);
        assertThat(Harness.text(line))
                .isEqualTo("2026-11-21T08:00:05.000000Z mx1 postfix/smtpd[7]: connect from unknown[192.0.2.1]");
        assertThat(line.host()).isEqualTo("mx1");
        assertThat(line.header().program()).isEqualTo("postfix/smtpd");
        assertThat(line.header().pidOrMinusOne()).isEqualTo(7);
        assertThat(agent.of(Outgoing.Kind.HELLO)).extracting(Outgoing::host).contains("mx1");
    }

    @Test
    void places_have_no_holes_where_numbers_belong_to_other_programs() throws IOException {
        // Given
        for (long number : new long[] {5, 9, 10, 400}) {
            journal.add(number, "entry " + number);
        }

        // When
        awaitLines(4);

        // Then
        assertThat(agent.of(Outgoing.Kind.LINE))
                .extracting(Outgoing::startOffset)
                .containsExactly(5 * PIECES, 6 * PIECES, 10 * PIECES, 11 * PIECES);
        assertThat(agent.of(Outgoing.Kind.LINE)).extracting(Outgoing::endOffset).endsWith(401 * PIECES);
    }

    @Test
    void a_killed_agent_goes_on_behind_what_was_acknowledged_and_repeats_the_rest_under_the_same_places()
            throws IOException {
        // Given
        addTen();
        awaitLines(10);
        List<Outgoing> before = agent.of(Outgoing.Kind.LINE);
        agent.acknowledgeLines(4);

        // When
        agent.crash();
        agent.sent.clear();
        awaitLines(6);

        // Then
        List<Outgoing> again = agent.of(Outgoing.Kind.LINE);
        assertThat(places(again)).isEqualTo(places(before.subList(4, 10)));
    }

    @Test
    void a_lost_checkpoint_leads_to_the_same_places() throws IOException {
        // Given
        addTen();
        awaitLines(10);
        List<String> before = places(agent.of(Outgoing.Kind.LINE));
        Harness another = new Harness(4096, journal.source(Source.Start.BEGINNING));

        // When
        another.await(() -> another.lines().size() == 10);

        // Then
        assertThat(places(another.of(Outgoing.Kind.LINE))).isEqualTo(before);
        another.close();
    }

    @Test
    void what_the_journal_forgot_meanwhile_is_a_loss_that_names_its_time() throws IOException {
        // Given
        addTen();
        awaitLines(10);
        agent.acknowledgeAll();
        agent.checkpoint();
        agent.die();
        journal.add(11, "never read");
        journal.add(12, "left");
        journal.vacuum(11);

        // When
        agent.revive();
        awaitLines(11);

        // Then
        assertThat(agent.lines()).last().asString().endsWith("left");
        assertThat(agent.of(Outgoing.Kind.LOSS)).hasSize(1);
        assertThat(agent.of(Outgoing.Kind.LOSS).get(0).note())
                .contains("between 2026-11-21T08:00:10Z and 2026-11-21T08:00:12Z may be lost");
    }

    @Test
    void a_loss_is_said_once_even_when_nothing_follows_it() throws IOException {
        // Given
        addTen();
        awaitLines(10);
        agent.acknowledgeAll();
        agent.checkpoint();
        agent.die();
        journal.add(11, "never read");
        journal.addRaw("{\"__CURSOR\":\"" + PretendJournal.cursor(12) + "\"}");
        journal.vacuum(11);
        agent.revive();
        agent.await(() -> agent.of(Outgoing.Kind.LOSS).size() == 1);
        agent.acknowledgeAll();
        agent.checkpoint();

        // When
        agent.crash();
        journal.add(13, "one more");
        awaitLines(11);

        // Then
        assertThat(agent.of(Outgoing.Kind.LOSS)).hasSize(1);
    }

    @Test
    void a_journalctl_that_is_killed_is_started_again_behind_the_last_line() throws IOException {
        // Given
        addTen();
        awaitLines(10);

        // When
        agent.await(() -> {
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            return agent.metrics.journal().restarts().count() > 0;
        });
        journal.add(11, "behind");
        awaitLines(11);

        // Then
        assertThat(agent.lines())
                .hasSize(11)
                .doesNotHaveDuplicates()
                .last()
                .asString()
                .endsWith("behind");
    }

    @Test
    void a_journalctl_that_refuses_is_asked_again_until_it_answers() throws IOException {
        // Given
        journal.refuse(true);
        journal.add(1, "one");
        agent.await(() -> agent.metrics.journal().restarts().count() > 0);

        // When
        journal.refuse(false);
        awaitLines(1);

        // Then
        assertThat(agent.lines()).hasSize(1);
    }

    @Test
    void what_is_no_entry_or_too_long_is_a_loss_and_the_rest_goes_on() throws IOException {
        // Given
        journal.add(1, "one");
        journal.addRaw("this is no JSON");
        journal.add(2, "x".repeat(70_000));
        journal.addRaw("{\"__CURSOR\":\"" + PretendJournal.cursor(3) + "\",\"MESSAGE\":null}");
        journal.add(4, "four");

        // When
        awaitLines(2);

        // Then
        assertThat(agent.lines()).last().asString().endsWith("four");
        assertThat(agent.of(Outgoing.Kind.LOSS))
                .extracting(Outgoing::note)
                .containsExactly(
                        "an entry that is no JSON object",
                        "an entry of more than 65536 bytes",
                        "an entry whose text is too large for journalctl");
        assertThat(agent.metrics.journal().damaged().count()).isEqualTo(3);
    }

    @Test
    void of_a_long_entry_all_fragments_are_sent_again_unless_all_were_acknowledged() throws IOException {
        // Given
        journal.add(1, "one");
        journal.add(2, "y".repeat(40_000));
        awaitLines(3);
        List<String> before = places(agent.of(Outgoing.Kind.LINE));
        agent.acknowledgeLines(2);

        // When
        agent.crash();
        agent.sent.clear();
        awaitLines(2);

        // Then
        assertThat(places(agent.of(Outgoing.Kind.LINE))).isEqualTo(before.subList(1, 3));
        assertThat(before).doesNotHaveDuplicates();
    }

    @Test
    void what_is_vacuumed_while_kafka_takes_nothing_is_a_loss() throws IOException {
        // Given
        int count = 6_000;
        for (int number = 1; number <= count; number++) {
            journal.add(number, "entry " + number);
        }
        awaitLines(1);
        journal.vacuum(count - 1);

        // When
        agent.await(() -> {
            // For as long nothing is taken: longer than the longest pause of this test.
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            return agent.of(Outgoing.Kind.LOSS).size() == 1;
        });
        agent.await(() -> agent.lines().get(agent.lines().size() - 1).endsWith("entry " + count));

        // Then
        assertThat(agent.lines()).doesNotHaveDuplicates().hasSizeLessThan(count);
    }

    @Test
    void from_the_end_means_what_is_logged_from_now_on() throws IOException {
        // Given
        addTen();
        Harness late = new Harness(4096, journal.source(Source.Start.END));
        late.await(() -> !late.of(Outgoing.Kind.HELLO).isEmpty());

        // When
        journal.add(11, "new");
        late.await(() -> !late.lines().isEmpty());

        // Then
        assertThat(late.lines()).singleElement().asString().endsWith("new");
        late.close();
    }

    private void addTen() throws IOException {
        for (int number : IntStream.rangeClosed(1, 10).toArray()) {
            journal.add(number, "entry " + number);
        }
    }

    private static List<String> places(List<Outgoing> lines) {
        return lines.stream()
                .map(line -> line.fileId()
                        + ' '
                        + line.startOffset()
                        + ' '
                        + line.endOffset()
                        + ' '
                        + Harness.text(line).hashCode())
                .toList();
    }

    private void awaitLines(int count) {
        agent.await(() -> agent.lines().size() >= count);
    }
}
