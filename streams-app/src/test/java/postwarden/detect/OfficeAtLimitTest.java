package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import postwarden.incident.Alert;

/** Many people behind one address, known for days, whom Postfix holds at a limit of one client. */
class OfficeAtLimitTest {
    private static final Duration MONDAY = Duration.ofHours(30);
    private static final String OFFICE = "203.0.113.80";
    private static final int REFUSALS = 400;

    private final MailHost host = new MailHost("mx1");

    @Test
    void an_office_that_has_as_many_connections_as_one_client_may_is_no_flood() {
        // Given
        works(Duration.ofHours(1), Duration.ofHours(9));
        works(MONDAY, MONDAY.plusHours(3));
        for (int i = 0; i < REFUSALS; i++) {
            refused(MONDAY.plusSeconds(18L * i), "Connection concurrency limit exceeded: 51", "commands=0/0");
        }

        // Then
        assertThat(host.verdicts()).extracting(Alert::detector).containsOnly("client-limit");
        assertThat(host.verdicts()).extracting(Alert::cause).containsOnly("NAT");
        assertThat(host.told()).containsEntry("client-limit", Severity.INFO);
    }

    @Test
    void a_login_that_a_limit_refuses_is_no_wrong_password() {
        // Given
        works(Duration.ofHours(1), Duration.ofHours(9));
        works(MONDAY, MONDAY.plusHours(3));
        for (int i = 0; i < REFUSALS; i++) {
            refused(
                    MONDAY.plusSeconds(5L * i),
                    "AUTH command rate limit exceeded: 11",
                    "ehlo=1 auth=0/1 quit=1 commands=2/3");
        }

        // Then
        assertThat(host.verdicts()).extracting(Alert::detector).containsOnly("client-limit");
        assertThat(host.verdicts()).extracting(Alert::cause).containsOnly("NAT");
        assertThat(host.told()).containsEntry("client-limit", Severity.INFO);
    }

    @Test
    void a_stranger_who_has_as_many_connections_as_one_client_may_is_a_flood() {
        for (int i = 0; i < REFUSALS; i++) {
            refused(MONDAY.plusSeconds(5L * i), "Connection concurrency limit exceeded: 51", "commands=0/0");
        }
        assertThat(host.told()).containsEntry("connection-flood", Severity.HIGH);
    }

    /** Somebody reads every minute, somebody writes every two. */
    private void works(Duration from, Duration to) {
        for (long at = from.toSeconds(); at < to.toSeconds(); at += 60) {
            String who = "user" + at / 60 % 40 + "@example.com";
            host.letsIn(Duration.ofSeconds(at), who, OFFICE);
            if (at % 120 == 0) {
                host.submits(Duration.ofSeconds(at + 7), who, OFFICE, MailHost.Outcome.SENT, "jo@example.net");
            }
        }
    }

    private void refused(Duration at, String limit, String commands) {
        String program = "postfix/submission/smtpd[" + (7000 + at.toSeconds() % 100) + "]";
        String client = "office.example.com[" + OFFICE + "]";
        host.says(at, program, "connect from " + client)
                .says(at.plusMillis(10), program, "warning: " + limit + " from " + client + " for service submission")
                .says(at.plusMillis(100), program, "disconnect from " + client + " " + commands);
    }
}
