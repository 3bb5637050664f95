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

/** Stories of accounts, told by their daemons' own lines from the first to the alert; seeds are fixed. */
class SendingStoriesTest {
    private static final String ANNA = "anna@example.com";
    private static final String HOME = "192.0.2.10";
    private static final String AWAY = "203.0.113.5";
    private static final Duration LATER = Duration.ofHours(6);

    private final MailHost host = new MailHost("mx1");

    @ParameterizedTest
    @ValueSource(ints = {70, 200})
    void a_burst_to_strangers_from_a_strange_place_is_told_even_if_all_is_taken(int recipients) {
        // Given
        host.owner(ANNA, HOME);
        burst(LATER, Duration.ofMinutes(10), recipients, AWAY, 0);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("compromised-account");
        Alert worst = alerts.get(alerts.size() - 1);
        assertThat(worst.severity()).isEqualTo(recipients >= 150 ? Severity.HIGH : Severity.MEDIUM);
        assertThat(worst.cause()).isEqualTo("STOLEN_CREDENTIALS");
        assertThat(worst.subject().account()).isEqualTo(ANNA);
        assertThat(worst.evidence()).isNotEmpty();
    }

    @Test
    void the_same_burst_from_home_is_a_newsletter_and_nothing() {
        host.owner(ANNA, HOME);
        burst(LATER, Duration.ofMinutes(10), 300, HOME, 0.01);
        assertThat(host.told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"90, 0.045", "120, 0.034", "1000, 0.025"})
    void as_many_refusals_as_chance_gives_a_list_that_is_kept_say_nothing(int recipients, double refused) {
        // Given
        host.owner(ANNA, HOME);
        burst(LATER, Duration.ofMinutes(10), recipients, HOME, refused);

        // When / Then
        assertThat(host.told()).isEmpty();
    }

