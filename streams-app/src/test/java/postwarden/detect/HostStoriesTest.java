package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.MailHost.Outcome;
import postwarden.incident.Alert;

/** Stories of whole hosts, told by their daemons' own lines from the first to the alert; seeds are fixed. */
class HostStoriesTest {
    private static final Duration LATER = Duration.ofHours(2);

    private final MailHost host = new MailHost("mx1");

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 12, 60, 120})
    void a_message_that_comes_again_and_again_is_a_circle_with_both_ends(int seconds) {
        // Given
        everyday(LATER.plusMinutes(10));
        Random random = new Random(seconds);
        double at = 0;
        for (int i = 0; i < 40; i++) {
            at -= seconds * Math.log(1 - random.nextDouble());
            host.forwards(
                    LATER.plusMillis((long) (1000 * at)),
                    "198.51.100.9",
                    "a@one.example",
                    "loop@one.example",
                    "b@two.example",
                    "c@one.example");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("mail-loop");
        assertThat(alerts.get(0).severity()).isEqualTo(Severity.HIGH);
        assertThat(alerts.get(0).cause()).isEqualTo("LOOP");
        assertThat(alerts.get(0).subject().sender()).isEqualTo("a@one.example");
        assertThat(alerts.get(0).subject().recipient()).isEqualTo("c@one.example");
        assertThat(alerts.get(0).advice().get(0).steps()).anyMatch(step -> step.contains("postsuper -h"));
    }

    @Test
    void a_daemon_that_speaks_of_a_forwarding_loop_is_believed() {
        host.says(
                LATER,
                "postfix/local[48]",
                "1A2B3C4D5E: to=<jo@example.com>, relay=local, delay=0.05, delays=0.03/0/0/0.01, dsn=5.4.6,"
                        + " status=bounced (mail forwarding loop for jo@example.com)");
        assertThat(host.told()).containsOnlyKeys("mail-loop").containsValue(Severity.MEDIUM);
    }

    @Test
    void a_domain_that_points_its_mx_at_us_is_no_circle() {
        for (int i = 0; i < 5; i++) {
            host.says(
                    LATER.plusSeconds(i),
                    "postfix/smtp[252]",
                    "989D3C96" + i
                            + ": to=<adam@loop.example>, relay=none, delay=0.01, delays=0.01/0/0.01/0, dsn=5.4.6,"
                            + " status=bounced (mail for loop.example loops back to myself)");
        }
        assertThat(host.told()).isEmpty();
    }

    @Test
    void a_monitor_that_uses_one_message_id_for_all_its_mail_to_a_mailbox_is_no_circle() {
        for (int i = 0; i < 80; i++) {
            host.receives(
                    LATER.plusSeconds(45L * i),
                    "198.51.100.9",
                    "alarm@one.example",
                    "alarm@one.example",
                    "ops@two.example");
        }
        assertThat(host.told()).isEmpty();
    }

    @Test
    void a_newsletter_with_one_message_id_for_all_is_no_circle() {
        for (int i = 0; i < 500; i++) {
            host.receives(
                    LATER.plusSeconds(i),
                    "198.51.100.9",
                    "news@one.example",
                    "issue7@one.example",
                    "r" + i + "@two.example");
        }
        assertThat(host.told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void a_mailbox_that_is_signed_up_everywhere_is_told(int secondsApart) {
        // Given
        everyday(LATER.plusMinutes(30));
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            host.receives(
                    LATER.plusMillis(1000L * secondsApart * i + random.nextInt(8000)),
                    "198.51.100." + i % 200,
                    "list@shop" + i % 170 + ".example",
                    "welcome" + i + "@shop.example",
                    "victim@two.example");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).containsOnly("email-bombing");
        assertThat(alerts.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(alerts.get(0).subject().recipient()).isEqualTo("victim@two.example");
        assertThat(alerts.get(0).technique()).isEqualTo("T1667");
    }

    @Test
    void monitors_bounces_of_a_forged_sender_and_a_support_desk_are_no_bombs() {
        // Given
        Random random = new Random(6);
        for (int i = 0; i < 600; i++) {
            Duration at = LATER.plusSeconds(2L * i);
            host.receives(at, "198.51.100.9", "", "dsn" + i + "@x.example", "forged@two.example");
            host.receives(at, "198.51.100.8", "alert@monitor.example", "alert" + i + "@x.example", "ops@two.example");
        }
        for (int i = 0; i < 4000; i++) {
            host.receives(
                    Duration.ofSeconds(3L * i),
                    "198.51.100." + i % 200,
                    "customer@c" + random.nextInt(900) + ".example",
                    "case" + i + "@x.example",
                    i % 2 == 0 ? "support@two.example" : "sales@two.example");
        }

        // When / Then: at its very first minutes a desk cannot be told from a bomb
        assertThat(host.verdicts())
                .allMatch(alert -> alert.detectedAt().isBefore(MailHost.START.plus(Duration.ofMinutes(15))))
                .noneMatch(alert -> alert.subject().recipient().startsWith("forged")
                        || alert.subject().recipient().startsWith("ops"));
    }

    @Test
    void a_sender_whose_run_is_put_off_and_blocks_the_host_is_told() {
        // Given
        everyday(LATER.plusMinutes(20));
        run(Outcome.BUSY);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).contains("dominant-sender");
        Alert alert = alerts.stream()
                .filter(each -> each.detector().equals("dominant-sender"))
                .findFirst()
                .orElseThrow();
        assertThat(alert.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(alert.subject().sender()).isEqualTo("billing@example.com");
        assertThat(alert.measures().get("share")).isGreaterThan(0.5);
    }

    @Test
    void the_same_run_that_is_taken_is_low() {
        everyday(LATER.plusMinutes(20));
        run(Outcome.SENT);
        assertThat(host.told()).containsExactly(Map.entry("dominant-sender", Severity.LOW));
    }

    @Test
    void what_another_senders_mail_met_before_is_not_held_against_a_run_that_is_taken() {
        // Given somebody whose mail is put off, forty minutes before
        everyday(LATER.plusMinutes(20));
        for (int i = 0; i < 300; i++) {
            host.submits(
                    LATER.minusMinutes(40).plusSeconds(i),
                    "sales@example.com",
                    "192.0.2.31",
                    Outcome.BUSY,
                    "lead" + i + "@example" + i % 60 + ".org");
        }
        run(Outcome.SENT);

        // When
        List<Alert> alerts = host.verdicts().stream()
                .filter(alert -> alert.subject().sender().equals("billing@example.com"))
                .filter(alert -> alert.state() == Alert.State.OPEN)
                .toList();

        // Then
        assertThat(alerts).extracting(Alert::severity).containsExactly(Severity.LOW);
    }

    @Test
    void what_other_peoples_mail_meets_meanwhile_is_not_held_against_a_run_that_is_taken() {
        // Given twenty people whose mail a provider puts off while the run goes through
        everyday(LATER.plusMinutes(20));
        run(Outcome.SENT);
        for (int i = 0; i < 240; i++) {
            host.submits(
                    LATER.plusSeconds(i * 2L),
                    "person" + i % 20 + "@example.com",
                    "192.0.2." + (100 + i % 20),
                    Outcome.BUSY,
                    "friend" + i + "@example.net");
        }

        // When
        List<Alert> alerts = host.verdicts().stream()
                .filter(alert -> alert.subject().sender().equals("billing@example.com"))
                .filter(alert -> alert.state() == Alert.State.OPEN)
                .toList();

        // Then
        assertThat(alerts).extracting(Alert::severity).containsExactly(Severity.LOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void a_run_of_which_about_as_much_is_put_off_as_blocks_a_host_does_not_change_its_severity_all_the_time(int most) {
        // Given a share that goes up and down about a tenth, or about a fifth, every ten minutes, for three hours
        everyday(LATER.plusHours(3));
        for (int i = 0; i < 10_800; i += 2) {
            boolean worse = i / 600 % 2 == 0;
            host.submits(
                    LATER.plusSeconds(i),
                    "billing@example.com",
                    "192.0.2.30",
                    i / 2 % 20 < (worse ? most : 1) ? Outcome.BUSY : Outcome.SENT,
                    "customer" + i + "@example" + i % 60 + ".org");
        }

        // When
        List<Severity> told = host.verdicts().stream()
                .filter(alert -> alert.detector().equals("dominant-sender") && alert.state() != Alert.State.RESOLVED)
                .map(Alert::severity)
                .toList();

        // Then
        assertThat(told).isNotEmpty();
        assertThat(IntStream.range(1, told.size()).filter(i -> told.get(i) != told.get(i - 1)))
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void what_is_left_of_a_run_that_was_taken_does_not_make_it_worse() {
        // Given a mailing of which one in twenty is put off, and tried again for an hour when the rest is done
        everyday(LATER.plusMinutes(70));
        run(Outcome.SENT);
        for (int i = 0; i < 30; i++) {
            inVain(LATER.plusSeconds(20L * i), 12, i);
        }

        // When
        List<Alert> alerts = dominant();

        // Then
        assertThat(alerts).isNotEmpty().extracting(Alert::severity).containsOnly(Severity.LOW);
        assertThat(alerts).noneMatch(alert -> alert.summary().contains("waits behind it"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mail_of_others_is_said_to_wait_only_where_it_does(boolean late) {
        // Given
        everyday(LATER.plusMinutes(20));
        run(Outcome.BUSY);
        for (int i = 0; i < 30; i++) {
            String id = "BC" + i + "DEF12";
            Duration at = LATER.plusSeconds(20L * i - 200);
            host.says(at, "postfix/pickup[77]", id + ": uid=1000 from=<jo@example.com>");
            host.says(at, "postfix/qmgr[231]", id + ": from=<jo@example.com>, size=1672, nrcpt=1 (queue active)");
            host.says(
                    at.plusSeconds(late ? 200 : 0),
                    "postfix/smtp[249]",
                    id + ": to=<friend@example.org>, relay=mx.example.org[203.0.113.9]:25, delay=" + (late ? 200 : 1)
                            + ", delays=0.05/" + (late ? 199 : 0.1)
                            + "/0.1/0.2, dsn=2.0.0, status=sent (250 2.0.0 Ok)");
        }

        // When
        List<Alert> alerts = dominant();

        // Then
        assertThat(alerts).extracting(Alert::severity).contains(Severity.MEDIUM);
        assertThat(alerts.stream().anyMatch(alert -> alert.summary().contains("waits behind it")))
                .isEqualTo(late);
    }

    /** A message of the run to a server that is gone, tried every five minutes. */
    private void inVain(Duration at, int tries, int number) {
        String id = "BD" + number + "DEF12";
        host.says(
                at,
                "postfix/submission/smtpd[242]",
                id + ": client=dsl.isp.example[192.0.2.30], sasl_method=PLAIN, sasl_username=billing@example.com");
        for (int i = 0; i < tries; i++) {
            Duration again = at.plusMinutes(5L * i);
            host.says(
                    again, "postfix/qmgr[231]", id + ": from=<billing@example.com>, size=1672, nrcpt=1 (queue active)");
            host.says(
                    again.plusSeconds(30),
                    "postfix/smtp[249]",
                    id + ": to=<x@gone" + number + ".example>, relay=none, delay=30, delays=0.01/0/30/0, dsn=4.4.1,"
                            + " status=deferred (connect to mx.gone" + number + ".example[203.0.113.8]:25:"
                            + " Connection timed out)");
        }
    }

    private List<Alert> dominant() {
        return host.verdicts().stream()
                .filter(alert -> alert.detector().equals("dominant-sender"))
                .toList();
    }

    private void run(Outcome outcome) {
        for (int i = 0; i < 600; i++) {
            host.submits(
                    LATER.plusSeconds(i),
                    "billing@example.com",
                    "192.0.2.30",
                    outcome,
                    "customer" + i + "@example" + i % 60 + ".org");
        }
    }

    /** Ten people who write to each other and elsewhere, a message every twenty seconds. */
    private void everyday(Duration until) {
        Random random = new Random(4);
        for (int i = 0; i < until.toSeconds() / 20; i++) {
            Duration at = Duration.ofSeconds(20L * i);
            int who = random.nextInt(10);
            host.submits(
                    at,
                    "person" + who + "@example.com",
                    "192.0.2." + (100 + who),
                    Outcome.SENT,
                    "partner" + random.nextInt(40) + "@example.org");
            host.receives(
                    at.plusSeconds(3),
                    "198.51.100.7",
                    "partner" + random.nextInt(40) + "@example.org",
                    "reply" + i + "@example.org",
                    "person" + random.nextInt(10) + "@example.com");
        }
    }
}
