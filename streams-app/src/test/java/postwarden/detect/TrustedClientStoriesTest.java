package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.MailHost.Outcome;
import postwarden.incident.Alert;

/** Clients that a host asks for no login: its own programs and the machines of its network. */
class TrustedClientStoriesTest {
    private static final Duration LATER = Duration.ofHours(6);

    private final MailHost host = new MailHost("mx1");

    @ParameterizedTest
    @CsvSource({"127.0.0.1, HACKED_SCRIPT", "10.0.7.23, INFECTED_COMPUTER", "fd00:1::7, INFECTED_COMPUTER"})
    void one_that_writes_to_strangers_as_invented_senders_is_told_with_advice_for_it(String ip, String cause) {
        // Given
        usual(ip);
        for (int i = 0; i < 240; i++) {
            Outcome outcome = i % 6 == 0 ? Outcome.UNKNOWN : i % 15 == 1 ? Outcome.SPAM : Outcome.SENT;
            host.gives(
                    LATER.plusSeconds(7L * i),
                    ip,
                    "name" + i + "@example" + i % 9 + ".com",
                    outcome,
                    "stranger" + i + "@example" + i % 30 + ".net");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("script-burst");
        assertThat(alerts).extracting(Alert::cause).containsOnly(cause);
        assertThat(alerts.get(0).severity()).isEqualTo(Severity.HIGH);
        assertThat(alerts.get(0).title()).contains(ip).contains("no login").doesNotContain("ip:");
        assertThat(alerts.get(0).advice())
                .flatExtracting(Advice::steps)
                .anyMatch(step -> step.contains("[" + ip + "]"))
                .noneMatch(step -> step.contains("doveadm") || step.contains("uid=") || step.contains("ip:"));
    }

    @Test
    void a_server_that_many_submit_to_is_not_blamed_for_one_of_them() {
        // Given
        everybody("10.0.0.2", Duration.ZERO, LATER.plusHours(9));
        for (int i = 0; i < 600; i++) {
            Outcome outcome = i % 12 == 0 ? Outcome.UNKNOWN : i % 15 == 1 ? Outcome.SPAM : Outcome.SENT;
            host.gives(
                    LATER.plusSeconds(2L * i),
                    "10.0.0.2",
                    "gabi@example.com",
                    outcome,
                    "stranger" + i + "@example" + i % 30 + ".net");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("script-burst");
        assertThat(alerts).extracting(Alert::cause).containsOnly("SENDER_BEHIND_RELAY");
        assertThat(alerts.get(0).subject().sender()).isEqualTo("gabi@example.com");
        assertThat(alerts.get(0).title()).startsWith("gabi@example.com sends in bulk through 10.0.0.2");
        assertThat(alerts.get(0).advice())
                .flatExtracting(Advice::steps)
                .noneMatch(step -> step.contains("mynetworks") || step.contains("REJECT"));
        alerts.forEach(
                a -> System.out.println("XX " + a.state() + a.severity() + a.detectedAt() + a.title() + a.summary()));
        Alert last = alerts.get(alerts.size() - 1);
        assertThat(last.state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(last.lastSeen())
                .as("everybody's ordinary mail keeps nothing open")
                .isBefore(last.onset().plus(Duration.ofHours(2)));
        assertThat(alerts)
                .filteredOn(alert -> alert.state() == Alert.State.OPEN)
                .hasSize(1);
    }

    /** Twenty people write to their friends through a server of ours, a message a minute. */
    private void everybody(String ip, Duration from, Duration to) {
        for (long i = from.toMinutes(); i < to.toMinutes(); i++) {
            host.gives(
                    Duration.ofMinutes(i),
                    ip,
                    "person" + i % 20 + "@example.com",
                    i % 50 == 7 ? Outcome.UNKNOWN : Outcome.SENT,
                    "friend" + i % 200 + "@example.org");
        }
    }

    /** What is refused of it is refused to people here, and the senders are everybody's. */
    @Test
    void a_gateway_that_brings_everybodys_mail_is_no_sender() {
        for (int i = 0; i < 400; i++) {
            Duration at = Duration.ofSeconds(20L * i);
            String sender = "somebody" + i + "@example" + i % 50 + ".org";
            host.receives(at, "10.0.7.9", sender, "m" + i + "@example.org", "jo" + i % 90 + "@example.com");
            host.says(
                    at.plusSeconds(3),
                    "postfix/smtpd[75]",
                    "NOQUEUE: reject: RCPT from gw.example.com[10.0.7.9]: 550 5.1.1 <no" + i
                            + "@example.com>: Recipient"
                            + " address rejected: User unknown in local recipient table; from=<" + sender + "> to=<no"
                            + i
                            + "@example.com> proto=ESMTP helo=<gw.example.com>");
        }
        assertThat(host.told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.7.23"})
    void a_program_that_writes_to_its_customers_for_the_first_time_is_nothing(String ip) {
        for (int i = 0; i < 500; i++) {
            Outcome outcome = i % 50 == 0 ? Outcome.UNKNOWN : Outcome.SENT;
            host.gives(LATER.plusSeconds(6L * i), ip, "shop@example.com", outcome, "customer" + i + "@example.net");
        }
        assertThat(host.told()).isEmpty();
    }

    @Test
    void what_one_destination_says_of_the_host_is_not_held_against_the_machine_that_sends_most() {
        usual("10.0.7.23");
        for (int i = 0; i < 300; i++) {
            Outcome outcome = i % 3 == 0 ? Outcome.LISTED : Outcome.SENT;
            host.gives(
                    LATER.plusSeconds(6L * i), "10.0.7.23", "shop@example.com", outcome, "buyer" + i + "@example.net");
        }
        assertThat(host.told()).isEmpty();
    }

    @Test
    void a_machine_whose_customers_mistype_more_often_than_ever_by_chance_is_nothing() {
        for (int i = 0; i < 1200; i++) {
            Outcome outcome = i % 24 == 0 ? Outcome.UNKNOWN : Outcome.SENT;
            host.gives(Duration.ofSeconds(15L * i), "10.0.7.23", "shop@example.com", outcome, "c" + i + "@example.net");
        }
        for (int i = 0; i < 200; i++) {
            Outcome outcome = i % 9 == 0 ? Outcome.UNKNOWN : Outcome.SENT;
            host.gives(LATER.plusSeconds(15L * i), "10.0.7.23", "shop@example.com", outcome, "d" + i + "@example.net");
        }
        assertThat(host.told()).isEmpty();
    }

    @Test
    void who_is_no_machine_of_ours_is_watched_as_a_stranger() {
        for (int i = 0; i < 240; i++) {
            Outcome outcome = i % 3 == 0 ? Outcome.UNKNOWN : Outcome.SENT;
            host.gives(
                    LATER.plusSeconds(7L * i),
                    "198.51.100.77",
                    "list@example.org",
                    outcome,
                    "sam" + i + "@example.net");
        }
        assertThat(host.told()).isEmpty();
    }

    private void usual(String ip) {
        for (int i = 0; i < 60; i++) {
            host.gives(
                    Duration.ofMinutes(6L * i),
                    ip,
                    "monitor@example.com",
                    Outcome.SENT,
                    "admin" + i % 4 + "@example.com");
        }
    }
}
