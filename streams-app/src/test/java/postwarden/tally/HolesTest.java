package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.correlate.Correlator;
import postwarden.correlate.CorrelatorParams;
import postwarden.correlate.HeapMemory;
import postwarden.correlate.Intervals;
import postwarden.drift.Drift;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.LineParser;

/** What of a file is missing, and what only seems to be; one line is eighty bytes, one heartbeat ten seconds. */
class HolesTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final int LINE = 80;

    private final HeapMemory<Intervals> seen = new HeapMemory<>();
    private final HeapMemory<HostClock> clocks = new HeapMemory<>();
    private final OpenPanes open = new OpenPanes();
    private Intake intake = intake();
    private final List<Tally> drained = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private int beats;

    @Test
    void bytes_that_never_come_are_told_once_with_their_place() {
        // Given
        lines("a", 0, 1, 4, 5);

        // When
        beat(30);

        // Then
        assertThat(told()).containsExactly("a 160-320");
        assertThat(sum(Count.LOST_BYTES)).isEqualTo(2 * LINE);
    }

    @Test
    void bytes_that_come_within_the_patience_are_no_hole() {
        // Given
        lines("a", 0, 1, 4);
        beat(10);

        // When
        lines("a", 3, 2);
        beat(30);

        // Then
        assertThat(told()).isEmpty();
    }

    @Test
    void of_a_hole_that_closes_in_part_the_rest_is_told() {
        // Given
        lines("a", 0, 9);
        beat(5);

        // When
        lines("a", 3, 4, 6);
        beat(30);

        // Then
        assertThat(told()).containsExactlyInAnyOrder("a 80-240", "a 400-480", "a 560-720");
    }

    @Test
    void a_file_that_begins_later_has_no_hole_before_it() {
        lines("a", 100, 101, 102);
        beat(30);

        assertThat(told()).isEmpty();
    }

    @Test
    void a_file_whose_beginning_comes_behind_its_middle_has_one_in_between() {
        lines("a", 10, 11, 0, 1);
        beat(30);

        assertThat(told()).containsExactly("a 160-800");
    }

    @Test
    void what_comes_again_after_a_crash_is_no_hole() {
        lines("a", 0, 1, 2, 3);
        accept(new LogRecord.Hello("default", "mx1", List.of("mx1")));
        lines("a", 1, 2, 3, 4, 5);
        beat(30);

        assertThat(told()).isEmpty();
    }

    @Test
    void a_session_that_begins_has_all_the_patience_again() {
        // Given: a hole that has waited for almost as long as it may
        lines("a", 0, 2);
        beat(12);

        // When
        accept(new LogRecord.Hello("default", "mx1", List.of("mx1")));
        beat(3);
        lines("a", 1);
        beat(30);

        // Then
        assertThat(told()).isEmpty();
    }

    @Test
    void a_rotation_is_another_file_and_no_hole() {
        lines("a", 0, 1, 2);
        lines("b", 0, 1);
        lines("a", 3);
        lines("b", 2);
        beat(30);

        assertThat(told()).isEmpty();
    }

    @Test
    void a_backlog_of_three_hours_is_no_hole_however_fast_it_passes() {
        for (int i = 0; i < 1080; i++) {
            accept(line("a", i == 500 ? 501 : i == 501 ? 500 : i, START.plusSeconds(10L * i)));
        }
        beat(30);

        assertThat(told()).isEmpty();
    }

    @Test
    void a_file_that_several_hosts_share_has_no_holes() {
        for (int i = 0; i < 20; i += 2) {
            accept(new LogRecord.Line(
                    "default",
                    "mx1",
                    "postfix/smtpd",
                    1,
                    START,
                    "",
                    "x",
                    new Source("f", "f", (long) i * LINE, (i + 1L) * LINE, -1, -1)));
        }
        beat(30);

        assertThat(told()).isEmpty();
    }

    @Test
    void what_the_producer_says_is_lost_is_told_as_that_alone() {
        // Given
        lines("a", 0, 1);
        accept(new LogRecord.Loss("default", "mx1", "Kafka does not take it", source("a", 2)));

        // When
        lines("a", 3, 4);
        beat(30);

        // Then
        assertThat(told()).isEmpty();
        assertThat(sum(Count.LOSSES)).isEqualTo(1);
        assertThat(sum(Count.LOST_BYTES)).isEqualTo(LINE);
    }

    @Test
    void a_loss_that_is_said_after_later_lines_explains_their_hole_too() {
        // Given
        lines("a", 0, 1, 3, 4);
        beat(2);

        // When
        Intake.Outcome first = accept(new LogRecord.Loss("default", "mx1", "too large", source("a", 2)));
        Intake.Outcome again = accept(new LogRecord.Loss("default", "mx1", "too large", source("a", 2)));
        beat(30);

        // Then
        assertThat(first).isEqualTo(Intake.Outcome.NOTED);
        assertThat(again).isEqualTo(Intake.Outcome.DUPLICATE);
        assertThat(told()).isEmpty();
        assertThat(sum(Count.LOSSES)).isEqualTo(1);
    }

    @Test
    void a_truncation_that_loses_nobody_knows_how_much_is_a_loss_without_bytes() {
        lines("a", 0, 1);
        accept(new LogRecord.Loss(
                "default", "mx1", "rewritten or truncated", new Source("a", "a", 160, 160, -1, -1, true)));
        lines("b", 0, 1);
        beat(30);

        assertThat(told()).isEmpty();
        assertThat(sum(Count.LOSSES)).isEqualTo(1);
        assertThat(sum(Count.LOST_BYTES)).isZero();
    }

    @Test
    void at_the_end_of_a_host_what_is_missing_will_not_come() {
        lines("a", 0, 2);
        accept(new LogRecord.End("default", "mx1"));

        assertThat(told()).containsExactly("a 80-160");
    }

    @Test
    void many_holes_are_bounded_and_a_file_loses_none_of_them() {
        // When
        for (int i = 0; i < 2000; i += 2) {
            lines("a", i);
        }
        HostClock clock = clocks.get("default/mx1").orElseThrow();
        beat(30);

        // Then: of 512 pieces that are remembered of a file, 511 holes
        assertThat(clock.holes()).hasSizeLessThanOrEqualTo(Holes.MOST + Holes.MOST_SAID);
        assertThat(sum(Count.HOLES)).isGreaterThanOrEqualTo(511);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void any_order_duplicates_and_restarts_within_the_patience_tell_the_same(int seed) {
        // Given: some lines that never come, the others in any order, some twice
        Random random = new Random(seed);
        List<Integer> numbers = new ArrayList<>();
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            if (i > 0 && i < 59 && random.nextInt(8) == 0) {
                missing.add(i);
            } else {
                numbers.add(i);
                if (random.nextInt(4) == 0) {
                    numbers.add(i);
                }
            }
        }
        Collections.shuffle(numbers, random);

        // When
        for (int number : numbers) {
            lines("a", number);
            if (random.nextInt(10) == 0) {
                beat(1);
            }
            if (random.nextInt(10) == 0) {
                intake = intake();
            }
        }
        beat(30);

        // Then: every line that is missing is told once, and no other; an alert shows some of the places
        assertThat(sum(Count.LOST_BYTES)).as("seed %d", seed).isEqualTo((long) missing.size() * LINE);
        assertThat(missing).as("seed %d", seed).containsAll(numbers());
    }

    /** The numbers of the lines that were told as missing. */
    private List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (String hole : told()) {
            String[] bounds = hole.split(" ")[1].split("-");
            for (int at = Integer.parseInt(bounds[0]); at < Integer.parseInt(bounds[1]); at += LINE) {
                numbers.add(at / LINE);
            }
        }
        return numbers;
    }

    private void lines(String file, int... numbers) {
        for (int number : numbers) {
            accept(line(file, number, START.plusSeconds(beats * 10L)));
        }
    }

    private void beat(int times) {
        for (int i = 0; i < times; i++) {
            beats++;
            Instant now = START.plusSeconds(beats * 10L);
            accept(new LogRecord.Heartbeat("default", "mx1", now, now, "mx1"));
            collect();
        }
    }

    /** Each drain gives samples of its own, so that more than a tally keeps can be seen. */
    private void collect() {
        open.drain((key, host, pane, tally) -> {
            if (key.watch() == Watch.SERVER) {
                drained.add(tally);
                tally.samples(Count.HOLES)
                        .forEach(sample -> places.add(
                                sample.file() + " " + sample.text().replaceAll("bytes (\\d+) to (\\d+) .*", "$1-$2")));
            }
        });
    }

    private List<String> told() {
        collect();
        return places;
    }

    private long sum(Count count) {
        collect();
        return drained.stream().mapToLong(tally -> tally.count(count)).sum();
    }

    private Intake.Outcome accept(LogRecord record) {
        return intake.accept(record, open);
    }

    private Intake intake() {
        return new Intake(
                new LineParser(),
                new Correlator(new HeapMemory<>(), new HeapMemory<>(), CorrelatorParams.DEFAULT),
                new Tallier(),
                seen,
                clocks,
                new Drift(new HeapMemory<>()),
                IntakeParams.STANDARD);
    }

    private static LogRecord.Line line(String file, int number, Instant time) {
        return new LogRecord.Line(
                "default",
                "mx1",
                "postfix/smtpd",
                1,
                time,
                "",
                "connect from unknown[192.0.2.1]",
                source(file, number));
    }

    private static Source source(String file, int number) {
        return new Source(file, file, (long) number * LINE, (number + 1L) * LINE, -1, -1, true);
    }
}
