package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.MailHost.Outcome;
import postwarden.incident.Alert;

/** Programs that answer mail: each other without end, or each message once. */
class AnswersTest {
    private static final Duration LATER = Duration.ofHours(2);

    private final MailHost host = new MailHost("mx1");

    @Test
    void two_programs_that_answer_each_other_are_a_circle() {
        // Given
        for (int i = 0; i < 30; i++) {
            Duration at = LATER.plusSeconds(20L * i);
            host.receives(at, "198.51.100.9", "helpdesk@one.example", "t" + i + "@one.example", "b@example.com");
            host.pickedUp(at.plusSeconds(2), 5000, "b@example.com", Outcome.SENT, "helpdesk@one.example");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).contains("mail-loop");
        Alert loop = alerts.stream()
                .filter(alert -> alert.detector().equals("mail-loop"))
                .findFirst()
                .orElseThrow();
        assertThat(loop.cause()).isEqualTo("ANSWERING_MACHINES");
        assertThat(loop.title()).contains("helpdesk@one.example", "b@example.com");
    }

    @Test
    void a_program_that_reports_and_is_answered_now_and_then_is_no_circle() {
        for (int i = 0; i < 60; i++) {
            Duration at = LATER.plusSeconds(10L * i);
            host.receives(at, "198.51.100.9", "alarm@one.example", "t" + i + "@one.example", "b@example.com");
            if (i % 12 == 0) {
                host.pickedUp(at.plusSeconds(2), 5000, "b@example.com", Outcome.SENT, "alarm@one.example");
            }
        }
        assertThat(host.told()).doesNotContainKey("mail-loop");
    }

    @Test
    void programs_that_do_not_stop_answering_each_other_are_grave_after_half_an_hour() {
        // Given
        for (int i = 0; i < 60; i++) {
            Duration at = LATER.plusSeconds(60L * i);
            host.receives(at, "198.51.100.9", "helpdesk@one.example", "t" + i + "@one.example", "b@example.com");
            host.pickedUp(at.plusSeconds(25), 5000, "b@example.com", Outcome.SENT, "helpdesk@one.example");
        }

        // When
        List<Alert> loop = host.verdicts().stream()
                .filter(alert -> alert.detector().equals("mail-loop"))
                .toList();

        // Then
        assertThat(loop.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(loop).extracting(Alert::severity).contains(Severity.HIGH);
        assertThat(loop).extracting(Alert::incidentId).containsOnly(loop.get(0).incidentId());
    }

    @Test
    void a_burst_of_alarms_of_which_a_ticket_system_answers_each_is_no_circle() {
        for (int i = 0; i < 40; i++) {
            Duration at = LATER.plusMinutes(30L * (i / 20)).plusSeconds(6L * (i % 20));
            host.receives(at, "198.51.100.9", "alarm@one.example", "t" + i + "@one.example", "b@example.com");
            host.pickedUp(at.plusSeconds(4), 5000, "b@example.com", Outcome.SENT, "alarm@one.example");
        }
        assertThat(host.told()).doesNotContainKey("mail-loop");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answers_to_our_own_newsletter_are_no_bomb(boolean login) {
        // Given readers half of whom are away
        for (int i = 0; i < 400; i++) {
            Duration at = LATER.plusSeconds(i);
            String reader = "reader" + i + "@shop" + i % 170 + ".example";
            if (login) {
                host.submits(at, "news@example.com", "192.0.2.30", Outcome.SENT, reader);
            } else {
                host.pickedUp(at, 5000, "news@example.com", Outcome.SENT, reader);
            }
            if (i % 2 == 0) {
                host.receives(at.plusSeconds(40), "198.51.100." + i % 200, reader, "away" + i, "news@example.com");
            }
        }

        // When / Then
        assertThat(host.told()).doesNotContainKeys("email-bombing", "mail-loop");
    }

    @Test
    void a_ticket_system_that_answers_each_customer_is_neither_buried_nor_in_a_circle() {
        // Given
        for (int i = 0; i < 300; i++) {
            Duration at = LATER.plusSeconds(2L * i);
            String customer = "customer" + i + "@shop" + i % 170 + ".example";
            host.receives(at, "198.51.100." + i % 200, customer, "case" + i, "support@example.com");
            host.submits(at.plusSeconds(5), "support@example.com", "192.0.2.31", Outcome.SENT, customer);
        }

        // When / Then
        assertThat(host.told()).doesNotContainKeys("email-bombing", "mail-loop");
    }
}
