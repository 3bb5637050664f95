package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.config.AppConfig;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.incident.Alert;
import postwarden.scan.Engine;

/** Two machines with one identity, from their producers' records to the alert; each beats every ten seconds. */
class SharedIdentityTest {
    private static final Instant START = Instant.parse("2026-11-20T23:30:00Z");
    private static final int LINE = 100;

    private final Engine engine = new Engine(AppConfig.scanSettings());
    /** Numbers of runs of a producer. */
    private static final int ONE = 1 << 30;

    private static final int OTHER = ONE + 1;

    private final List<Alert> alerts = new ArrayList<>();
    private Instant now = START;

    SharedIdentityTest() {
        engine.accept(new LogRecord.Hello("default", "mx1", List.of("mx1"), "mx1"));
    }

    @Test
    void a_machine_that_was_copied_is_one_incident_while_both_run_and_over_when_the_copy_is_gone() {
        // Given
        long end = alone(0, Duration.ofMinutes(3));

        // When: the copy goes on from where both were
        long mine = end;
        long copied = end;
        for (int beat = 0; beat < 60; beat++) {
            line(mine, ONE);
            mine += LINE;
            line(copied, OTHER);
            copied += LINE;
            beat();
        }
        alone(mine, Duration.ofMinutes(60));

        // Then
        assertThat(alerts.stream().map(Alert::detector).distinct()).containsExactly("shared-identity");
        assertThat(alerts.stream().map(Alert::incidentId).distinct()).hasSize(1);
        assertThat(alerts.get(alerts.size() - 1).state()).isEqualTo(Alert.State.RESOLVED);
        Alert alert = alerts.get(0);
        assertThat(alert.cause()).isEqualTo("COPIED_MACHINE");
        assertThat(alert.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(alert.subject().server()).isEqualTo("mx1");
        assertThat(alert.evidence().get(0).offset()).isEqualTo(end);
        assertThat(alert.advice().toString()).contains("hostnamectl set-hostname");
        assertThat(alert.detectedAt()).isBefore(START.plus(Duration.ofMinutes(5)));
    }

    @Test
    void what_a_dead_producer_had_on_its_way_is_nothing() {
        // Given: its successor has sent it again before a broker took it
        long end = alone(0, Duration.ofMinutes(3));
        for (int i = 0; i < 50; i++) {
            line(end + (long) i * LINE, 0);
        }

        // When
        for (int i = 0; i < 50; i++) {
            line(end + (long) i * LINE, ONE);
        }
        beat();
        alone(end + 50 * LINE, Duration.ofMinutes(60));

        // Then
        assertThat(alerts).isEmpty();
    }

    @Test
    void what_is_sent_again_day_after_day_is_nothing() {
        long end = alone(0, Duration.ofMinutes(10));
        for (long again = 0; again < end; again += LINE) {
            line(again, 0);
        }
        alone(end, Duration.ofMinutes(10));

        assertThat(alerts).isEmpty();
    }

    @Test
    void what_a_mirror_repeats_is_nothing() {
        long end = alone(0, Duration.ofMinutes(10));
        for (int round = 0; round < 3; round++) {
            for (long again = 0; again < end; again += LINE) {
                line(again, ONE);
            }
            beat();
        }
        alone(end, Duration.ofMinutes(10));

        assertThat(alerts).isEmpty();
    }

    /** A line with each beat; answers where the next one stands. */
    private long alone(long offset, Duration time) {
        long at = offset;
        for (int beat = 0; beat < time.toSeconds() / 10; beat++) {
            line(at, ONE);
            at += LINE;
            beat();
        }
        return at;
    }

    private void beat() {
        now = now.plusSeconds(10);
        engine.accept(new LogRecord.Heartbeat("default", "mx1", now, now, "mx1"));
        alerts.addAll(engine.drain());
    }

    private void line(long offset, int fresh) {
        Instant stamp = now.plusSeconds(5);
        Source source = new Source("/var/log/mail.log", "id", offset, offset + LINE, 0, offset / LINE, true, fresh);
        engine.accept(new LogRecord.Line(
                "default", "mx1", "postfix/qmgr", 1, stamp, stamp + " mx1 postfix/qmgr[1]: ", "ABC: removed", source));
    }
}
