package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.config.AppConfig;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.incident.Alert;
import postwarden.scan.Engine;

/** Lines that are missing and clocks that are off, from the producer's records to the alert; a producer beats every ten seconds. */
class SensorStoriesTest {
    private static final Instant START = Instant.parse("2026-11-20T23:30:00Z");
    private static final int LINE = 100;

    private final Engine engine = new Engine(AppConfig.scanSettings());
    private final List<Alert> alerts = new ArrayList<>();
    private Instant now = START;
    private String file = "/var/log/mail.log";
    private long offset;

    SensorStoriesTest() {
        engine.accept(new LogRecord.Hello("default", "mx1", List.of("mx1"), "mx1"));
    }

    @Test
    void bytes_that_never_come_are_an_incident_with_their_interval() {
        // Given
        minutes(2, Duration.ZERO);

        // When
        long start = offset;
        offset += 7 * LINE;
        minutes(10, Duration.ZERO);

        // Then
        Alert alert = only("log-gap");
        assertThat(alert.cause()).isEqualTo("BYTES_NEVER_CAME");
        assertThat(alert.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(alert.subject().server()).isEqualTo("mx1");
        assertThat(alert.measures()).containsEntry("lostBytes", 700.0).containsEntry("holes", 1.0);
        assertThat(alert.countsAreLowerBounds()).isTrue();
        assertThat(alert.evidence()).hasSize(1);
        assertThat(alert.evidence().get(0).file()).isEqualTo("/var/log/mail.log");
        assertThat(alert.evidence().get(0).offset()).isEqualTo(start);
        assertThat(alert.evidence().get(0).text()).contains("bytes " + start + " to " + (start + 700));
        assertThat(alert.advice().get(0).steps().get(0)).contains("tail -c +" + (start + 1) + " /var/log/mail.log");
    }

    @Test
    void a_hole_of_a_megabyte_is_high() {
        minutes(2, Duration.ZERO);
        offset += 1_000_000;
        minutes(10, Duration.ZERO);

        assertThat(only("log-gap").severity()).isEqualTo(Severity.HIGH);
    }

    @ParameterizedTest
    @CsvSource({
        "rewritten or truncated at offset 160; what was written since the last look is lost, TRUNCATED, copytruncate",
        "Kafka does not take bytes 1 to 2 of x (RecordTooLarge), REFUSED_BY_KAFKA, max.message.bytes",
        "the journal no longer holds what was behind the last line, JOURNAL_TRIMMED, SystemMaxUse",
        "mail.log.1.gz cannot be unpacked behind byte 7, DAMAGED_ARCHIVE, status",
        "anything else, GONE_BEFORE_READ, status"
    })
    void what_the_producer_says_it_lost_names_its_cause_and_its_cure(String said, String cause, String cure) {
        // Given
        minutes(2, Duration.ZERO);

        // When
        engine.accept(new LogRecord.Loss("default", "mx1", said, new Source(file, file, offset, offset, 0, 9, true)));
        minutes(2, Duration.ZERO);

        // Then
        Alert alert = only("log-gap");
        assertThat(alert.cause()).isEqualTo(cause);
        assertThat(alert.advice().toString()).contains(cure);
        assertThat(alert.evidence().get(0).text()).contains(said);
    }

    @Test
    void the_trouble_is_over_when_no_more_is_lost() {
        minutes(2, Duration.ZERO);
        offset += LINE;
        minutes(25, Duration.ZERO);

        assertThat(states("log-gap")).containsExactly(Alert.State.OPEN, Alert.State.RESOLVED);
    }

    @Test
    void a_rotation_at_midnight_a_restart_and_a_quiet_night_are_nothing() {
        // When
        minutes(30, Duration.ZERO);
        file = "/var/log/mail.log#2";
        offset = 0;
        minutes(5, Duration.ZERO);
        engine.accept(new LogRecord.Hello("default", "mx1", List.of("mx1"), "mx1"));
        offset -= 3 * LINE;
        minutes(5, Duration.ZERO);
        for (int beat = 0; beat < 600; beat++) {
            beat();
        }

        // Then
        assertThat(alerts).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7200, WRONG_ZONE, MEDIUM, 2 h ahead, 2 h east",
        "-7200, WRONG_ZONE, MEDIUM, 2 h behind, 2 h west",
        "-19800, WRONG_ZONE, MEDIUM, 5.5 h behind, 5.5 h west",
        "3600, WRONG_ZONE, MEDIUM, 1 h ahead, 1 h east",
        "-100, CLOCK_OFF, LOW, behind, chronyc",
        "-900, CLOCK_OFF, MEDIUM, 15 min behind, chronyc",
        "300, STAMPS_IN_FUTURE, LOW, 5 min ahead, chronyc",
        "-34560000, CLOCK_OFF, MEDIUM, behind, chronyc"
    })
    void stamps_that_are_off_are_told_with_cause_and_cure(
            int seconds, String cause, Severity severity, String title, String cure) {
        // Given
        minutes(2, Duration.ZERO);

        // When
        minutes(8, Duration.ofSeconds(seconds));

        // Then
        Alert alert = only("clock-skew");
        assertThat(alert.cause()).isEqualTo(cause);
        assertThat(alert.severity()).isEqualTo(severity);
        assertThat(alert.title()).contains(title);
        assertThat(alert.advice().toString()).contains(cure);
        assertThat(alert.measures().get("offsetSeconds")).isBetween(Math.abs(seconds) - 6.0, Math.abs(seconds) + 6.0);
        assertThat(alert.detectedAt()).isBefore(START.plusSeconds(600));
    }

