package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import postwarden.event.LogRecord;

class IntakeProgressTest {
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final IntakeProgress progress = new IntakeProgress(registry);

    @Test
    void it_is_as_far_behind_as_the_newest_time_that_it_has_read_of() {
        // Given
        clock.add(Duration.ofHours(2));
        progress.begin(3);

        // When
        progress.read(said(ago(3000)), clock.wallTime());
        progress.read(said(ago(60)), clock.wallTime());
        progress.read(said(ago(4000)), clock.wallTime());

        // Then
        assertThat(behind()).isEqualTo(60);
        clock.add(Duration.ofSeconds(5));
        assertThat(behind()).isEqualTo(65);
    }

    @Test
    void a_clock_that_is_ahead_hides_no_backlog() {
        // Given
        clock.add(Duration.ofHours(2));
        progress.begin(3);

        // When
        progress.read(said(ago(-3600)), clock.wallTime() - 90_000);

        // Then
        assertThat(behind()).isEqualTo(90);
    }

    @Test
    void offsets_that_were_passed_over_are_counted_and_a_new_beginning_passes_over_none() {
        // Given
        progress.begin(0);

        // When
        progress.record(10);
        progress.record(11);
        progress.record(15);
        progress.begin(0);
        progress.record(100);

        // Then
        assertThat(registry.counter("postwarden.records.missed").count()).isEqualTo(3);
    }

    @Test
    void nothing_is_shown_before_something_was_read_and_after_the_task_has_gone() {
        // Given
        progress.begin(0);
        assertThat(registry.find("postwarden.intake.behind").gauge()).isNull();
        progress.read(said(ago(0)), clock.wallTime());
        assertThat(behind()).isZero();

        // When
        progress.end();

        // Then
        assertThat(registry.find("postwarden.intake.behind").gauge()).isNull();
    }

    private double behind() {
        return registry.get("postwarden.intake.behind").gauge().value();
    }

    private Instant ago(long seconds) {
        return Instant.ofEpochMilli(clock.wallTime()).minusSeconds(seconds);
    }

    private static LogRecord said(Instant time) {
        return new LogRecord.Heartbeat("default", "mx1", time);
    }
}
