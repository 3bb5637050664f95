package postwarden.logins;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.Severity;
import postwarden.incident.Alert;

/** One address and its refused logins: guesses, or somebody's device, or an office. */
class BruteForceTest {
    private static final String STRANGER = "198.51.100.7";

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 12})
    void an_address_that_tries_many_accounts_is_found_at_any_speed_and_over_several_hosts(int secondsEach) {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 150; i++) {
            host.failsToSend(
                    seconds(i * (double) secondsEach), "mx" + i % 3, STRANGER, "user" + i % 30 + "@example.com");
        }

        // When
        List<Alert> alerts = told(host);

        // Then
        assertThat(alerts).extracting(Alert::detector).contains("brute-force");
        Alert first = first(alerts);
        assertThat(first.subject().client()).isEqualTo(STRANGER);
        assertThat(first.cause()).isIn("PASSWORD_SPRAY", "PASSWORD_GUESSING");
        assertThat(alerts)
                .filteredOn(alert -> alert.detector().equals("brute-force"))
                .extracting(Alert::severity)
                .contains(Severity.MEDIUM);
        assertThat(first.technique()).startsWith("T1110");
        assertThat(first.advice().get(0).steps()).anyMatch(step -> step.contains("smtpd_client_auth_rate_limit"));
    }

    @Test
    void a_visitor_who_gives_up_after_a_dozen_at_each_host_is_low() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 24; i++) {
            host.failsToSend(seconds(i * 20.0), "mx" + i % 2, STRANGER, "user" + i + "@example.com");
        }

        // When
        List<Alert> alerts = told(host);

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("brute-force");
        assertThat(alerts).extracting(Alert::severity).containsOnly(Severity.LOW);
    }

    @Test
    void one_account_tried_with_many_passwords_is_guessing_however_evenly() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 60; i++) {
            host.failsToRead(seconds(i * 20.0), "mx1", STRANGER, "anna@example.com", "guess" + i);
        }

        // When
        Alert first = first(told(host));

        // Then
        assertThat(first.cause()).isEqualTo("PASSWORD_GUESSING");
        assertThat(first.technique()).isEqualTo("T1110.001");
        assertThat(first.measures().get("distinctPasswords")).isGreaterThanOrEqualTo(10);
    }

    @Test
    void without_a_word_about_passwords_or_accounts_the_speed_tells() {
        // Given
        MailHost host = new MailHost();
        Random random = new Random(1);
        double at = 0;
        for (int i = 0; i < 200; i++) {
            at += 1 + 4 * random.nextDouble();
            host.failsToSend(seconds(at), "mx1", STRANGER, "");
        }

        // When
        Alert first = first(told(host));

        // Then
        assertThat(first.blindSpots()).anyMatch(spot -> spot.contains("Postfix logs sasl_username"));
        assertThat(first.causes()).anyMatch(cause -> cause.name().equals("STALE_CREDENTIAL"));
    }

    @Test
    void a_guess_that_succeeds_makes_it_graver_and_names_the_account() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 60; i++) {
            host.failsToRead(seconds(i * 5.0), "mx1", STRANGER, "user" + i % 12 + "@example.com");
        }
        host.reads(seconds(301), "mx1", STRANGER, "user3@example.com");
        host.failsToRead(seconds(306), "mx1", STRANGER, "user4@example.com");

        // When
        List<Alert> alerts = told(host);

        // Then
        Alert last = alerts.stream()
                .filter(alert -> alert.detector().equals("brute-force"))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(last.severity()).isEqualTo(Severity.HIGH);
        assertThat(last.measures()).containsEntry("accountsTaken", 1.0);
    }

    @Test
    void a_phone_with_the_old_password_is_no_attack_even_on_the_first_day() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 120; i++) {
            host.failsToRead(seconds(i * 30.0 + i % 3), "mx1", STRANGER, "anna@example.com");
        }

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    @Test
    void a_phone_whose_one_old_password_is_logged_is_no_attack_however_often_it_tries() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 400; i++) {
            host.failsToRead(seconds(i * 4.0), "mx1", STRANGER, "anna@example.com", "old");
        }

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    @Test
    void an_office_whose_people_mistype_is_no_attack() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 360; i++) {
            host.reads(seconds(i * 10.0), "mx1", STRANGER, "person" + i % 40 + "@example.com");
            if (i % 8 == 0) {
                host.failsToRead(seconds(i * 10.0 + 3), "mx1", STRANGER, "person" + i % 37 + "@example.com");
            }
        }

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    @Test
    void what_was_grave_does_not_fall_and_rise_while_its_windows_run_out() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 800; i++) {
            host.failsToRead(seconds(i * 0.75), "mx1", STRANGER, "info@example.com", "guess" + i);
        }
        for (int i = 0; i < 200; i++) {
            host.reads(seconds(i * 30.0), "mx1", "192.0.2." + i % 40, "person" + i % 40 + "@example.com");
        }

        // When
        List<Severity> told = told(host).stream()
                .filter(alert -> alert.detector().equals("brute-force"))
                .map(Alert::severity)
                .toList();

        // Then
        assertThat(told).contains(Severity.HIGH).isSorted();
    }

    @Test
    void a_class_at_an_address_that_nobody_knows_mistypes_and_gets_in() {
        // Given 22 people who are used to log in elsewhere; each mistypes twice
        MailHost host = new MailHost();
        for (int i = 0; i < 22; i++) {
            String person = "person" + i + "@example.com";
            host.reads(seconds(i * 20.0), "mx1", "192.0.2." + i, person);
            double at = 10_800 + i * 25.0;
            host.failsToRead(seconds(at), "mx1", STRANGER, person);
            host.failsToRead(seconds(at + 9), "mx1", STRANGER, person);
            host.reads(seconds(at + 20), "mx1", STRANGER, person);
        }

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    @Test
    void an_office_that_is_refused_with_two_who_never_logged_in_there_is_no_attack() {
        // Given ten people of an office, and two who are there for the first time, all refused for eight minutes
        MailHost host = new MailHost();
        Random random = new Random(8);
        for (int at = 0; at < 4 * 3600; at += 60) {
            host.reads(Duration.ofSeconds(at), "mx1", "192.0.2.7", "person" + random.nextInt(10) + "@example.com");
        }
        for (int at = 0; at < 480; at += 5 + random.nextInt(10)) {
            host.failsToRead(
                    Duration.ofSeconds(4 * 3600 + at),
                    "mx1",
                    "192.0.2.7",
                    "person" + random.nextInt(12) + "@example.com");
        }
        for (int at = 500; at < 900; at += 20) {
            host.reads(Duration.ofSeconds(4 * 3600 + at), "mx1", "192.0.2.7", "person" + at / 20 % 12 + "@example.com");
        }

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    @Test
    void an_office_that_is_refused_for_ten_minutes_is_no_attack() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 300; i++) {
            host.reads(seconds(i * 10.0), "mx1", STRANGER, "person" + i % 40 + "@example.com");
        }
        for (int i = 300; i < 360; i++) {
            host.failsToRead(seconds(i * 10.0), "mx1", STRANGER, "person" + i % 40 + "@example.com");
        }

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    @Test
    void somebody_who_forgot_his_password_and_tries_fifteen_times_is_no_attack() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 15; i++) {
            host.failsToRead(seconds(i * 12.0), "mx1", STRANGER, "anna@example.com", "try" + i);
        }
        host.reads(seconds(200), "mx1", STRANGER, "anna@example.com");

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    @Test
    void an_ipv6_guesser_that_changes_its_address_within_its_network_is_one() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 60; i++) {
            host.failsToRead(
                    seconds(i * 5.0),
                    "mx1",
                    "2001:db8:0:1::" + Integer.toHexString(i + 1),
                    "user" + i % 12 + "@example.com");
        }

        // When / Then
        assertThat(first(told(host)).subject().client()).isEqualTo("2001:db8:0:1::/64");
    }

    @Test
    void a_flood_that_only_guesses_is_one_incident_with_its_guessing() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 600; i++) {
            host.failsToSend(seconds(i * 0.5), "mx1", STRANGER, "user" + i % 30 + "@example.com");
        }

        // When
        List<Alert> alerts = told(host);

        // Then
        assertThat(alerts.stream()
                        .filter(alert -> alert.parent().isEmpty() && !alert.isOver())
                        .map(Alert::detector)
                        .distinct())
                .containsExactly("brute-force");
    }

    private static List<Alert> told(MailHost host) {
        return host.alerts().stream()
                .filter(alert -> alert.severity().compareTo(Severity.INFO) > 0)
                .toList();
    }

    private static Alert first(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.detector().equals("brute-force"))
                .findFirst()
                .orElseThrow();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
