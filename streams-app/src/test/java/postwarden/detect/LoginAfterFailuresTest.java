package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.incident.Alert;

/** Who logs in after refusals: a thief who guessed, or the owner who mistyped. */
class LoginAfterFailuresTest {
    private static final String ANNA = "anna@example.com";
    private static final String HOME = "192.0.2.10";
    private static final Duration LATER = Duration.ofMinutes(270);

    private final MailHost host = new MailHost("mx1").owner(ANNA, HOME);

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.5", "2001:db8:7::5"})
    void who_mistypes_away_from_home_while_a_telephone_at_home_has_an_old_password_is_the_owner(String away) {
        // Given
        oldPassword(60);
        for (int i = 0; i < 3; i++) {
            host.refusesLogin(LATER.plusMinutes(20).plusSeconds(9L * i), ANNA, away);
        }
        host.letsIn(LATER.plusMinutes(21), ANNA, away);

        // When / Then
        assertThat(host.told()).doesNotContainKey("login-after-failures");
    }

    @Test
    void who_mistypes_away_from_home_while_somebody_else_guesses_is_the_owner() {
        // Given
        for (int i = 0; i < 2; i++) {
            host.refusesLogin(LATER.plusSeconds(9L * i), ANNA, "198.51.100.9");
        }
        host.letsIn(LATER.plusSeconds(30), ANNA, "198.51.100.9");
        guesses(LATER.plusMinutes(30), 60);

        // When / Then
        assertThat(host.told()).doesNotContainKey("login-after-failures");
    }

    @Test
    void a_guesser_who_takes_another_address_of_his_network_for_each_try_is_one() {
        // Given forty tries from eight addresses of a /64, and a login from one of them
        host.letsIn(guesses(LATER, 40, i -> "2001:db8:7::" + (100 + i % 8)).plusSeconds(5), ANNA, "2001:db8:7::100");

        // When / Then
        assertThat(host.told()).containsEntry("login-after-failures", Severity.HIGH);
    }

    @Test
    void a_guesser_is_not_hidden_by_the_owners_devices() {
        // Given
        oldPassword(30);
        host.letsIn(guesses(LATER, 40).plusSeconds(5), ANNA, "203.0.113.5");

        // When / Then
        assertThat(host.verdicts())
                .filteredOn(alert -> alert.detector().equals("login-after-failures"))
                .extracting(Alert::severity)
                .contains(Severity.HIGH);
    }

    @ParameterizedTest
    @CsvSource({"198.51.7.9, false", "203.0.113.5, true"})
    void devices_with_an_old_password_are_no_timer_together_and_nobody_where_the_account_is_at_home(
            String telephone, boolean told) {
        // Given a telephone of the carrier 198.51/16, and the day on which the password is changed
        for (int i = 0; i < 60; i++) {
            host.letsIn(Duration.ofMinutes(15L * i), ANNA, "198.51.100." + (10 + i % 30));
        }
        Duration morning = Duration.ofHours(30);
        for (int i = 0; i < 12; i++) {
            host.refusesLogin(morning.plusSeconds(300L * i + i % 3), ANNA, HOME);
        }
        for (int i = 0; i < 40; i++) {
            host.refusesLogin(morning.plusSeconds(60L * i + i % 4), ANNA, telephone);
        }
        host.letsIn(morning.plusMinutes(41), ANNA, telephone);
        host.letsIn(morning.plusMinutes(58), ANNA, HOME);

        // When / Then
        assertThat(host.told().containsKey("login-after-failures")).isEqualTo(told);
    }

    /** When it ends. */
    private Duration guesses(Duration from, int times) {
        return guesses(from, times, i -> "203.0.113.5");
    }

    private Duration guesses(Duration from, int times, IntFunction<String> ip) {
        Random random = new Random(3);
        Duration at = from;
        for (int i = 0; i < times; i++) {
            at = at.plusSeconds(5 + random.nextInt(40));
            host.refusesLogin(at, ANNA, ip.apply(i));
        }
        return at;
    }

    private void oldPassword(int refusals) {
        for (int i = 0; i < refusals; i++) {
            host.refusesLogin(LATER.plusSeconds(45L * i), ANNA, HOME);
        }
    }
}
