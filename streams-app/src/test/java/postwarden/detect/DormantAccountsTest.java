package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.detect.MailHost.Outcome;
import postwarden.incident.Alert;

/** Mailboxes that nobody used for days, and colleagues on their first day: both have no past on a host that has one. */
class DormantAccountsTest {
    private static final String ANNA = "anna@example.com";
    private static final String AWAY = "203.0.113.5";
    private static final Duration LATER = Duration.ofDays(4);

    private final MailHost host = new MailHost("mx1");

    @Test
    void a_mailbox_that_nobody_used_for_days_and_that_writes_to_many_strangers_is_worth_a_look() {
        // Given
        watched(LATER.plusHours(1));
        burst(LATER, Duration.ofMinutes(15), 300, 0);

        // When
        List<Alert> alerts = host.verdicts().stream()
                .filter(alert -> alert.subject().account().equals(ANNA))
                .toList();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("sending-burst");
        assertThat(alerts).extracting(Alert::severity).containsOnly(Severity.MEDIUM);
        assertThat(alerts).extracting(Alert::cause).containsOnly("STOLEN_CREDENTIALS");
        assertThat(alerts.get(0).summary()).contains("nothing was seen of the account before today");
    }

    @Test
    void the_same_on_a_host_that_is_watched_since_yesterday_is_nothing() {
        watched(Duration.ofHours(26));
        burst(Duration.ofHours(24), Duration.ofMinutes(15), 300, 0);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void strangers_without_haste_are_told_too() {
        watched(LATER.plusHours(3));
        burst(LATER, Duration.ofHours(2), 400, 0);
        assertThat(host.told()).containsOnlyKeys("recipient-fan-out").containsValue(Severity.MEDIUM);
    }

    @ParameterizedTest
    @CsvSource({"96, CRITICAL", "24, MEDIUM"})
    void a_guessed_mailbox_that_nobody_used_is_as_sure_as_one_whose_owner_is_known(int hours, Severity worst) {
        // Given many addresses that guess, one that is let in, and a burst that is taken
        Duration at = Duration.ofHours(hours);
        watched(at.plusHours(1));
        for (int i = 0; i < 20; i++) {
            host.refusesLogin(at.minusMinutes(20).plusSeconds(40L * i), ANNA, "198.51.100." + i);
        }
        burst(at, Duration.ofMinutes(10), 200, 0.05);

        // When / Then
        assertThat(host.verdicts())
                .filteredOn(alert -> alert.subject().account().equals(ANNA))
                .extracting(Alert::severity)
                .contains(worst)
                .allMatch(severity -> severity.compareTo(worst) <= 0);
    }

    @Test
    void a_new_colleague_who_mistypes_and_introduces_himself_to_everybody_is_nothing() {
        watched(LATER.plusHours(8));
        host.refusesLogin(LATER.minusMinutes(2), ANNA, AWAY).refusesLogin(LATER.minusMinutes(1), ANNA, AWAY);
        burst(LATER, Duration.ofMinutes(40), 40, 0.05);
        burst(LATER.plusHours(2), Duration.ofHours(5), 60, 0);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void a_new_colleague_with_an_old_address_list_is_worth_a_look_and_never_more() {
        watched(LATER.plusHours(2));
        burst(LATER, Duration.ofMinutes(20), 200, 0.3);
        assertThat(host.told().values()).isNotEmpty().allMatch(severity -> severity == Severity.MEDIUM);
    }

    @Test
    void an_owner_who_comes_back_after_two_weeks_and_answers_his_mail_is_nothing() {
        // Given
        host.owner(ANNA, "192.0.2.10");
        Duration back = Duration.ofDays(14);
        watched(back.plusHours(3));
        burst(back, Duration.ofHours(2), 28, 0.05);

        // When / Then
        assertThat(host.told()).isEmpty();
    }

    @Test
    void a_mailbox_that_its_owner_used_a_month_ago_is_as_sure_as_one_that_is_in_use() {
        // Given
        host.owner(ANNA, "192.0.2.10");
        Duration later = Duration.ofDays(30);
        watched(later.plusHours(1));
        burst(later, Duration.ofMinutes(15), 300, 0);

        // When / Then
        assertThat(host.told())
                .containsKey("compromised-account")
                .containsValue(Severity.HIGH)
                .doesNotContainValue(Severity.CRITICAL);
    }

    @Test
    void a_new_accounts_mailing_is_looked_at_once_and_not_every_day() {
        // Given
        watched(LATER.plusDays(2));
        burst(LATER, Duration.ofMinutes(15), 300, 0);
        burst(LATER.plusDays(1), Duration.ofMinutes(15), 300, 0);

        // When / Then
        assertThat(host.verdicts())
                .isNotEmpty()
                .allMatch(alert -> alert.detectedAt().isBefore(MailHost.START.plus(LATER.plusHours(2))));
    }

    /** Others write from the first hour on, day and night. */
    private void watched(Duration until) {
        for (int i = 0; i < until.toMinutes() / 30; i++) {
            host.submits(
                    Duration.ofMinutes(30L * i),
                    "person" + i % 5 + "@example.com",
                    "192.0.2." + (100 + i % 5),
                    Outcome.SENT,
                    "partner" + i % 9 + "@example.org");
        }
    }

    private void burst(Duration from, Duration length, int recipients, double unknown) {
        for (int i = 0; i < recipients; i++) {
            boolean dead = Math.floor((i + 1) * unknown) > Math.floor(i * unknown);
            host.submits(
                    from.plus(length.multipliedBy(i).dividedBy(recipients)),
                    ANNA,
                    AWAY,
                    dead ? Outcome.UNKNOWN : Outcome.SENT,
                    "stranger" + i + "@example" + from.toHours() + "-" + i % 30 + ".net");
        }
    }
}
