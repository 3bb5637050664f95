package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import postwarden.correlate.Correlator;
import postwarden.correlate.CorrelatorParams;
import postwarden.correlate.HeapMemory;
import postwarden.drift.Drift;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.LineParser;

class IntakeTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final long PANE = Pane.of(START);

    private final HeapMemory<postwarden.correlate.Intervals> seen = new HeapMemory<>();
    private final HeapMemory<HostClock> clocks = new HeapMemory<>();
    private final OpenPanes open = new OpenPanes();
    private final Intake intake = intake();

    @Test
    void a_line_counts_once_in_the_pane_of_its_own_time() {
        // When
        List<Intake.Outcome> outcomes = List.of(
                accept(line("mx1", 0, START)),
                accept(line("mx1", 0, START)),
                accept(line("mx1", 1, START.plusSeconds(10))));

        // Then
        assertThat(outcomes).containsExactly(Intake.Outcome.COUNTED, Intake.Outcome.DUPLICATE, Intake.Outcome.COUNTED);
        assertThat(lines("mx1", PANE)).isEqualTo(1);
        assertThat(lines("mx1", PANE + 1)).isEqualTo(1);
    }

    @Test
    void a_late_line_is_counted_where_it_belongs_and_called_late() {
        // Given
        accept(line("mx1", 0, START.plusSeconds(60)));

        // When
        Intake.Outcome outcome = accept(line("mx1", 1, START));

        // Then
        assertThat(outcome).isEqualTo(Intake.Outcome.LATE);
        assertThat(lines("mx1", PANE)).isEqualTo(1);
    }

    @Test
    void one_host_ahead_of_its_time_makes_no_line_of_another_late() {
        // Given
        accept(line("mx1", 0, START.plus(Duration.ofHours(1))));

        // When
        Intake.Outcome outcome = accept(line("mx2", 0, START));

        // Then
        assertThat(outcome).isEqualTo(Intake.Outcome.COUNTED);
    }

    @Test
    void the_same_bytes_of_another_host_or_file_are_other_bytes() {
        assertThat(accept(line("mx1", 0, START))).isEqualTo(Intake.Outcome.COUNTED);
        assertThat(accept(line("mx2", 0, START))).isEqualTo(Intake.Outcome.COUNTED);
        assertThat(accept(new LogRecord.Line(
                        "default", "mx1", "postfix/smtpd", 1, START, "", "x", new Source("f", "other", 0, 80, -1, -1))))
                .isEqualTo(Intake.Outcome.COUNTED);
        assertThat(accept(line("mx1", 0, START))).isEqualTo(Intake.Outcome.DUPLICATE);
    }

    @Test
    void what_was_read_is_known_to_the_one_who_comes_after() {
        // Given
        accept(line("mx1", 0, START));

        // When
        Intake.Outcome outcome = intake().accept(line("mx1", 0, START), open);

        // Then
        assertThat(outcome).isEqualTo(Intake.Outcome.DUPLICATE);
    }

    @Test
    void the_producers_words_are_noted_and_told_on() {
        // When
        accept(new LogRecord.Hello("default", "mx1", List.of("mx1", "mx2")));
        accept(line("mx1", 0, START));
        accept(new LogRecord.Heartbeat("default", "mx1", START.plusSeconds(60)));
        accept(new LogRecord.End("default", "mx2"));

        // Then
        assertThat(open.drain((key, host, pane, tally) -> {}))
                .containsExactly(
                        new Progress("default", "mx1", PANE + 4, false, List.of("mx1", "mx2")),
                        new Progress("default", "mx2", Long.MIN_VALUE, true, List.of()));
    }

    @Test
    void what_has_no_readable_header_counts_among_its_neighbours() {
        // Given
        accept(line("mx1", 0, START));

        // When
        accept(new LogRecord.Unparsed("default", "mx1", "no header", "garbage", source(1)));
        accept(new LogRecord.Loss("default", "mx1", "truncated", source(2)));

        // Then
        Tally server = open.open("default", "mx1", PANE, Watch.SERVER, "mx1");
        assertThat(server.count(Count.UNPARSED)).isEqualTo(1);
        assertThat(server.count(Count.LOST_LINES)).isEqualTo(1);
        assertThat(server.has(Mark.LOG_GAP)).isTrue();
        assertThat(intake.unparsed()).isEqualTo(1);
    }

    @Test
    void the_outcomes_add_up_and_nothing_that_was_counted_is_missing() {
        for (long seed = 0; seed < 20; seed++) {
            Map<Intake.Outcome, Long> outcomes = new EnumMap<>(Intake.Outcome.class);
            OpenPanes panes = new OpenPanes();
            Intake one = new IntakeTest().intake;
            Random random = new Random(seed);
            for (int i = 0; i < 2000; i++) {
                outcomes.merge(one.accept(any(random), panes), 1L, Long::sum);
            }
            long[] counted = {0};
            panes.drain((key, host, pane, tally) ->
                    counted[0] += key.watch() == Watch.SERVER ? tally.sum(Count.LINES, Count.UNPARSED) : 0);

            assertThat(outcomes.values().stream().mapToLong(Long::longValue).sum())
                    .as("seed %d", seed)
                    .isEqualTo(2000);
            assertThat(counted[0])
                    .as("seed %d", seed)
                    .isEqualTo(outcomes.getOrDefault(Intake.Outcome.COUNTED, 0L)
                            + outcomes.getOrDefault(Intake.Outcome.LATE, 0L));
        }
    }

    private static LogRecord any(Random random) {
        String host = "mx" + random.nextInt(3);
        Source source = source(random.nextInt(500));
        Instant time = START.plusSeconds(random.nextInt(600));
        return switch (random.nextInt(12)) {
            case 0 -> new LogRecord.Unparsed("default", host, "no header", "?", source);
            case 1 -> new LogRecord.Continuation("default", host, source);
            case 2 -> new LogRecord.Heartbeat("default", host, time);
            case 3 -> new LogRecord.Hello("default", host, List.of(host));
            case 4 -> new LogRecord.End("default", host);
            case 5 -> new LogRecord.Loss("default", host, "gone", source);
            default -> line(host, (int) (source.start() / 80), time);
        };
    }

    private Intake.Outcome accept(LogRecord record) {
        return intake.accept(record, open);
    }

    private long lines(String host, long pane) {
        return open.open("default", host, pane, Watch.SERVER, host).count(Count.LINES);
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

    private static LogRecord.Line line(String host, int number, Instant time) {
        return new LogRecord.Line(
                "default", host, "postfix/smtpd", 1, time, "", "connect from unknown[192.0.2.1]", source(number));
    }

    private static Source source(int number) {
        return new Source("/var/log/mail.log", "mail.log:1", number * 80L, number * 80L + 80, -1, -1);
    }
}
