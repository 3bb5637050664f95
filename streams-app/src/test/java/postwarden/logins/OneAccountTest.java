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

/** Who logs in to one account: its owner and the owner's devices, or somebody who guessed, or many who bought it. */
class OneAccountTest {
    private static final String ANNA = "anna@example.com";
    private static final String HOME = "192.0.2.10";
    private static final Duration LATER = Duration.ofHours(3);

    @ParameterizedTest
    @ValueSource(ints = {3, 20, 70})
    void a_login_from_an_address_that_guessed_is_told_at_once(int secondsEach) {
        // Given
        MailHost host = owner(new MailHost());
        Random random = new Random(5);
        Duration at = LATER;
        for (int i = 0; i < 45; i++) {
            at = at.plusMillis((long) (secondsEach * 1000 * (0.4 + 1.2 * random.nextDouble())));
            host.failsToRead(at, "mx1", "198.51.100.7", ANNA);
        }
        Duration login = at.plusSeconds(secondsEach);
        host.reads(login, "mx2", HOME, ANNA).reads(login, "mx1", "198.51.100.7", ANNA);

        // When
        Alert told = of(host, "login-after-failures").get(0);

        // Then
        assertThat(told.severity()).isEqualTo(Severity.HIGH);
        assertThat(told.subject().account()).isEqualTo(ANNA);
        assertThat(told.detectedAt()).isBefore(MailHost.START.plus(login).plusSeconds(20));
        assertThat(told.cause()).isEqualTo("GUESSED_PASSWORD");
        assertThat(told.advice().get(0).steps()).anyMatch(step -> step.contains("doveadm kick anna@example.com"));
    }

    @Test
    void a_login_from_a_network_never_used_while_many_addresses_guess_is_told() {
        // Given
        MailHost host = owner(new MailHost());
        campaign(host, 20);
        host.sends(LATER.plusMinutes(12), "mx1", "203.0.113.99", ANNA);

        // When
        List<Alert> told = of(host, "login-after-failures");

        // Then
        assertThat(told).isNotEmpty();
        assertThat(told.get(0).technique()).isEqualTo("T1110.004");
    }

    @Test
    void an_owner_on_a_journey_is_nobody_elses_guess_where_others_guess_every_day() {
        // Given ten guesses an hour for a day, each from another address, at an account that everybody knows
        MailHost host = owner(new MailHost());
        for (int i = 0; i < 240; i++) {
            host.failsToRead(Duration.ofMinutes(6L * i), "mx1", "198.51." + i % 16 + "." + i / 16, ANNA);
        }
        for (int i = 0; i < 10; i++) {
            host.reads(Duration.ofHours(20).plusMinutes(6L * i), "mx1", "203.0.113." + i, ANNA);
        }

        // When / Then
        assertThat(MailHost.briefly(of(host, "login-after-failures"))).isEmpty();
    }

    @Test
    void an_owner_who_goes_on_as_ever_while_others_guess_is_nobody_new() {
        // Given
        MailHost host = owner(new MailHost());
        campaign(host, 20);
        for (int i = 0; i < 20; i++) {
            host.sends(LATER.plusSeconds(i * 40L), "mx1", HOME, ANNA);
        }

        // When / Then
        assertThat(MailHost.briefly(of(host, "login-after-failures"))).isEmpty();
    }

