package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.MailHost.Outcome;
import postwarden.incident.Alert;

/** Who writes to a few strangers an hour, hour after hour: a thief who keeps below everything, or an owner somewhere else. */
class SlowThiefTest {
    private static final String ANNA = "anna@example.com";
    private static final String HOME = "192.0.2.10";
    private static final String AWAY = "203.0.113.5";
    /** Half an hour behind all that is known of the owner. */
    private static final Duration TODAY = Duration.ofMinutes(270);

    private static final Duration LATER = Duration.ofHours(30);

    private final MailHost host = new MailHost("mx1").owner(ANNA, HOME);

    @ParameterizedTest
    @ValueSource(ints = {14, 20, 40})
    void twenty_strangers_an_hour_from_a_new_place_are_told_although_all_is_taken(int perHour) {
        // Given
        strangers(LATER, 14, perHour, AWAY);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        Alert first = alerts.get(0);
        assertThat(first.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(first.cause()).isEqualTo("STOLEN_CREDENTIALS");
        assertThat(first.detectedAt()).isBefore(MailHost.START.plus(LATER).plus(Duration.ofHours(5)));
        assertThat(alerts).extracting(Alert::severity).contains(Severity.HIGH);
    }

    @Test
    void thieves_who_take_turns_are_told_within_the_hour_on_a_fleets_first_day() {
        // Given
        for (int i = 0; i < 40; i++) {
            String ip = 20 + i + ".7." + 3 * i + ".9";
            host.submits(TODAY.plusMinutes(3L * i), ANNA, ip, Outcome.SENT, "stranger" + i + "@example.net");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(alerts.get(0).detectedAt())
                .isBefore(MailHost.START.plus(TODAY).plus(Duration.ofMinutes(45)));
    }

    @Test
    void a_thief_with_an_address_of_one_network_for_each_message_is_as_one_with_a_single_address() {
        // Given
        for (int i = 0; i < 300; i++) {
            String ip = "2001:db8:41f:7::%x".formatted(0x1000 + i);
            host.submits(LATER.plusSeconds(2L * i), ANNA, ip, Outcome.SENT, "stranger" + i + "@example.net");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).contains("compromised-account");
        assertThat(alerts.get(0).detectedAt())
                .isBefore(MailHost.START.plus(LATER).plus(Duration.ofMinutes(5)));
    }

    @Test
    void a_fifth_of_bounces_tells_a_slow_thief_within_the_hour_on_a_fleets_first_day() {
        // Given
        for (int i = 0; i < 40; i++) {
            Outcome outcome = i % 5 == 4 ? Outcome.UNKNOWN : Outcome.SENT;
            host.submits(TODAY.plusMinutes(3L * i), ANNA, AWAY, outcome, "stranger" + i + "@example.net");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).contains("compromised-account");
        assertThat(alerts.get(0).detectedAt())
                .isBefore(MailHost.START.plus(TODAY).plus(Duration.ofMinutes(50)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4h", "30h"})
    void an_owner_on_a_train_whose_telephone_changes_networks_is_nothing(String history) {
        // Given
        Duration from = Duration.parse("PT" + history);
        for (int i = 0; i < 20; i++) {
            String ip = 20 + i + ".7." + 3 * i + ".9";
            host.submits(from.plusMinutes(3L * i), ANNA, ip, Outcome.SENT, "friend" + i % 8 + "@example.org");
        }

        // When / Then
        assertThat(host.told()).doesNotContainKeys("compromised-account", "recipient-fan-out");
    }

    @Test
    void an_owner_who_goes_home_on_a_fleets_first_day_and_writes_to_some_new_people_is_nothing() {
        strangers(TODAY, 1, 10, AWAY);
        friends(TODAY.plusHours(1), 6, AWAY);
        strangers(host, TODAY.plusHours(2), 4, 5, AWAY, "more");
        assertThat(host.told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40})
    void letter_after_letter_to_strangers_from_a_new_place_is_told_within_the_hour(int perHour) {
        strangers(LATER, 2, perHour, AWAY);
        assertThat(host.verdicts().get(0).detectedAt())
                .isBefore(MailHost.START.plus(LATER).plus(Duration.ofMinutes(60)));
    }

    @Test
    void one_letter_to_twenty_new_people_from_a_new_place_is_an_invitation() {
        String[] guests = IntStream.range(0, 20)
                .mapToObj(i -> "guest" + i + "@example" + i % 30 + ".net")
                .toArray(String[]::new);
        host.submits(LATER, ANNA, AWAY, Outcome.SENT, guests);
        friends(LATER.plusHours(1), 10, AWAY);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void it_is_one_incident_for_as_long_as_it_lasts() {
        // Given
        strangers(LATER, 30, 20, AWAY);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("recipient-fan-out");
        assertThat(alerts)
                .extracting(Alert::incidentId)
                .containsOnly(alerts.get(0).incidentId());
    }

    @Test
    void an_owner_on_a_journey_who_makes_acquaintances_for_an_hour_is_nothing() {
        strangers(LATER, 2, 12, AWAY);
        friends(LATER.plusHours(2), 10, AWAY);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void an_owner_who_has_moved_and_writes_as_ever_is_nothing() {
        friends(LATER, 30, AWAY);
        strangers(LATER, 30, 3, AWAY);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void the_same_from_home_is_a_busy_day() {
        strangers(LATER, 14, 20, HOME);
        assertThat(host.told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100, 8", "100, 14", "60, 8", "40, 10"})
    void the_same_from_home_is_a_program_when_more_comes_back_than_of_a_kept_list(int perHour, int oneIn) {
        // Given
        comingBack(LATER, 8, perHour, oneIn);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        Alert first = alerts.get(0);
        assertThat(first.detector()).isEqualTo("recipient-fan-out");
        assertThat(first.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(first.cause()).isEqualTo("INFECTED_COMPUTER");
        assertThat(first.detectedAt())
                .isBefore(MailHost.START.plus(LATER).plus(Duration.ofMinutes(60 + 60 * 160 / perHour)));
        assertThat(alerts)
                .extracting(Alert::incidentId)
                .containsOnly(alerts.get(0).incidentId());
    }

    @Test
    void of_a_kept_list_two_in_a_hundred_are_gone_and_that_is_nothing() {
        comingBack(LATER, 8, 100, 50);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void an_hour_of_an_old_list_is_a_mistake_and_no_program() {
        comingBack(LATER, 1, 90, 9);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void what_his_own_computer_did_is_not_held_against_an_owner_who_is_somewhere_else_later() {
        // Given a program on his desk that was told, and a dozen people whom he meets
        for (int i = 0; i < 300; i++) {
            Duration at = LATER.plusSeconds(14L * i);
            Outcome outcome = i % 20 == 0 ? Outcome.UNKNOWN : Outcome.SENT;
            host.submits(at, ANNA, HOME, outcome, "list" + i + "@example" + i % 30 + ".net");
        }
        strangers(LATER.plusHours(4), 1, 12, AWAY);

        // When / Then
        assertThat(host.verdicts())
                .isNotEmpty()
                .allMatch(alert -> alert.detectedAt().isBefore(MailHost.START.plus(LATER.plusHours(3))))
                .extracting(Alert::cause)
                .containsOnly("INFECTED_COMPUTER");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 150})
    void a_thief_does_not_become_the_owner_by_reading_first(int perHour) {
        // Given
        for (int i = 0; i < 24; i++) {
            host.letsIn(LATER.minusHours(24 - i), ANNA, AWAY);
        }
        strangers(LATER, 6, perHour, AWAY);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts.get(0).cause()).isEqualTo("STOLEN_CREDENTIALS");
        assertThat(alerts.get(0).detectedAt())
                .isBefore(MailHost.START.plus(LATER).plus(Duration.ofHours(4)));
    }

    @Test
    void a_burst_from_where_somebody_had_only_read_is_told_at_once() {
        // Given
        host.letsIn(LATER.minusMinutes(90), ANNA, AWAY);
        for (int i = 0; i < 300; i++) {
            host.submits(LATER.plusSeconds(2L * i), ANNA, AWAY, Outcome.SENT, "stranger" + i + "@example.net");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts.get(0).cause()).isEqualTo("STOLEN_CREDENTIALS");
        assertThat(alerts.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(alerts.get(0).detectedAt())
                .isBefore(MailHost.START.plus(LATER).plus(Duration.ofMinutes(10)));
    }

    @Test
    void an_owner_who_read_at_home_for_days_and_works_from_there_now_is_nothing() {
        for (int i = 0; i < 24; i++) {
            host.letsIn(LATER.minusHours(24 - i), ANNA, AWAY);
        }
        friends(LATER, 8, AWAY);
        strangers(LATER, 8, 6, AWAY);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void behind_webmail_there_is_no_computer_of_the_owners() {
        // Given
        MailHost web = new MailHost("mx1").owner(ANNA, "127.0.0.1");
        for (int i = 0; i < 300; i++) {
            Outcome outcome = i % 14 == 0 ? Outcome.UNKNOWN : Outcome.SENT;
            web.submits(LATER.plusSeconds(12L * i), ANNA, "127.0.0.1", outcome, "buyer" + i + "@example.net");
        }

        // When / Then
        assertThat(web.verdicts()).isNotEmpty().extracting(Alert::cause).containsOnly("STOLEN_CREDENTIALS");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40})
    void nine_letters_to_nine_people_are_no_proof_of_who_always_writes_to_others(int perHour) {
        // Given an account of three days that has written little, and a thief abroad
        MailHost quiet = new MailHost("mx1");
        for (int i = 0; i < 9; i++) {
            quiet.submits(Duration.ofHours(6L * i), ANNA, HOME, Outcome.SENT, "friend" + i + "@example.org");
        }
        Duration later = Duration.ofHours(60);
        strangers(quiet, later, 10, perHour, AWAY, "stranger");

        // When
        List<Alert> alerts = quiet.verdicts();

        // Then
        assertThat(alerts.get(0).cause()).isEqualTo("STOLEN_CREDENTIALS");
        assertThat(alerts.get(0).detectedAt())
                .isBefore(MailHost.START.plus(later).plus(Duration.ofHours(4)));
    }

    @Test
    void a_salesman_who_always_writes_to_others_is_nothing_wherever_he_is() {
        // Given
        MailHost sales = new MailHost("mx1");
        strangers(sales, Duration.ZERO, 10, 20, HOME, "before");
        strangers(sales, LATER, 10, 20, AWAY, "after");

        // When / Then
        assertThat(sales.told()).isEmpty();
    }

    private void strangers(Duration from, int hours, int perHour, String ip) {
        strangers(host, from, hours, perHour, ip, "stranger");
    }

    private static void strangers(MailHost on, Duration from, int hours, int perHour, String ip, String names) {
        for (int i = 0; i < hours * perHour; i++) {
            on.submits(
                    from.plus(Duration.ofHours(1).multipliedBy(i).dividedBy(perHour)),
                    ANNA,
                    ip,
                    Outcome.SENT,
                    names + i + "@example" + i % 30 + ".net");
        }
    }

    /** To strangers, from home; one in some does not exist. */
    private void comingBack(Duration from, int hours, int perHour, int oneIn) {
        for (int i = 0; i < hours * perHour; i++) {
            Duration at = from.plus(Duration.ofHours(1).multipliedBy(i).dividedBy(perHour));
            Outcome outcome = i % oneIn == oneIn - 1 ? Outcome.UNKNOWN : Outcome.SENT;
            host.submits(at, ANNA, HOME, outcome, "buyer" + i + "@example" + i % 30 + ".net");
        }
    }

    private void friends(Duration from, int hours, String ip) {
        for (int i = 0; i < 10 * hours; i++) {
            host.submits(from.plusMinutes(6L * i), ANNA, ip, Outcome.SENT, "friend" + i % 8 + "@example.org");
        }
    }
}
