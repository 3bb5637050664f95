package postwarden.logins;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.detect.Severity;
import postwarden.incident.Alert;

/** Many addresses and many accounts of one host: a campaign, or a host's ordinary day and its bad moments. */
class PasswordSprayTest {
    @ParameterizedTest
    @CsvSource({"60, 12, 8", "120, 40, 4", "150, 100, 4"})
    void many_accounts_tried_a_few_times_from_many_addresses_are_one_campaign(
            int accounts, int sources, int secondsEach) {
        // Given
        MailHost host = day(new MailHost(), 3 * 3600);
        Random random = new Random(3);
        for (int i = 0; i < accounts * 2; i++) {
            host.failsToSend(
                    seconds(5400 + i * secondsEach * (0.5 + random.nextDouble())),
                    "mx1",
                    "198.51." + i % sources % 7 + "." + i % sources,
                    "user" + i % accounts + "@example.com");
        }

        // When
        List<Alert> alerts = told(host);

        // Then
        assertThat(alerts).isNotEmpty();
        assertThat(alerts).extracting(Alert::detector).containsOnly("password-spray");
        Alert first = alerts.get(0);
        assertThat(first.severity()).isEqualTo(Severity.HIGH);
        assertThat(first.subject().server()).isEqualTo("mx1");
        assertThat(first.cause()).isEqualTo("PASSWORD_SPRAY");
        assertThat(first.technique()).isEqualTo("T1110.003");
        assertThat(first.evidence()).isNotEmpty();
    }

    @Test
    void a_guesser_in_the_morning_hides_no_campaign_in_the_afternoon() {
        // Given 800 tries at one account within ten minutes, and six hours later two at each of sixty within sixteen
        MailHost host = day(new MailHost(), 10 * 3600);
        for (int i = 0; i < 800; i++) {
            host.failsToSend(seconds(5400 + i * 0.75), "mx1", "198.51.100.1", "info@example.com");
        }
        for (int i = 0; i < 120; i++) {
            host.failsToSend(seconds(27_000 + i * 8.0), "mx1", "203.0.113." + i % 60, "user" + i % 60 + "@example.com");
        }

        // When / Then
        assertThat(told(host)).extracting(Alert::detector).contains("brute-force", "password-spray");
    }

    @ParameterizedTest
    @CsvSource({
        "DOVECOT, 60, 12, 200", "POSTFIX, 60, 12, 200", "EXIM, 60, 12, 200",
        "DOVECOT, 300, 6, 500", "POSTFIX, 300, 6, 500", "EXIM, 300, 6, 500",
        "POSTFIX, 200, 5, 500", "POSTFIX, 60, 29, 300", "POSTFIX, 100, 50, 900"
    })
    void however_often_each_account_is_tried_one_after_the_other_it_is_one_campaign(
            Daemon daemon, int accounts, int tries, int sources) {
        // Given a list of accounts that many addresses work through within two hours
        MailHost host = day(new MailHost(), 5 * 3600);
        Random random = new Random(7);
        for (int i = 0; i < accounts * tries; i++) {
            int bot = random.nextInt(sources);
            Duration at = seconds(7200 + 7200.0 * (i + random.nextDouble()) / (accounts * tries));
            daemon.refuses(host, at, "198.51." + bot % 9 + "." + bot / 9, "user" + i / tries + "@example.com");
        }

        // When
        Map<String, Alert> last = told(host).stream()
                .collect(Collectors.toMap(Alert::incidentId, alert -> alert, (earlier, later) -> later));

        // Then
        List<Alert> pages =
                last.values().stream().filter(alert -> alert.parent().isEmpty()).toList();
        assertThat(MailHost.briefly(pages)).hasSize(1);
        Alert page = pages.get(0);
        assertThat(page.detector()).isEqualTo("password-spray");
        assertThat(page.severity()).isEqualTo(Severity.HIGH);
        assertThat(page.cause() + " " + page.technique())
                .as(page.measures().toString())
                .isEqualTo("DISTRIBUTED_GUESSING T1110.001");
        assertThat(page.onset()).isBefore(MailHost.START.plus(Duration.ofMinutes(150)));
    }

    @Test
    void an_account_that_hundreds_try_beside_a_spray_does_not_speak_for_the_others() {
        // Given
        MailHost host = day(new MailHost(), 4 * 3600);
        for (int i = 0; i < 300; i++) {
            host.failsToSend(seconds(7200 + i * 12.0), "mx1", "198.51." + i % 9 + "." + i % 224, "info@example.com");
        }
        for (int i = 0; i < 14; i++) {
            host.failsToRead(
                    Duration.ofMinutes(122 + i * 3L),
                    "mx1",
                    "203.0.113." + i % 6,
                    "user" + i + "@example.com",
                    "Winter2026");
        }

        // When
        List<Alert> alerts = told(host);

        // Then
        assertThat(alerts).extracting(Alert::detector).contains("password-spray", "distributed-brute-force");
        assertThat(alerts).filteredOn(alert -> !alert.parent().isEmpty()).isEmpty();
        assertThat(alerts)
                .filteredOn(alert -> alert.detector().equals("password-spray"))
                .extracting(Alert::cause)
                .containsOnly("PASSWORD_SPRAY");
    }

    @Test
    void a_botnet_with_an_address_for_each_try_is_one_campaign() {
        // Given
        MailHost host = day(new MailHost(), 4 * 3600);
        for (int i = 0; i < 360; i++) {
            host.failsToSend(
                    seconds(7200 + i * 20.0),
                    "mx1",
                    "198.51." + i % 9 + "." + i / 9,
                    "user" + i * 7 % 300 + "@example.com");
        }

        // When
        List<Alert> alerts = told(host);

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("password-spray");
        assertThat(alerts.get(0).detectedAt()).isBefore(MailHost.START.plus(Duration.ofHours(3)));
    }

