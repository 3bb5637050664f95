package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import postwarden.correlate.Correlator;
import postwarden.correlate.CorrelatorParams;
import postwarden.correlate.HeapMemory;
import postwarden.drift.Drift;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.LineParser;

/** Lines in places that others had: repetitions, or another machine's under the same identity. One line is eighty bytes. */
class ContestedTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final int LINE = 80;
    /** Numbers of runs of a producer. */
    private static final int ONE = 1 << 30;

    private static final int OTHER = ONE + 1;

    private final OpenPanes open = new OpenPanes();
    private final Intake intake = new Intake(
            new LineParser(),
            new Correlator(new HeapMemory<>(), new HeapMemory<>(), CorrelatorParams.DEFAULT),
            new Tallier(),
            new HeapMemory<>(),
            new HeapMemory<>(),
            new Drift(new HeapMemory<>()),
            IntakeParams.STANDARD);
    private long contested;
    private long connects;

    @Test
    void a_repetition_is_dropped() {
        assertThat(accept(0, ONE)).isEqualTo(Intake.Outcome.COUNTED);
        assertThat(accept(0, 0)).isEqualTo(Intake.Outcome.DUPLICATE);

        drain();
        assertThat(contested).isZero();
        assertThat(connects).isEqualTo(1);
    }

    @Test
    void a_line_that_its_producer_never_sent_before_is_counted_in_whosever_place_it_comes() {
        // Given: both machines were one up to the third line
        for (int i = 0; i < 10; i++) {
            accept(i, ONE);
        }

        // When
        for (int i = 3; i < 6; i++) {
            assertThat(accept(i, OTHER)).isEqualTo(Intake.Outcome.COUNTED);
        }

        // Then
        drain();
        assertThat(contested).isEqualTo(3);
        assertThat(connects).isEqualTo(13);
    }

    @Test
    void what_comes_twice_on_the_way_is_dropped_though_it_was_new_when_it_was_sent() {
        // Given: a mirror that was started again sends once more what it had sent, in any order
        for (int i = 0; i < 10; i++) {
            accept(i, ONE);
        }

        // When
        List<Intake.Outcome> outcomes =
                IntStream.of(3, 4, 5, 2).mapToObj(i -> accept(i, ONE)).toList();

        // Then
        drain();
        assertThat(outcomes).containsOnly(Intake.Outcome.DUPLICATE);
        assertThat(contested).isZero();
        assertThat(connects).isEqualTo(10);
    }

    @Test
    void what_comes_twice_on_the_way_of_two_machines_is_dropped_too() {
        // Given
        for (int i = 0; i < 10; i++) {
            accept(i, ONE);
            accept(i, OTHER);
        }

        // When
        List<Intake.Outcome> outcomes = List.of(accept(4, OTHER), accept(4, ONE), accept(4, 0));

        // Then
        drain();
        assertThat(outcomes).containsOnly(Intake.Outcome.DUPLICATE);
        assertThat(connects).isEqualTo(20);
    }

    @Test
    void neither_machine_loses_a_line_whoever_is_ahead() {
        // Given: two that write lines of different lengths in turn from the same byte on
        long one = 0;
        long other = 0;

        // When
        for (int i = 0; i < 50; i++) {
            accept(one, one + 70, ONE);
            one += 70;
            accept(other, other + 90, OTHER);
            other += 90;
        }

        // Then
        drain();
        assertThat(connects).isEqualTo(100);
        assertThat(contested).isPositive();
    }

    @Test
    void what_an_old_producer_sends_is_what_it_was() {
        accept(0, 0);
        accept(0, 0);

        drain();
        assertThat(contested).isZero();
        assertThat(connects).isEqualTo(1);
    }

    @Test
    void parts_of_long_lines_and_lines_that_are_not_understood_are_contested_too() {
        // Given
        List<LogRecord> records = List.of(
                new LogRecord.Unparsed("default", "mx1", "no header", "x", source(0, LINE, OTHER)),
                new LogRecord.Continuation("default", "mx1", source(0, LINE, OTHER + 1)));
        accept(0, ONE);

        // When
        List<Intake.Outcome> outcomes =
                records.stream().map(record -> intake.accept(record, open)).toList();

        // Then
        drain();
        assertThat(outcomes).containsExactly(Intake.Outcome.COUNTED, Intake.Outcome.NOTED);
        assertThat(contested).isEqualTo(2);
    }

    private void drain() {
        open.drain((key, host, pane, tally) -> {
            if (key.watch() == Watch.SERVER) {
                contested += tally.count(Count.CONTESTED);
                connects += tally.count(Count.CONNECTS);
            }
        });
    }

    private Intake.Outcome accept(int number, int fresh) {
        return accept((long) number * LINE, (number + 1L) * LINE, fresh);
    }

    private Intake.Outcome accept(long start, long end, int fresh) {
        return intake.accept(
                new LogRecord.Line(
                        "default",
                        "mx1",
                        "postfix/smtpd",
                        1,
                        START,
                        "",
                        "connect from unknown[192.0.2.1]",
                        source(start, end, fresh)),
                open);
    }

    private static Source source(long start, long end, int fresh) {
        return new Source("f", "f", start, end, -1, -1, true, fresh);
    }
}