    @ParameterizedTest
    @CsvSource({"0", "3", "-3", "20", "-20", "-40", "45"})
    void stamps_within_the_bound_are_nothing(int seconds) {
        minutes(2, Duration.ZERO);
        minutes(20, Duration.ofSeconds(seconds));

        assertThat(alerts).isEmpty();
    }

    @Test
    void a_backlog_of_three_hours_is_no_skew() {
        // Given
        minutes(2, Duration.ZERO);

        // When: the producer was down; it reads what is old, says so, and is at the end a few minutes later
        Instant written = now;
        now = now.plus(Duration.ofHours(3));
        while (written.isBefore(now)) {
            for (int i = 0; i < 100; i++) {
                written = written.plusSeconds(4);
                line(written);
            }
            now = now.plusSeconds(10);
            engine.accept(new LogRecord.Heartbeat("default", "mx1", written, now, "mx1"));
            drain();
        }
        minutes(10, Duration.ZERO);

        // Then
        assertThat(alerts).isEmpty();
    }

    @Test
    void a_relay_that_delivers_its_own_backlog_is_no_skew() {
        // Given
        minutes(2, Duration.ZERO);

        // When: everything is read at once, but it was written up to three hours ago, less with each beat
        for (Duration age = Duration.ofHours(3); !age.isNegative(); age = age.minusSeconds(40)) {
            line(now.plusSeconds(5).minus(age));
            beat();
        }
        minutes(10, Duration.ZERO);

        // Then
        assertThat(alerts).isEmpty();
    }

    @Test
    void a_clock_that_is_mended_is_over_and_a_quiet_hour_of_one_that_is_not_is_not() {
        // Given
        minutes(2, Duration.ZERO);
        minutes(10, Duration.ofHours(-2));

        // When
        for (int beat = 0; beat < 120; beat++) {
            beat();
        }
        List<Alert.State> quiet = states("clock-skew");
        minutes(30, Duration.ZERO);

        // Then
        assertThat(quiet).containsExactly(Alert.State.OPEN);
        assertThat(states("clock-skew")).containsExactly(Alert.State.OPEN, Alert.State.RESOLVED);
    }

    /** A line every five seconds whose stamps are off by so much, and a heartbeat at which all is read. */
    private void minutes(int minutes, Duration off) {
        for (int beat = 0; beat < minutes * 6; beat++) {
            line(now.plusSeconds(3).plus(off));
            line(now.plusSeconds(8).plus(off));
            beat();
        }
    }

    private void beat() {
        now = now.plusSeconds(10);
        engine.accept(new LogRecord.Heartbeat("default", "mx1", now, now, "mx1"));
        drain();
    }

    private void line(Instant stamp) {
        Source source = new Source(file.split("#")[0], file, offset, offset + LINE, 0, offset / LINE, true);
        offset += LINE;
        engine.accept(new LogRecord.Line(
                "default", "mx1", "postfix/qmgr", 1, stamp, stamp + " mx1 postfix/qmgr[1]: ", "ABC: removed", source));
    }

    private void drain() {
        alerts.addAll(engine.drain());
    }

    private Alert only(String detector) {
        assertThat(alerts.stream().map(Alert::detector).distinct()).containsExactly(detector);
        assertThat(alerts.stream().map(Alert::incidentId).distinct()).hasSize(1);
        return alerts.get(0);
    }

    private List<Alert.State> states(String detector) {
        return alerts.stream()
                .filter(alert -> alert.detector().equals(detector))
                .map(Alert::state)
                .toList();
    }
}