    @Test
    void a_phone_whose_password_is_mended_after_an_hour_of_refusals_is_no_stranger() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 60; i++) {
            host.failsToRead(Duration.ofMinutes(i), "mx1", HOME, ANNA);
        }
        host.reads(Duration.ofHours(1), "mx1", HOME, ANNA);

        // When / Then
        assertThat(MailHost.briefly(of(host, "login-after-failures"))).isEmpty();
    }

    @Test
    void a_device_at_an_address_never_seen_whose_password_is_mended_is_no_stranger() {
        // Given
        MailHost host = owner(new MailHost());
        for (int i = 0; i < 30; i++) {
            host.failsToRead(LATER.plusMinutes(i), "mx1", "203.0.113.99", ANNA);
        }
        host.reads(LATER.plusMinutes(30), "mx1", "203.0.113.99", ANNA);

        // When / Then
        assertThat(MailHost.briefly(of(host, "login-after-failures"))).isEmpty();
    }

    @Test
    void somebody_who_forgot_and_remembered_is_no_stranger() {
        // Given
        MailHost host = owner(new MailHost());
        for (int i = 0; i < 12; i++) {
            host.failsToRead(LATER.plusSeconds(i * 15L), "mx1", "203.0.113.99", ANNA);
        }
        host.reads(LATER.plusSeconds(200), "mx1", "203.0.113.99", ANNA);

        // When / Then
        assertThat(MailHost.briefly(of(host, "login-after-failures"))).isEmpty();
    }

    @Test
    void a_stranger_who_guesses_for_longer_than_a_person_tries_and_waits_before_he_reads_is_told() {
        // Given
        MailHost host = owner(new MailHost());
        for (int i = 0; i < 12; i++) {
            host.failsToRead(LATER.plusSeconds(i * 90L + i % 5 * 17L), "mx1", "203.0.113.99", ANNA);
        }
        host.reads(LATER.plusSeconds(1500), "mx1", "203.0.113.99", ANNA);

        // When / Then
        assertThat(of(host, "login-after-failures")).isNotEmpty();
    }

    @Test
    void an_account_used_from_seven_networks_at_once_is_told() {
        // Given
        MailHost host = owner(new MailHost());
        for (int i = 0; i < 14; i++) {
            host.sends(LATER.plusSeconds(i * 15L), "mx" + i % 2, "198." + (18 + i % 7) + ".100." + i, ANNA);
        }

        // When
        Alert told = of(host, "login-fan-out").get(0);

        // Then
        assertThat(told.severity()).isEqualTo(Severity.HIGH);
        assertThat(told.technique()).isEqualTo("T1078");
        assertThat(told.measures().get("distinctSuccessSystems")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void a_phone_behind_a_carriers_address_translation_is_one_person() {
        // Given
        MailHost host = owner(new MailHost());
        for (int i = 0; i < 40; i++) {
            host.sends(LATER.plusSeconds(i * 15L), "mx1", "100.64." + i % 9 + "." + i, ANNA);
        }

        // When / Then
        assertThat(MailHost.briefly(of(host, "login-fan-out"))).isEmpty();
    }

    @Test
    void a_shared_mailbox_with_many_devices_is_one_account_even_on_its_first_day() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 600; i++) {
            host.reads(
                    Duration.ofSeconds(i * 12L), "mx1", "198." + (18 + i % 12) + ".100." + i % 12, "sales@example.com");
            if (i % 10 == 0) {
                host.sends(
                        Duration.ofSeconds(i * 12L + 5),
                        "mx1",
                        "198." + (18 + i % 12) + ".100." + i % 12,
                        "sales@example.com");
            }
        }

        // When / Then
        assertThat(MailHost.briefly(of(host, "login-fan-out"))).isEmpty();
    }

    @Test
    void a_device_with_an_old_password_is_told_to_its_owner_and_to_nobody_else() {
        // Given
        MailHost host = owner(new MailHost());
        for (int i = 0; i < 30; i++) {
            host.failsToRead(LATER.plusMinutes(i), "mx1", "203.0.113.8", ANNA, "old");
        }

        // When
        List<Alert> told = host.alerts();

        // Then
        assertThat(told).isNotEmpty().allMatch(alert -> alert.detector().equals("stale-credential"));
        assertThat(told.get(0).severity()).isEqualTo(Severity.INFO);
        assertThat(told.get(0).technique()).isEmpty();
        assertThat(told.get(0).summary()).contains("203.0.113.8");
    }

    @Test
    void one_password_that_is_logged_says_nothing_about_guesses_that_are_not() {
        // Given one mistyped password at the mailbox, and guesses at submission, which logs none
        MailHost host = owner(new MailHost());
        host.failsToRead(LATER, "mx1", HOME, ANNA, "typo");
        for (int i = 0; i < 8; i++) {
            host.failsToSend(LATER.plusMinutes(2 + 3L * i), "mx1", "198.51.100." + i % 2, ANNA);
        }

        // When / Then
        assertThat(of(host, "stale-credential")).isEmpty();
    }

    @Test
    void where_no_password_is_logged_a_device_is_known_by_its_timer_and_its_address() {
        // Given
        MailHost host = owner(new MailHost());
        for (int i = 0; i < 30; i++) {
            host.failsToRead(LATER.plusMinutes(i), "mx1", HOME, ANNA);
        }

        // When / Then
        assertThat(host.alerts()).extracting(Alert::detector).contains("stale-credential");
    }

    @Test
    void a_person_who_mistypes_six_times_has_no_old_device() {
        // Given
        MailHost host = owner(new MailHost());
        for (int i = 0; i < 6; i++) {
            host.failsToRead(LATER.plusSeconds(i * 20L), "mx1", HOME, ANNA, "try" + i);
        }

        // When / Then
        assertThat(MailHost.briefly(host.alerts())).isEmpty();
    }

    @Test
    void a_phone_with_an_old_password_whose_carrier_changes_its_address_each_time_is_no_campaign() {
        // Given
        MailHost host = owner(new MailHost());
        for (int i = 0; i < 60; i++) {
            host.failsToSend(LATER.plusMinutes(i), "mx1", "100.64." + i % 9 + "." + i, ANNA);
        }

        // When / Then
        assertThat(MailHost.briefly(host.alerts())).isEmpty();
    }

    @Test
    void twenty_addresses_of_one_network_that_guess_without_a_timer_are_a_campaign() {
        // Given
        MailHost host = owner(new MailHost());
        Random random = new Random(8);
        for (int i = 0; i < 60; i++) {
            host.failsToSend(
                    LATER.plusMillis((long) (random.nextDouble() * 1_800_000)), "mx1", "198.51.100." + i % 20, ANNA);
        }

        // When / Then
        assertThat(of(host, "distributed-brute-force")).isNotEmpty();
    }

    /** Two and a half hours of a login every five minutes from home and one from a phone each half hour, then quiet. */
    private static MailHost owner(MailHost host) {
        for (int i = 0; i < 30; i++) {
            host.reads(Duration.ofMinutes(i * 5L), "mx1", HOME, ANNA);
            if (i % 6 == 0) {
                host.sends(Duration.ofMinutes(i * 5L + 1), "mx1", "192.0.2.77", ANNA);
            }
        }
        return host;
    }

    private static void campaign(MailHost host, int sources) {
        for (int i = 0; i < sources * 2; i++) {
            host.failsToSend(LATER.plusSeconds(i * 17L), "mx1", "198." + (18 + i % 7) + ".100." + i % sources, ANNA);
        }
    }

    private static List<Alert> of(MailHost host, String detector) {
        return host.alerts().stream()
                .filter(alert -> alert.detector().equals(detector))
                .toList();
    }
}
