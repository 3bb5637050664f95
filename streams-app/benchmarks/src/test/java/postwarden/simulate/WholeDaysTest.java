package postwarden.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.parse.LineParser;

/** A week of a fleet, line by line: some minutes, in the long profile only. */
@Tag("long")
class WholeDaysTest {
    private static final int DAYS = 7;

    @Test
    void a_week_has_its_rhythm_every_line_is_recognised_and_nothing_piles_up() {
        // Given
        LineParser parser = new LineParser();
        Shape shape = new Shape(
                10,
                Instant.parse("2026-11-16T00:00:00Z"),
                Duration.ofDays(DAYS),
                Duration.ofHours(1),
                Set.of(),
                true,
                1);
        Simulation simulation = new Simulation(shape);

        // When
        int[] linesOfDay = new int[DAYS];
        int[] waiting = new int[DAYS];
        Set<String> unknown = new TreeSet<>();
        for (Optional<LogRecord.Line> next = simulation.next(); next.isPresent(); next = simulation.next()) {
            LogRecord.Line line = next.get();
            int day = line.time().atZone(ZoneOffset.UTC).getDayOfMonth() - 16;
            linesOfDay[day]++;
            waiting[day] = simulation.entered();
            if (parser.parse(line).is(Kind.UNRECOGNISED)) {
                unknown.add(line.text());
            }
        }

        // Then
        assertThat(unknown).isEmpty();
        assertThat(linesOfDay[6]).isPositive().isLessThan(linesOfDay[1]);
        // What waits at the end of a day is the next day's appointments and mail that is put off: not more day by day.
        assertThat(waiting[DAYS - 1]).isLessThan(4 * waiting[1]);
    }
}
