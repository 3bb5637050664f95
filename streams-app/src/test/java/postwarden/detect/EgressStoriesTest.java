package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import postwarden.detect.MailHost.Outcome;
import postwarden.incident.Alert;

/** A host's way out and its name with others, told by its daemons' own lines from the first to the alert; seeds are fixed. */
class EgressStoriesTest {
    private static final Duration LATER = Duration.ofHours(2);

    private final MailHost host = new MailHost("mx1");
    private final Random random = new Random(5);

    @ParameterizedTest
    @CsvSource({"NOBODY, 20, PORT_BLOCKED", "NAMELESS, 20, RESOLVER", "NOBODY, 100, PORT_BLOCKED"})
    void when_nobody_answers_whomever_a_host_writes_to_nothing_leaves_it(Outcome outcome, int pause, String cause) {
        // Given
        everyday(Duration.ZERO, LATER, pause, Outcome.SENT);
        everyday(LATER, LATER.plusHours(1), pause, outcome);
        everyday(LATER.plusHours(1), LATER.plusMinutes(150), 6 * pause, Outcome.SENT);
        host.submits(LATER.plusMinutes(72), "jo@example.com", "192.0.2.77", Outcome.NOBODY, "x@gone.example");

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(pages(alerts)).extracting(Alert::detector).containsOnly("egress-blocked");
        Alert first = alerts.get(0);
        assertThat(first.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(first.cause()).isEqualTo(cause);
        assertThat(Duration.between(MailHost.START.plus(LATER), first.detectedAt()))
                .isLessThan(Duration.ofMinutes(pause == 20 ? 12 : 40));
        assertThat(first.evidence()).isNotEmpty();
        assertThat(first.advice().get(0).steps()).anyMatch(step -> step.startsWith("First see"));
        Alert last = alerts.get(alerts.size() - 1);
        assertThat(last.state().name()).isEqualTo("RESOLVED");
        assertThat(alerts).filteredOn(alert -> alert.state() == last.state()).hasSize(1);
        assertThat(last.lastSeen())
                .isBefore(MailHost.START.plus(LATER).plus(Duration.ofMinutes(pause == 20 ? 65 : 75)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"NOBODY", "NAMELESS"})
    void it_is_the_same_in_the_words_of_exim(Outcome outcome) {
        for (int i = 0; i < 360; i++) {
            Duration at = Duration.ofSeconds(30L * i);
            host.script(at, "web", "/home/web", at.compareTo(LATER) < 0 ? Outcome.SENT : outcome, somebody());
        }
        assertThat(host.told()).containsOnlyKeys("egress-blocked").containsValue(Severity.CRITICAL);
    }

    @Test
    void a_relay_that_is_away_is_named_when_all_mail_goes_by_it() {
        // Given
        everyday(Duration.ZERO, LATER, 20, Outcome.SENT);
        for (int i = 0; i < 60; i++) {
            String id = "AB" + i + "CDE1F2";
            Duration at = LATER.plusSeconds(20L * i);
            host.says(
                    at, "postfix/submission/smtpd[242]", id + ": client=pc[192.0.2.77], sasl_username=jo@example.com");
            host.says(at, "postfix/qmgr[231]", id + ": from=<jo@example.com>, size=1672, nrcpt=1 (queue active)");
            host.says(
                    at.plusSeconds(30),
                    "postfix/smtp[249]",
                    id + ": to=<" + somebody() + ">, relay=none, delay=30, delays=0.01/0/30/0, dsn=4.4.1,"
                            + " status=deferred (connect to relay.isp.example[203.0.113.25]:587: Connection timed out)");
        }

        // When / Then
        assertThat(pages(host.verdicts()))
                .extracting(Alert::detector, Alert::cause)
                .contains(org.assertj.core.api.Assertions.tuple("egress-blocked", "SMARTHOST_DOWN"));
    }

    @Test
    void a_cause_rests_on_no_less_than_what_it_was_found_by() {
        // Given a small host, a message in two minutes, and a port that is closed for two hours
        everyday(Duration.ZERO, LATER, 110, Outcome.SENT);
        everyday(LATER, LATER.plusHours(1), 110, Outcome.NOBODY);
        everyday(LATER.plusHours(1), LATER.plusHours(2), 290, Outcome.NOBODY);
        everyday(LATER.plusHours(2), LATER.plusHours(3), 110, Outcome.SENT);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).isNotEmpty().extracting(Alert::cause).containsOnly("PORT_BLOCKED");
        assertThat(alerts.get(alerts.size() - 1).measures().get("distinctUnreachedDomainsAtWorst"))
                .isGreaterThanOrEqualTo(10);
    }

    @Test
    void a_night_in_which_only_what_nobody_takes_is_tried_again_is_nothing() {
        // Given forty messages to servers that are gone, each tried again and again while nobody writes
        everyday(Duration.ZERO, LATER, 20, Outcome.SENT);
        for (int i = 0; i < 40; i++) {
            String gone = "x@gone" + i + ".example";
            host.submits(LATER.plusSeconds(i), "jo@example.com", "192.0.2.77", Outcome.SENT, somebody());
            String id = "AC" + i + "CDE1F2";
            host.says(
                    Duration.ofMinutes(3L * i),
                    "postfix/submission/smtpd[242]",
                    id + ": client=pc[192.0.2.77], sasl_username=jo@example.com");
            for (int again = 0; again < 12; again++) {
                Duration at = Duration.ofMinutes(3L * i + 15L * again);
                host.says(at, "postfix/qmgr[231]", id + ": from=<jo@example.com>, size=1672, nrcpt=1 (queue active)");
                host.says(
                        at.plusSeconds(30),
                        "postfix/smtp[249]",
                        id + ": to=<" + gone + ">, relay=none, delay=30, delays=0.01/0/30/0, dsn=4.4.1,"
                                + " status=deferred (connect to mx.gone" + i + ".example[203.0.113." + i
                                + "]:25: Connection timed out)");
            }
        }

        // When / Then
        assertThat(host.told()).doesNotContainKey("egress-blocked");
    }

    @Test
    void a_large_provider_that_is_away_closes_no_way_out() {
        everyday(Duration.ZERO, LATER, 20, Outcome.SENT);
        for (int i = 0; i < 180; i++) {
            Duration at = LATER.plusSeconds(20L * i);
            Outcome outcome = i % 5 < 3 ? Outcome.NOBODY : Outcome.SENT;
            host.submits(at, "jo@example.com", "192.0.2.77", outcome, somebody());
        }
        assertThat(host.told()).doesNotContainKey("egress-blocked");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"LISTED", "COMPLAINED"})
    void when_several_begin_to_refuse_everybodys_mail_the_host_has_lost_its_name(Outcome outcome) {
        // Given
        everyday(Duration.ZERO, LATER, 20, Outcome.SENT);
        for (int i = 0; i < 180; i++) {
            Duration at = LATER.plusSeconds(20L * i);
            String who = "user" + i % 30;
            host.submits(
                    at,
                    who + "@example.com",
                    "192.0.2." + (100 + i % 30),
                    i % 4 == 0 ? outcome : Outcome.SENT,
                    "friend" + i + "@" + (i % 4 == 0 ? "strict" + i % 6 : "mild" + i % 20) + ".example");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(pages(alerts)).extracting(Alert::detector).containsOnly("reputation-shift");
        assertThat(alerts.get(0).severity()).isEqualTo(Severity.HIGH);
        assertThat(alerts.get(0).cause()).isEqualTo(outcome == Outcome.LISTED ? "BLOCK_LIST" : "BAD_NAME");
        assertThat(Duration.between(MailHost.START.plus(LATER), alerts.get(0).detectedAt()))
                .isLessThan(Duration.ofMinutes(16));
    }

    @Test
    void a_small_office_that_everybody_refuses_has_lost_its_name_within_the_hour() {
        // Given a message every eight minutes, and from then on three in four refused
        everyday(Duration.ZERO, LATER, 480, Outcome.SENT);
        for (int i = 0; i < 20; i++) {
            host.submits(
                    LATER.plusMinutes(8L * i),
                    "user" + i % 7 + "@example.com",
                    "192.0.2." + (100 + i % 7),
                    i % 4 == 3 ? Outcome.SENT : Outcome.LISTED,
                    "friend" + i + "@site" + i + ".example");
        }
        everyday(LATER.plusMinutes(160), LATER.plusMinutes(330), 480, Outcome.SENT);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(pages(alerts)).hasSize(1);
        assertThat(alerts.get(0).detector()).isEqualTo("reputation-shift");
        assertThat(alerts.get(0).cause()).isEqualTo("BLOCK_LIST");
        assertThat(Duration.between(MailHost.START.plus(LATER), alerts.get(0).detectedAt()))
                .isLessThan(Duration.ofHours(1));
        assertThat(alerts.get(alerts.size() - 1).state()).isEqualTo(Alert.State.RESOLVED);
    }

    @Test
    void a_quiet_lunch_takes_no_host_off_a_list() {
        // Given a small office on a list for five hours, in two of which nobody writes
        everyday(Duration.ZERO, LATER, 480, Outcome.SENT);
        for (int i = 0; i < 40; i++) {
            Duration at = LATER.plusMinutes(8L * i);
            if (i < 12 || i > 28) {
                host.submits(
                        at,
                        "user" + i % 7 + "@example.com",
                        "192.0.2." + (100 + i % 7),
                        i % 4 == 3 ? Outcome.SENT : Outcome.LISTED,
                        "friend" + i + "@site" + i + ".example");
            }
        }
        everyday(LATER.plusMinutes(320), LATER.plusMinutes(430), 480, Outcome.SENT);

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts.stream().map(Alert::incidentId).distinct()).hasSize(1);
        assertThat(alerts).extracting(Alert::severity).containsOnly(Severity.HIGH);
        assertThat(alerts.get(alerts.size() - 1).state()).isEqualTo(Alert.State.RESOLVED);
    }