    @Test
    void a_class_in_a_room_whose_addresses_are_new_to_the_host_is_no_campaign() {
        // Given forty who mistype, four at most, and then are let in
        MailHost host = day(new MailHost(), 3 * 3600);
        Random random = new Random(11);
        for (int i = 0; i < 40; i++) {
            String ip = "198.51.100." + i;
            Duration at = seconds(5400 + random.nextInt(500));
            for (int tries = random.nextInt(5); tries > 0; tries--) {
                host.failsToRead(at, "mx1", ip, "pupil" + i + "@example.com");
                at = at.plusSeconds(10 + random.nextInt(20));
            }
            host.reads(at, "mx1", ip, "pupil" + i + "@example.com");
        }

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    @Test
    void an_hour_without_the_authentication_service_is_no_campaign_although_telephones_change_their_addresses() {
        // Given
        MailHost host = day(new MailHost(), 7200);
        Random random = new Random(17);
        for (int who = 0; who < 100; who++) {
            for (int at = random.nextInt(180); at < 3600; at += 60 + random.nextInt(300)) {
                String ip = random.nextBoolean() ? "192.0.2." + who : "198.51.100." + who;
                host.failsToRead(seconds(7200 + at), "mx1", ip, "person" + who + "@example.com");
            }
        }

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    @Test
    void one_password_on_twelve_accounts_is_proof_however_slow_and_few() {
        // Given
        MailHost host = new MailHost();
        for (int i = 0; i < 14; i++) {
            host.failsToRead(
                    Duration.ofMinutes(i * 3L),
                    "mx1",
                    "198.51.100." + i % 6,
                    "user" + i + "@example.com",
                    "Winter2026");
        }

        // When
        Alert first = told(host).get(0);

        // Then
        assertThat(first.measures().get("accountsSharingPasswords")).isGreaterThanOrEqualTo(10);
        assertThat(first.confidence()).isGreaterThan(0.9);
    }

    @Test
    void where_accounts_are_not_logged_the_addresses_speak_and_the_blind_spot_is_said() {
        // Given
        MailHost host = day(new MailHost(), 3 * 3600);
        for (int i = 0; i < 120; i++) {
            host.failsToSend(seconds(5400 + i * 5.0), "mx1", "198.51." + i % 9 + "." + i % 40, "");
        }

        // When
        Alert first = told(host).get(0);

        // Then
        assertThat(first.detector()).isEqualTo("password-spray");
        assertThat(first.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(first.blindSpots()).anyMatch(spot -> spot.contains("Which accounts are tried is not logged"));
    }

    @Test
    void a_day_of_typing_errors_and_old_passwords_is_nothing() {
        // Given
        MailHost host = day(new MailHost(), 4 * 3600);

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    @Test
    void ten_minutes_in_which_everybody_is_refused_are_no_campaign() {
        // Given
        MailHost host = day(new MailHost(), 5400);
        for (int i = 0; i < 200; i++) {
            host.failsToRead(seconds(5400 + i * 3.0), "mx1", "192.0.2." + i % 100, "person" + i % 100 + "@example.com");
        }

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    @Test
    void a_small_host_that_refuses_its_own_people_from_where_they_always_log_in_is_no_campaign() {
        // Given a login each half minute, too few for their absence to say anything soon
        MailHost host = new MailHost();
        Random random = new Random(5);
        for (int at = 0; at < 4 * 3600; at += 30) {
            int who = random.nextInt(60);
            host.reads(Duration.ofSeconds(at), "mx1", "192.0.2." + who, "person" + who + "@example.com");
        }
        for (int i = 0; i < 160; i++) {
            int who = i % 5 == 0 ? 200 + i : random.nextInt(60);
            host.failsToRead(
                    seconds(4 * 3600 + i * 3.0),
                    "mx1",
                    who < 200 ? "192.0.2." + who : "198.51.100." + i,
                    "person" + (who < 200 ? who : i % 60) + "@example.com");
        }

        // When / Then
        assertThat(MailHost.briefly(told(host))).isEmpty();
    }

    /** Who refuses. */
    enum Daemon {
        DOVECOT(MailHost::failsToRead),
        POSTFIX(MailHost::failsToSend),
        EXIM(MailHost::failsAtExim);

        private interface Refusal {
            MailHost write(MailHost host, Duration at, String name, String ip, String account);
        }

        @SuppressWarnings("ImmutableEnumChecker") // a reference to a method
        private final Refusal refusal;

        Daemon(Refusal refusal) {
            this.refusal = refusal;
        }

        void refuses(MailHost host, Duration at, String ip, String account) {
            refusal.write(host, at, "mx1", ip, account);
        }
    }

    /** A host's ordinary: a login each three seconds, a typing error a minute, and three phones with old passwords. */
    private static MailHost day(MailHost host, int until) {
        Random random = new Random(2);
        for (int at = 0; at < until; at += 3) {
            int who = random.nextInt(100);
            host.reads(Duration.ofSeconds(at), "mx1", "192.0.2." + who, "person" + who + "@example.com");
            if (random.nextInt(20) == 0) {
                host.failsToRead(Duration.ofSeconds(at + 1), "mx1", "192.0.2." + who, "person" + who + "@example.com");
            }
            if (at % 60 == 0) {
                host.failsToRead(
                        Duration.ofSeconds(at + 2),
                        "mx1",
                        "192.0.2.20" + at / 60 % 3,
                        "old" + at / 60 % 3 + "@example.com");
            }
        }
        return host;
    }

    private static List<Alert> told(MailHost host) {
        return host.alerts().stream()
                .filter(alert -> alert.severity().compareTo(Severity.INFO) > 0)
                .toList();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
