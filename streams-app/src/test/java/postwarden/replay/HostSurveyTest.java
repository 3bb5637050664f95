package postwarden.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.tally.IntakeParams;

class HostSurveyTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Source SOURCE = new Source("mail.log", "mail.log", 0, 1, 0, 0);

    private final HostSurvey survey = new HostSurvey(IntakeParams.STANDARD, 7);

    @Test
    void a_host_is_watched_while_its_clock_advances() {
        // When
        survey.take(line(NOON), 8);
        survey.take(line(NOON.plusSeconds(60)), 9);
        survey.take(line(NOON.plusSeconds(50)), 10);
        survey.take(new LogRecord.Heartbeat("default", "mx1", NOON.plusSeconds(100)), 11);

        // Then
        HostPart part = survey.part(0, "default", "mx1");
        assertThat(part.watchedMillis()).isEqualTo(Duration.ofSeconds(100).toMillis());
        assertThat(part.firstMillis()).isEqualTo(NOON.toEpochMilli());
        assertThat(part.last()).isEqualTo(11);
        assertThat(part.lines()).isEqualTo(3);
        assertThat(part.records()).isEqualTo(4);
    }

    @Test
    void a_line_of_another_year_adds_nothing_and_a_host_that_leaps_an_hour_at_most() {
        // When
        survey.take(line(NOON), 8);
        survey.take(line(NOON.plus(Duration.ofDays(365))), 9);
        survey.take(line(NOON.plusSeconds(60)), 10);
        survey.take(line(NOON.plus(Duration.ofDays(30))), 11);
        survey.take(line(NOON.plus(Duration.ofDays(30)).plusSeconds(1)), 12);

        // Then
        HostPart part = survey.part(0, "default", "mx1");
        assertThat(part.watchedMillis())
                .isEqualTo(Duration.ofHours(1).plusSeconds(60).toMillis());
    }

    @Test
    void who_was_only_announced_stands_where_that_was_said() {
        // When
        HostPart part = survey.part(0, "default", "mx1");

        // Then
        assertThat(part).isEqualTo(new HostPart(0, "default", "mx1", 7, 0, 0, HostPart.NO_TIME, HostPart.NO_TIME, 0));
    }

    private static LogRecord line(Instant time) {
        return new LogRecord.Line("default", "mx1", "postfix/smtpd", 1, time, "", "x", SOURCE);
    }
}