    @Test
    void a_few_refusals_of_a_small_office_are_no_shift() {
        for (int i = 0; i < 60; i++) {
            host.submits(
                    Duration.ofMinutes(8L * i),
                    "user" + i % 7 + "@example.com",
                    "192.0.2." + (100 + i % 7),
                    i % 4 == 3 ? Outcome.LISTED : Outcome.SENT,
                    "friend" + i + "@site" + i + ".example");
        }
        assertThat(host.told()).doesNotContainKey("reputation-shift");
    }

    @Test
    void what_one_destination_thinks_is_no_shift() {
        everyday(Duration.ZERO, LATER, 20, Outcome.SENT);
        for (int i = 0; i < 60; i++) {
            host.submits(
                    LATER.plusSeconds(20L * i),
                    "user" + i % 30 + "@example.com",
                    "192.0.2." + (100 + i % 30),
                    Outcome.LISTED,
                    "friend" + i + "@strict.example");
        }
        assertThat(host.told()).doesNotContainKey("reputation-shift");
    }

    @Test
    void what_a_thief_spoils_is_a_part_of_the_theft() {
        // Given
        everyday(Duration.ZERO, LATER, 20, Outcome.SENT);
        host.owner("karen@example.com", "192.0.2.140");
        for (int i = 0; i < 300; i++) {
            Outcome outcome = i % 3 == 0 ? Outcome.LISTED : i % 7 == 0 ? Outcome.UNKNOWN : Outcome.SENT;
            host.submits(
                    LATER.plusSeconds(4L * i),
                    "karen@example.com",
                    "203.0.113." + i % 40,
                    outcome,
                    "s" + i + "@d" + i % 50 + ".example");
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).extracting(Alert::detector).contains("compromised-account", "reputation-shift");
        assertThat(pages(alerts)).extracting(Alert::detector).containsOnly("compromised-account");
    }

