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

/** Stories of local users whose programs send, and of the panel that limits them. */
class ScriptStoriesTest {
    private static final Duration LATER = Duration.ofHours(6);

    private final MailHost host = new MailHost("mx1");

    @ParameterizedTest
    @ValueSource(ints = {40, 400})
    void a_script_in_a_new_place_that_mails_strangers_is_told_with_its_path(int messages) {
        // Given
        shop();
        for (int i = 0; i < messages; i++) {
            Outcome outcome = i % 5 == 0 ? Outcome.UNKNOWN : i % 7 == 0 ? Outcome.SPAM : Outcome.SENT;
            host.script(
                    LATER.plusSeconds(3L * i),
                    "shop",
                    "/home/shop/public_html/wp-content/uploads",
                    outcome,
                    "stranger" + i + "@example" + i % 40 + ".net");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        Alert last = alerts.get(alerts.size() - 1);
        assertThat(alerts).extracting(Alert::detector).contains("script-burst");
        assertThat(alerts.stream().filter(alert -> alert.detector().equals("script-burst")))
                .allMatch(alert -> alert.subject().script().equals("/home/shop/public_html/wp-content/uploads")
                        && alert.severity().compareTo(Severity.MEDIUM) >= 0);
        assertThat(last.cause()).isEqualTo("HACKED_SCRIPT");
    }

    @Test
    void a_newsletter_of_a_new_plugin_is_worth_a_note_and_no_more() {
        shop();
        for (int i = 0; i < 300; i++) {
            host.script(
                    LATER.plusSeconds(3L * i),
                    "shop",
                    "/home/shop/public_html/wp-content/plugins/newsletter",
                    Outcome.SENT,
                    "buyer" + i + "@example.net");
        }
        assertThat(host.told()).containsOnlyKeys("script-burst").containsValue(Severity.INFO);
    }

    @ParameterizedTest
    @CsvSource({
        "96, /home/shop/public_html/wp-content/uploads, HIGH",
        "96, /home/shop/public_html, HIGH",
        "2, /home/shop/public_html/wp-content/uploads, HIGH"
    })
    void a_script_of_a_user_who_never_had_one_send_is_told_by_twenty_messages(int hours, String place, Severity worst) {
        // Given
        Duration at = Duration.ofHours(hours);
        watched(at);
        for (int i = 0; i < 30; i++) {
            Outcome outcome = i % 4 == 0 ? Outcome.UNKNOWN : Outcome.SENT;
            host.script(at.plusSeconds(25L * i), "shop", place, outcome, "stranger" + i + "@example.net");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("script-burst");
        assertThat(alerts.get(0).severity()).isEqualTo(worst);
        assertThat(alerts.get(0).cause()).isEqualTo("HACKED_SCRIPT");
    }

    @Test
    void a_local_user_that_nobody_logs_in_to_has_no_credentials_that_could_be_stolen() {
        // Given
        for (int i = 0; i < 200; i++) {
            Outcome outcome = i % 3 == 0 ? Outcome.UNKNOWN : i % 10 == 1 ? Outcome.SPAM : Outcome.SENT;
            host.pickedUp(LATER.plusSeconds(8L * i), 1007, "www@example.com", outcome, "stranger" + i + "@example.net");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("script-burst");
        assertThat(alerts).extracting(Alert::cause).containsOnly("HACKED_SCRIPT");
        assertThat(alerts.get(0).severity()).isEqualTo(Severity.HIGH);
        assertThat(alerts.get(0).advice())
                .flatExtracting(Advice::steps)
                .anyMatch(step -> step.contains("pickup"))
                .noneMatch(step -> step.contains("sasl") || step.contains("doveadm"));
    }

    @Test
    void a_site_that_nobody_watched_before_today_may_have_sent_as_much_ever_since() {
        watched(Duration.ofHours(2));
        for (int i = 0; i < 60; i++) {
            Outcome outcome = i % 12 == 0 ? Outcome.UNKNOWN : Outcome.SENT;
            host.script(
                    Duration.ofHours(2).plusSeconds(25L * i),
                    "shop",
                    "/home/shop/public_html",
                    outcome,
                    "buyer" + i + "@example.net");
        }
        assertThat(host.told()).isEmpty();
    }

    @Test
    void a_contact_form_that_is_new_and_used_at_once_is_nothing() {
        watched(Duration.ofDays(4));
        for (int i = 0; i < 12; i++) {
            host.script(
                    Duration.ofDays(4).plusMinutes(4L * i),
                    "shop",
                    "/home/shop/public_html",
                    i == 5 ? Outcome.UNKNOWN : Outcome.SENT,
                    "asks" + i + "@example.net");
        }
        assertThat(host.told()).isEmpty();
    }

    @Test
    void a_shops_month_end_from_its_usual_place_is_nothing() {
        shop();
        for (int i = 0; i < 600; i++) {
            Outcome outcome = i % 60 == 0 ? Outcome.UNKNOWN : Outcome.SENT;
            host.script(
                    LATER.plusSeconds(3L * i), "shop", "/home/shop/public_html", outcome, "buyer" + i + "@example.net");
        }
        assertThat(host.told()).isEmpty();
    }

    @Test
    void cron_that_reports_to_its_administrator_all_day_is_nothing() {
        for (int i = 0; i < 360; i++) {
            host.pickedUp(Duration.ofMinutes(i), 0, "root@mx1.example.com", Outcome.SENT, "admin@example.com");
            host.script(Duration.ofMinutes(i), "root", "/root", Outcome.SENT, "admin@example.com");
        }
        for (int i = 0; i < 300; i++) {
            host.pickedUp(LATER.plusSeconds(2L * i), 0, "root@mx1.example.com", Outcome.SENT, "admin@example.com");
        }
        assertThat(host.told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Message discarded.", "Message will be reattempted later"})
    void a_panels_limit_is_told_as_it_says_and_is_grave_only_when_mail_is_lost(String fate) {
        // Given
        boolean lost = fate.contains("discarded");
        for (int i = 0; i < 5; i++) {
            host.says(
                    Duration.ofMinutes(30 + i),
                    "exim[81]",
                    "1xUgOs-00001X-2g " + (lost ? "**" : "==") + " user@d.example R=enforce_mail_permissions"
                            + (lost ? ": " : " defer (-1): ") + "Domain d.example has exceeded the max emails per hour"
                            + " (125/100 (125%)) allowed. " + fate);
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("panel-limit");
        assertThat(alerts.get(0).severity()).isEqualTo(lost ? Severity.MEDIUM : Severity.INFO);
        assertThat(alerts.get(0).cause()).isEqualTo("SENDING_LIMIT");
        assertThat(alerts.get(0).measures()).containsEntry("limit", 100.0);
        assertThat(alerts.get(0).title()).contains("d.example", "of 100");
    }

    /** A host that has something to say every five minutes. */
    @Test
    void a_script_in_its_usual_place_that_writes_to_the_dead_for_hours_is_told_within_the_day() {
        // Given sixty an hour, one in eight of which is gone
        shop();
        toTheDead(8, 60, 8);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("script-burst");
        assertThat(alerts.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(alerts.get(0).cause()).isEqualTo("HACKED_SCRIPT");
        assertThat(alerts.get(0).detectedAt())
                .isBefore(MailHost.START.plus(Duration.ofDays(2)).plus(Duration.ofHours(5)));
    }

    @Test
    void a_shop_of_whose_customers_one_in_eight_always_mistypes_is_nothing() {
        for (int i = 0; i < 600; i++) {
            order(Duration.ofMinutes(4L * i), i, i % 8 == 0);
        }
        toTheDead(8, 60, 8);
        assertThat(host.told()).isEmpty();
    }

    @Test
    void an_hour_in_which_some_more_mistype_is_nothing() {
        shop();
        toTheDead(1, 60, 8);
        assertThat(host.told()).isEmpty();
    }

    /** From the usual place, two days later. */
    private void toTheDead(int hours, int perHour, int oneIn) {
        for (int i = 0; i < hours * perHour; i++) {
            order(
                    Duration.ofDays(2).plus(Duration.ofHours(1).multipliedBy(i).dividedBy(perHour)),
                    1000 + i,
                    i % oneIn == oneIn - 1);
        }
    }

    private void order(Duration at, int customer, boolean gone) {
        host.script(
                at,
                "shop",
                "/home/shop/public_html",
                gone ? Outcome.UNKNOWN : Outcome.SENT,
                "customer" + customer + "@example" + customer % 30 + ".net");
    }

    private void watched(Duration until) {
        for (Duration at = Duration.ZERO; at.compareTo(until) < 0; at = at.plusMinutes(5)) {
            host.says(at, "dovecot", "imap-login: Login: user=<carl@example.com>, method=PLAIN, rip=203.0.113.9, TLS");
        }
    }

    private void shop() {
        for (int i = 0; i < 60; i++) {
            host.script(
                    Duration.ofMinutes(4L * i),
                    "shop",
                    "/home/shop/public_html",
                    Outcome.SENT,
                    "buyer" + i + "@example.org");
        }
    }
}
