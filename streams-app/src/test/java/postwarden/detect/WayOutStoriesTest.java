package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.incident.Alert;

/** A host's way out that is closed, gone, or loses a part of what is tried, in its daemon's own words; seeds are fixed. */
class WayOutStoriesTest {
    private static final Duration LATER = Duration.ofHours(2);

    private final MailHost host = new MailHost("mx1");
    private final Random random = new Random(5);

    @ParameterizedTest
    @CsvSource({
        "Network is unreachable, NO_NETWORK",
        "No route to host, NO_NETWORK",
        "Connection timed out, PORT_BLOCKED",
        "Connection refused, PORT_BLOCKED"
    })
    void what_the_attempts_say_tells_a_closed_port_from_no_network(String words, String cause) {
        // Given
        flows();
        for (int i = 0; i < 60; i++) {
            connects(LATER.plusSeconds(20L * i), i, words);
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts.get(0).detector()).isEqualTo("egress-blocked");
        assertThat(alerts)
                .filteredOn(alert -> alert.detector().equals("egress-blocked"))
                .extracting(Alert::cause)
                .containsOnly(cause);
    }

    @Test
    void a_line_that_loses_most_connections_alike_is_the_hosts_own() {
        // Given a message each ten seconds to two hundred domains, and seven in ten that nobody answers for two hours
        for (int i = 0; i < 720; i++) {
            connects(Duration.ofSeconds(10L * i), i, i % 25 == 0 ? "Connection timed out" : "");
        }
        for (int i = 0; i < 720; i++) {
            connects(LATER.plusSeconds(10L * i), i, random.nextInt(10) < 7 ? "Connection timed out" : "");
        }
        for (int i = 0; i < 360; i++) {
            connects(LATER.multipliedBy(2).plusSeconds(10L * i), i, "");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts)
                .filteredOn(alert -> alert.state() == Alert.State.OPEN)
                .hasSize(1);
        assertThat(alerts).extracting(Alert::detector).containsOnly("egress-blocked");
        assertThat(alerts).extracting(Alert::severity).containsOnly(Severity.HIGH);
        assertThat(alerts).extracting(Alert::cause).containsOnly("LOSSY_WAY");
        assertThat(Duration.between(MailHost.START.plus(LATER), alerts.get(0).detectedAt()))
                .isLessThan(Duration.ofMinutes(21));
        Alert last = alerts.get(alerts.size() - 1);
        assertThat(last.state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(last.lastSeen())
                .isAfter(MailHost.START.plus(LATER.multipliedBy(2)).minus(Duration.ofMinutes(1)));
    }

    @Test
    void the_networks_of_one_provider_that_is_away_are_few() {
        // Given two in three of all domains with one provider, in three networks, that does not answer for an hour
        for (int i = 0; i < 720; i++) {
            connects(Duration.ofSeconds(10L * i), i, "");
        }
        for (int i = 0; i < 360; i++) {
            Duration at = LATER.plusSeconds(10L * i);
            if (i % 3 == 0) {
                connects(at, i, "");
            } else {
                connects(
                        at,
                        i,
                        "mx" + i + ".cloud.example[203." + (i % 3 + 10) + ".113." + i % 200 + "]",
                        "Connection timed out");
            }
        }

        // When / Then
        assertThat(host.told()).doesNotContainKey("egress-blocked");
    }

    @Test
    void the_end_of_an_hour_without_a_way_out_is_no_second_trouble() {
        // Given
        flows();
        for (int i = 0; i < 180; i++) {
            connects(LATER.plusSeconds(20L * i), i, "Connection timed out");
        }
        for (int i = 0; i < 180; i++) {
            connects(LATER.plusHours(1).plusSeconds(20L * i), i, i < 60 && i % 3 > 0 ? "Connection timed out" : "");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts)
                .filteredOn(alert -> alert.state() == Alert.State.OPEN)
                .hasSize(1);
        assertThat(alerts).extracting(Alert::severity).containsOnly(Severity.CRITICAL);
    }

    private void flows() {
        for (int i = 0; i < 360; i++) {
            connects(Duration.ofSeconds(20L * i), i, "");
        }
    }

    /** A message to one of two hundred domains, each in a network of its own; {@code words} are empty where it is taken. */
    private void connects(Duration at, int i, String words) {
        connects(at, i, "mx.wide" + i % 200 + ".example[" + (20 + i % 200) + ".7.1.9]", words);
    }

    private void connects(Duration at, int i, String relay, String words) {
        String id = "AD" + at.toSeconds() + "CDE1F2";
        String who = "user" + i % 30 + "@example.com";
        host.says(
                at,
                "postfix/submission/smtpd[242]",
                id + ": client=pc[192.0.2." + (100 + i % 30) + "], sasl_username=" + who);
        host.says(at, "postfix/qmgr[231]", id + ": from=<" + who + ">, size=1672, nrcpt=1 (queue active)");
        host.says(
                at.plusSeconds(1),
                "postfix/smtp[249]",
                id + ": to=<friend@wide" + i % 200 + ".example>, relay="
                        + (words.isEmpty()
                                ? relay + ":25, delay=1, delays=0.01/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok:"
                                        + " queued as 616A63A210)"
                                : "none, delay=1, delays=0.01/0/1/0, dsn=4.4.1, status=deferred (connect to " + relay
                                        + ":25: " + words + ")"));
    }
}