    @Test
    void a_burst_from_home_of_which_much_is_refused_is_told_as_the_owners_own_computer() {
        // Given
        host.owner(ANNA, HOME);
        burst(LATER, Duration.ofMinutes(10), 300, HOME, 0.05);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("sending-burst");
        assertThat(alerts).extracting(Alert::severity).containsOnly(Severity.MEDIUM);
        assertThat(alerts).extracting(Alert::cause).containsOnly("INFECTED_COMPUTER");
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void refusals_of_our_own_address_count_against_who_is_refused_alone(boolean others, int told) {
        // Given a newsletter from home of which one in twenty is refused because this host is on a list
        host.owner(ANNA, HOME);
        for (int i = 0; i < 300; i++) {
            Duration at = LATER.plusSeconds(2L * i);
            host.submits(at, ANNA, HOME, i % 20 == 0 ? Outcome.LISTED : Outcome.SENT, "reader" + i + "@example.net");
            if (others && i % 20 == 0) {
                host.submits(at.minusSeconds(1), "bob@example.com", "192.0.2.11", Outcome.LISTED, "b@example.net");
            }
        }

        // When / Then
        assertThat(host.told()).hasSize(told);
    }

    @Test
    void a_burst_from_home_while_the_telephone_looks_for_mail_from_somewhere_new_is_nothing() {
        host.owner(ANNA, HOME);
        host.says(
                LATER.plusMinutes(5),
                "dovecot",
                "imap-login: Login: user=<" + ANNA + ">, method=PLAIN, rip=" + AWAY
                        + ", lip=192.0.2.1, mpid=77, TLS, session=<phone1>");
        burst(LATER, Duration.ofMinutes(10), 300, HOME, 0.01);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void a_newsletter_on_the_first_day_is_nothing() {
        burst(Duration.ofMinutes(5), Duration.ofMinutes(20), 600, HOME, 0.02);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void a_payroll_run_to_the_people_of_last_month_is_nothing_even_from_a_hotel_or_a_mobile_carrier() {
        host.owner(ANNA, HOME);
        payroll(Duration.ofHours(1), HOME);
        for (int i = 0; i < 120; i++) {
            host.submits(LATER.plusSeconds(5L * i), ANNA, "100.64." + i % 9 + "." + i % 50, Outcome.SENT, colleague(i));
        }
        assertThat(host.told()).isEmpty();
    }

    @Test
    void bought_addresses_sent_without_haste_from_a_strange_place_are_told_as_unknown_recipients() {
        host.owner(ANNA, HOME);
        burst(LATER, Duration.ofMinutes(55), 160, AWAY, 0.3);
        List<Alert> alerts = host.verdicts();
        assertThat(alerts).extracting(Alert::detector).containsOnly("compromised-account");
        assertThat(alerts.get(0).severity()).isGreaterThanOrEqualTo(Severity.MEDIUM);
    }

    @Test
    void an_old_list_from_the_owners_place_is_worth_a_look_and_other_advice() {
        // Given
        host.owner(ANNA, HOME);
        burst(LATER, Duration.ofMinutes(20), 400, HOME, 0.3);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("unknown-recipients");
        assertThat(alerts).allMatch(alert -> alert.severity() == Severity.MEDIUM);
        assertThat(alerts.get(0).cause()).isEqualTo("OLD_ADDRESS_LIST");
        assertThat(alerts.get(0).advice().get(0).title()).startsWith("Look at what");
        assertThat(alerts.get(0).technique()).isEmpty();
    }

    @Test
    void an_old_list_stays_the_owners_while_a_telephone_looks_for_mail_from_anywhere() {
        // Given
        host.owner(ANNA, HOME);
        burst(LATER, Duration.ofMinutes(20), 400, HOME, 0.3);
        for (int i = 0; i < 20; i++) {
            host.says(
                    LATER.plusSeconds(60L * i),
                    "dovecot",
                    "imap-login: Login: user=<" + ANNA + ">, method=PLAIN, rip=" + AWAY + ", lip=192.0.2.1, mpid="
                            + (4000 + i) + ", TLS, session=<s" + i + ">");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("unknown-recipients");
        assertThat(alerts).allMatch(alert -> alert.severity() == Severity.MEDIUM);
    }

    @Test
    void a_thief_who_stays_below_every_burst_is_told_within_the_hour() {
        // Given 40 in ten minutes, four hours long
        host.owner(ANNA, HOME);
        burst(LATER, Duration.ofHours(2), 480, AWAY, 0);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts.get(0).detector()).isEqualTo("compromised-account");
        assertThat(alerts.get(0).detectedAt())
                .isBefore(MailHost.START.plus(LATER).plus(Duration.ofMinutes(20)));
        assertThat(alerts).extracting(Alert::severity).contains(Severity.HIGH);
    }

    @Test
    void a_slow_thief_of_whom_a_few_recipients_are_gone_and_a_few_call_it_spam_is_told_within_the_hour() {
        // Given twenty an hour, of which three do not exist and three are refused, neither of which says anything alone
        host.owner(ANNA, HOME);
        for (int i = 0; i < 60; i++) {
            Outcome outcome = i % 7 == 3 ? Outcome.UNKNOWN : i % 7 == 5 ? Outcome.SPAM : Outcome.SENT;
            host.submits(LATER.plusMinutes(3L * i), ANNA, AWAY, outcome, "stranger" + i + "@example" + i % 30 + ".net");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).isNotEmpty();
        assertThat(alerts.get(0).detector()).isEqualTo("compromised-account");
        assertThat(alerts.get(0).detectedAt())
                .isBefore(MailHost.START.plus(LATER).plus(Duration.ofHours(1)));
    }

    @Test
    void a_thief_who_writes_to_thirty_strangers_an_hour_is_told_within_the_hour() {
        // Given
        host.owner(ANNA, HOME);
        burst(LATER, Duration.ofHours(2), 70, AWAY, 0.04);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("compromised-account");
        assertThat(alerts.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(alerts.get(0).detectedAt())
                .isBefore(MailHost.START.plus(LATER).plus(Duration.ofHours(1)));
    }

    @Test
    void a_thief_does_not_become_the_owner_by_staying() {
        // Given
        host.owner(ANNA, HOME);
        burst(LATER, Duration.ofHours(4), 4000, AWAY, 0.12);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts.get(0).detector()).isEqualTo("compromised-account");
        assertThat(alerts)
                .extracting(Alert::incidentId)
                .containsOnly(alerts.get(0).incidentId());
        assertThat(alerts).extracting(Alert::cause).containsOnly("STOLEN_CREDENTIALS");
        assertThat(alerts)
                .filteredOn(alert -> alert.sequence() > 2)
                .extracting(Alert::severity)
                .containsOnly(Severity.CRITICAL);
    }

    @Test
    void an_owner_at_a_new_place_who_writes_to_thirty_people_is_nothing() {
        // Given: people that the account has written to, or as few as on any day
        host.owner(ANNA, HOME);
        burst(Duration.ofHours(3), Duration.ofHours(2), 60, HOME, 0);
        burst(LATER, Duration.ofMinutes(30), 20, AWAY, 0);

        // When / Then
        assertThat(host.verdicts()).isEmpty();
    }

    private void payroll(Duration from, String ip) {
        for (int i = 0; i < 120; i++) {
            host.submits(from.plusSeconds(30L * i), ANNA, ip, Outcome.SENT, colleague(i));
        }
    }

    private static String colleague(int i) {
        return "colleague" + i + "@example.com";
    }

    private void burst(Duration from, Duration length, int recipients, String ip, double unknown) {
        for (int i = 0; i < recipients; i++) {
            boolean dead = Math.floor((i + 1) * unknown) > Math.floor(i * unknown);
            host.submits(
                    from.plus(length.multipliedBy(i).dividedBy(recipients)),
                    ANNA,
                    ip,
                    dead ? Outcome.UNKNOWN : Outcome.SENT,
                    "stranger" + i + "@example" + i % 30 + ".net");
        }
    }
}