    @Test
    void a_name_that_was_spoilt_before_a_theft_is_a_page_beside_it() {
        // Given
        everyday(Duration.ZERO, LATER, 20, Outcome.SENT);
        host.owner("karen@example.com", "192.0.2.140");
        for (int i = 0; i < 180; i++) {
            int who = i % 30;
            host.submits(
                    LATER.plusSeconds(20L * i),
                    "user" + who + "@example.com",
                    "192.0.2." + (100 + who),
                    i % 4 == 0 ? Outcome.LISTED : Outcome.SENT,
                    "friend" + i + "@" + (i % 4 == 0 ? "strict" + i % 6 : "mild" + i % 20) + ".example");
        }
        for (int i = 0; i < 300; i++) {
            host.submits(
                    LATER.plusMinutes(25).plusSeconds(4L * i),
                    "karen@example.com",
                    "203.0.113." + i % 40,
                    i % 4 == 0 ? Outcome.UNKNOWN : Outcome.SENT,
                    "s" + i + "@d" + i % 50 + ".example");
        }

        // When / Then
        assertThat(pages(host.verdicts()))
                .extracting(Alert::detector)
                .containsOnly("reputation-shift", "compromised-account");
    }

    /** Thirty people who write to sixty domains. */
    private void everyday(Duration from, Duration to, int pause, Outcome outcome) {
        for (Duration at = from; at.compareTo(to) < 0; at = at.plusSeconds(pause)) {
            int who = random.nextInt(30);
            host.submits(at, "user" + who + "@example.com", "192.0.2." + (100 + who), outcome, somebody());
        }
    }

    private String somebody() {
        return "friend" + random.nextInt(40) + "@site" + random.nextInt(60) + ".example";
    }

    /** The last word on each incident that is a page of its own. */
    private static List<Alert> pages(List<Alert> alerts) {
        Map<String, Alert> last =
                alerts.stream().collect(Collectors.toMap(Alert::incidentId, alert -> alert, (earlier, later) -> later));
        return last.values().stream().filter(alert -> alert.parent().isEmpty()).toList();
    }
}
