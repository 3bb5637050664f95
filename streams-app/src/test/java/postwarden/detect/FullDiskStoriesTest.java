package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.MailHost.Outcome;
import postwarden.incident.Alert;

/** A host whose disk is full, told by its daemons' own lines from the first to the alert. */
class FullDiskStoriesTest {
    private static final Duration LATER = Duration.ofHours(1);

    private final MailHost host = new MailHost("mx1");

    @Test
    void a_host_that_refuses_everything_for_want_of_space_is_told_within_minutes_and_until_it_has_space() {
        // Given an office that is refused for an hour, a message a minute, and taken again afterwards
        everyday(Duration.ZERO, LATER);
        for (int i = 0; i < 60; i++) {
            refused(LATER.plusMinutes(i), "452 4.3.1 Insufficient system storage");
        }
        everyday(LATER.plusHours(1), LATER.plusHours(2));

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("queue-io");
        Alert first = alerts.get(0);
        assertThat(first.severity()).isEqualTo(Severity.HIGH);
        assertThat(first.cause()).isEqualTo("DISK_FULL");
        assertThat(Duration.between(MailHost.START.plus(LATER), first.detectedAt()))
                .isLessThan(Duration.ofMinutes(5));
        assertThat(first.evidence()).isNotEmpty();
        Alert last = alerts.get(alerts.size() - 1);
        assertThat(last.state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(last.severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void a_message_that_finds_room_now_and_then_is_no_end_of_it() {
        // Given
        everyday(Duration.ZERO, LATER);
        for (int i = 0; i < 90; i++) {
            refused(LATER.plusMinutes(i), "452 4.3.1 Insufficient system storage");
        }
        for (int i = 30; i < 90; i += 15) {
            everyday(LATER.plusMinutes(i), LATER.plusMinutes(i + 1));
        }

        // When
        List<Severity> told = host.verdicts().stream().map(Alert::severity).toList();

        // Then
        assertThat(told.stream().dropWhile(severity -> severity != Severity.CRITICAL))
                .isNotEmpty()
                .containsOnly(Severity.CRITICAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cleanup", "postdrop", "qmgr"})
    void a_daemon_that_cannot_write_is_told_where_nothing_was_seen_to_be_refused(String daemon) {
        everyday(Duration.ZERO, LATER);
        for (int i = 0; i < 10; i++) {
            host.says(
                    LATER.plusMinutes(i),
                    "postfix/" + daemon + "[263]",
                    "warning: 3A4" + i + "BCDEF1: write queue file: No space left on device");
        }
        assertThat(host.told()).containsEntry("queue-io", Severity.MEDIUM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "452 4.2.2 <jo@example.com>: Recipient address rejected: mailbox is full",
                "450 4.1.1 <jo@example.com>: Recipient address rejected: unverified address: host mx.example.org"
                        + "[198.51.100.9] said: 452 4.3.1 Insufficient system storage (in reply to RCPT TO command)"
            })
    void a_quota_or_another_sides_disk_is_not_ours(String words) {
        everyday(Duration.ZERO, LATER);
        for (int i = 0; i < 60; i++) {
            refused(LATER.plusMinutes(i), words);
        }
        assertThat(host.told()).doesNotContainKey("queue-io");
    }

    private void refused(Duration at, String words) {
        host.says(
                at,
                "postfix/smtpd[75]",
                "NOQUEUE: reject: MAIL from mx.partner.example[198.51.100.7]: " + words
                        + "; from=<a@partner.example> proto=ESMTP helo=<mx.partner.example>");
    }

    private void everyday(Duration from, Duration to) {
        for (Duration at = from; at.compareTo(to) < 0; at = at.plusSeconds(60)) {
            host.submits(at, "jo@example.com", "192.0.2.77", Outcome.SENT, "friend@example.org");
        }
    }
}
