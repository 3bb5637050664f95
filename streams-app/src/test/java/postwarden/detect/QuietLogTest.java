package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Floods in the logs of an Exim that was not told to log connections. */
class QuietLogTest {
    private static final Duration LATER = Duration.ofHours(3);
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final MailHost host = new MailHost("mx1");

    QuietLogTest() {
        for (int i = 0; i < 720; i++) {
            Duration at = Duration.ofSeconds(20L * i);
            host.says(
                    at,
                    "exim[7]",
                    "1vN%05d-0000000000%d-00 <= anna@news%d.example H=mx%d.example [198.51.100.%d] P=esmtp S=900"
                            .formatted(i, i % 10, i % 40, i % 40, 1 + i % 40));
        }
    }

    @Test
    void one_client_that_comes_and_leaves_is_a_flood() {
        // Given 300 a minute
        for (int i = 0; i < 4500; i++) {
            leaves(LATER.plusMillis(200L * i), "vps7.example.net [192.0.2.7]");
        }

        // When / Then
        assertThat(host.told()).containsKey("connection-flood");
    }

    @Test
    void a_thousand_clients_that_come_and_leave_are_a_flood_together() {
        // Given 1,200 a minute
        for (int i = 0; i < 18_000; i++) {
            leaves(LATER.plusMillis(50L * i), "(x) [203.%d.%d.9]".formatted(1 + i % 7, i % 1000 % 251));
        }

        // When / Then
        assertThat(host.told()).containsKey("distributed-flood");
    }

    @Test
    void a_probe_that_says_quit_each_minute_is_none() {
        for (long at = 0; at < LATER.plus(QUARTER).toMinutes(); at++) {
            leaves(Duration.ofMinutes(at), "monitor.example.com [192.0.2.9]");
        }

        assertThat(host.told()).isEmpty();
    }

    private void leaves(Duration at, String client) {
        host.says(at, "exim[7]", "no MAIL in SMTP connection from " + client + " D=0s");
    }
}
