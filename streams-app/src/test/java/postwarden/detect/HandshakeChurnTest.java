package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.detect.handshakechurn.HandshakeChurnDetector;
import postwarden.detect.handshakechurn.HandshakeChurnParams;
import postwarden.incident.Alert;
import postwarden.tally.Watch;

/** Clients that connect and leave: a fault of our own, and the noise of the internet. */
class HandshakeChurnTest {
    private static final double HOUR = 3600;
    private static final int SENDERS = 40;

    private final HandshakeChurnDetector detector = new HandshakeChurnDetector(HandshakeChurnParams.defaults());

    @Test
    void senders_that_used_to_bring_mail_and_now_leave_at_once_point_at_our_own_name() {
        // Given
        LogStory story = ordinaryHour();
        for (int i = 0; i < 300; i++) {
            story.postfix(HOUR + i * 2, 0.4, sender(i), "ehlo=1 quit=1 commands=2");
        }

        // When
        List<Finding> findings = assess(story);

        // Then
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).cause()).isEqualTo("OWN_NAME_OR_POLICY");
        assertThat(findings.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(findings.get(0).technique()).isEmpty();
        assertThat(findings.get(0).advice().get(0).steps()).anyMatch(step -> step.contains("dig -x"));
        assertThat(findings.get(0).advice().get(0).never()).anyMatch(text -> text.contains("connection limits"));
    }

    @Test
    void handshakes_that_fail_point_at_our_certificate() {
        // Given
        LogStory story = ordinaryHour();
        for (int i = 0; i < 300; i++) {
            double at = HOUR + i * 2;
            String ip = sender(i);
            String program = "postfix/smtpd[" + (5000 + i) + "]: ";
            story.say(at, program + "connect from mail.example.org[" + ip + "]")
                    .say(at + 0.2, program + "SSL_accept error from mail.example.org[" + ip + "]: -1")
                    .say(at + 0.3, program + "lost connection after STARTTLS from mail.example.org[" + ip + "]")
                    .say(
                            at + 0.4,
                            program + "disconnect from mail.example.org[" + ip + "] ehlo=1 starttls=0/1 commands=1/2");
        }

        // When
        List<Finding> findings = assess(story);

        // Then
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).cause()).isEqualTo("OWN_TLS");
        assertThat(findings.get(0).evidence()).isNotEmpty();
    }

    @Test
    void exim_that_tells_of_sessions_without_mail_shows_the_same() {
        // Given
        LogStory story = ordinaryHourOfExim("esmtp");
        for (int i = 0; i < 300; i++) {
            story.say(HOUR + i * 2, "exim[82]: no MAIL in SMTP connection from [" + sender(i) + "] D=0s C=EHLO,QUIT");
        }

        // When
        List<Finding> findings = story.of(Watch.SERVER, "cp1").assess(detector);

        // Then
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).cause()).isEqualTo("OWN_NAME_OR_POLICY");
    }

    @Test
    void exim_that_only_tells_of_handshakes_that_failed_shows_our_certificate() {
        // Given
        LogStory story = ordinaryHourOfExim("esmtps");
        for (int i = 0; i < 150; i++) {
            String client = "mail.example.org [" + sender(i) + "]";
            story.say(
                            HOUR + i * 4,
                            "exim[82]: TLS error on connection from " + client
                                    + " (gnutls_handshake): A TLS fatal alert"
                                    + " has been received.: Certificate is bad")
                    .say(HOUR + i * 4, "exim[82]: SMTP connection from " + client + " closed by EOF");
        }

        // When
        List<Finding> findings = story.of(Watch.SERVER, "cp1").assess(detector);

        // Then
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).cause()).isEqualTo("OWN_TLS");
        assertThat(findings.get(0).evidence()).isNotEmpty();
    }

    @Test
    void a_failed_handshake_explains_its_session_though_exim_says_twice_that_it_came_to_nothing() {
        // Given
        LogStory story = ordinaryHourOfExim("esmtps");
        for (int i = 0; i < 150; i++) {
            String client = "mail.example.org [" + sender(i) + "]";
            story.say(
                            HOUR + i * 4,
                            "exim[82]: TLS error on connection from " + client
                                    + " (SSL_accept): error:0A000415:SSL routines::sslv3 alert certificate expired")
                    .say(HOUR + i * 4, "exim[82]: no MAIL in SMTP connection from " + client + " D=0s C=EHLO,STARTTLS");
        }

        // When
        List<Finding> findings = story.of(Watch.SERVER, "cp1").assess(detector);

        // Then
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).cause()).isEqualTo("OWN_TLS");
    }

    @Test
    void a_wave_of_scanners_is_none() {
        // Given
        LogStory story = ordinaryHour();
        for (int i = 0; i < 240; i++) {
            story.postfix(HOUR + i * 1.2, 0.4, "203.0.113." + i % 20, "commands=0/0");
            story.message(HOUR + i * 5 + 0.5, sender(i));
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void the_check_of_a_load_balancer_is_none() {
        // Given
        LogStory story = ordinaryHour();
        for (int i = 0; i < 1200; i++) {
            story.postfix(HOUR + i * 0.5, 0.1, "203.0.113.250", "commands=0/0");
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void one_flooder_is_none() {
        // Given
        LogStory story = ordinaryHour();
        for (int i = 0; i < 5000; i++) {
            story.postfix(HOUR + i * 0.1, 0.1, i % 20 == 0 ? "203.0.113." + i % 200 : "203.0.113.9", "commands=0/0");
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void handshakes_that_fail_on_a_small_host_are_told_within_the_hour() {
        // Given an office with a message a minute, whose certificate expires
        LogStory story = smallOffice();
        for (int i = 0; i < 480; i++) {
            handshakeFails(story, 3 * HOUR + i * 60, sender(i * 7));
        }

        // When
        List<Finding> findings = assess(story);

        // Then
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).cause()).isEqualTo("OWN_TLS");
        assertThat(findings.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(findings).extracting(Finding::pane).doesNotHaveDuplicates().hasSizeGreaterThan(7 * 360 - 30);
    }

    @Test
    void scanners_that_are_most_of_a_small_hosts_night_are_none() {
        // Given strangers who fail at their handshake, a session a minute, while hardly any mail comes
        LogStory story = smallOffice();
        for (int i = 0; i < 90; i++) {
            handshakeFails(story, 3 * HOUR + i * 60, "203.0.113." + i % 60);
            if (i % 10 == 0) {
                story.message(3 * HOUR + i * 60 + 30, sender(i));
            }
        }

        // When / Then
        assertThat(assess(story)).isEmpty();
    }

    @Test
    void a_certificate_that_is_not_mended_over_lunch_is_one_incident() {
        // Given an office with a message a minute, whose certificate expires for eight hours, in one of which nobody
        // comes
        MailHost host = new MailHost("mx1");
        for (int i = 0; i < 780; i++) {
            Duration at = Duration.ofMinutes(i);
            if (i < 180 || i >= 660) {
                host.receives(at, sender(i * 7), "a@example.org", "m" + i + "@example.org", "jo@example.com");
            } else if (i < 300 || i > 420) {
                handshakeFails(host, at, sender(i * 7));
            }
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("handshake-churn");
        assertThat(alerts.stream().map(Alert::incidentId).distinct()).hasSize(1);
        Alert last = alerts.get(alerts.size() - 1);
        assertThat(last.state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(last.lastSeen()).isAfter(MailHost.START.plus(Duration.ofMinutes(650)));
        assertThat(last.resolvedAt()).isBefore(MailHost.START.plus(Duration.ofMinutes(700)));
    }

    private static void handshakeFails(MailHost host, Duration at, String ip) {
        String from = "from mail.example.org[" + ip + "]";
        host.says(at, "postfix/smtpd[5001]", "connect " + from)
                .says(at.plusMillis(200), "postfix/smtpd[5001]", "SSL_accept error " + from + ": -1")
                .says(at.plusMillis(300), "postfix/smtpd[5001]", "lost connection after STARTTLS " + from)
                .says(
                        at.plusMillis(400),
                        "postfix/smtpd[5001]",
                        "disconnect " + from + " ehlo=1 starttls=0/1 commands=1/2");
    }

    private static LogStory smallOffice() {
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 180; i++) {
            story.message(i * 60, sender(i * 7));
        }
        return story;
    }

    private static void handshakeFails(LogStory story, double at, String ip) {
        String program = "postfix/smtpd[" + (5000 + (int) at % 1000) + "]: ";
        story.say(at, program + "connect from mail.example.org[" + ip + "]")
                .say(at + 0.2, program + "SSL_accept error from mail.example.org[" + ip + "]: -1")
                .say(at + 0.3, program + "lost connection after STARTTLS from mail.example.org[" + ip + "]")
                .say(
                        at + 0.4,
                        program + "disconnect from mail.example.org[" + ip + "] ehlo=1 starttls=0/1 commands=1/2");
    }

    private static LogStory ordinaryHour() {
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 720; i++) {
            story.message(i * 5, sender(i));
        }
        return story;
    }

    private static LogStory ordinaryHourOfExim(String protocol) {
        LogStory story = new LogStory("cp1");
        for (int i = 0; i < 720; i++) {
            story.say(
                    i * 5,
                    "exim[82]: 1xUgW" + (char) ('A' + i % 26) + "-0000" + (char) ('A' + i / 30)
                            + "P-0k <= a@example.org" + " H=mail.example.org [" + sender(i) + "] P=" + protocol
                            + " S=2172");
        }
        return story;
    }

    private static String sender(int i) {
        return "198.51.100." + i % SENDERS;
    }

    private List<Finding> assess(LogStory story) {
        return story.of(Watch.SERVER, "mx1").assess(detector);
    }
}
