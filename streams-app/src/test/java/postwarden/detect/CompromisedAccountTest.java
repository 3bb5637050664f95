package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.detect.compromisedaccount.CompromisedAccountDetector;
import postwarden.detect.compromisedaccount.CompromisedAccountParams;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** One account: in a thief's hands, or only busy. */
class CompromisedAccountTest {
    private static final String ACCOUNT = "anna@example.com";
    private static final Duration DAY = Duration.ofHours(5);
    private static final String HOME = "192.0.2.10";

    private final CompromisedAccountDetector detector =
            new CompromisedAccountDetector(CompromisedAccountParams.defaults());

    @Test
    void guessed_then_used_from_seven_places_is_critical_within_a_minute_even_on_the_first_day() {
        // Given
        Scenario scenario = guessed(Scenario.of(Watch.ACCOUNT, ACCOUNT), Duration.ZERO, 30);
        Duration burst = Duration.ofMinutes(6);
        thief(scenario, burst, 7, 8);

        // When
        List<Finding> findings = scenario.assess(detector);

        // Then
        Finding first = findings.get(0);
        assertThat(first.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(first.cause()).isEqualTo("GUESSED_PASSWORD");
        assertThat(Pane.end(first.pane()))
                .isBeforeOrEqualTo(Scenario.START.plus(burst).plusSeconds(60));
        assertThat(first.onset()).isEqualTo(Scenario.START.plus(burst));
        assertThat(first.measures().get("score")).isGreaterThanOrEqualTo(6);
        assertThat(first.measures().get("families")).isGreaterThanOrEqualTo(2);
        assertThat(first.title()).contains(ACCOUNT, "sending for somebody else");
        assertThat(first.technique()).isEqualTo("T1078");
    }

    @Test
    void a_phished_account_used_from_one_new_address_is_critical_once_its_history_is_known() {
        // Given
        Scenario scenario = owner(Scenario.of(Watch.ACCOUNT, ACCOUNT));
        scenario.during(
                DAY,
                DAY.plusMinutes(10),
                "mx1",
                pane -> sends(pane, "203.0.113.5", 10)
                        .add(Count.BOUNCED, 3)
                        .add(Count.BOUNCED_UNKNOWN, 3)
                        .add(Count.SENT, 6));

        // When
        List<Finding> findings = scenario.assess(detector);

        // Then
        assertThat(findings).anyMatch(finding -> finding.severity() == Severity.CRITICAL);
        assertThat(findings.get(findings.size() - 1).cause()).isEqualTo("STOLEN_CREDENTIALS");
    }

    @Test
    void a_newsletter_from_the_usual_address_is_nothing() {
        // Given
        Scenario scenario = owner(Scenario.of(Watch.ACCOUNT, ACCOUNT));
        scenario.during(
                DAY,
                DAY.plusMinutes(20),
                "mx1",
                pane -> newRecipients(sends(pane, HOME, 30), 30).add(Count.SENT, 30));

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void a_newsletter_on_the_first_day_is_nothing_although_all_recipients_are_new() {
        // Given
        Scenario scenario = Scenario.of(Watch.ACCOUNT, ACCOUNT)
                .during(
                        Duration.ZERO,
                        Duration.ofMinutes(20),
                        "mx1",
                        pane -> newRecipients(sends(pane, HOME, 30), 30).add(Count.SENT, 30));

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void an_old_list_imported_on_the_first_day_is_worth_a_look_and_other_advice() {
        // Given
        Scenario scenario = Scenario.of(Watch.ACCOUNT, ACCOUNT)
                .during(Duration.ZERO, Duration.ofMinutes(20), "mx1", CompromisedAccountTest::oldList);

        // When
        List<Finding> findings = scenario.assess(detector);

        // Then
        assertThat(findings).isNotEmpty().allMatch(finding -> finding.severity() == Severity.MEDIUM);
        assertThat(findings.get(0).advice().get(0).title()).startsWith("Look at what");
        assertThat(findings.get(0).causes()).anyMatch(cause -> cause.name().equals("OLD_ADDRESS_LIST"));
    }

    @Test
    void an_old_list_sent_from_where_the_owner_always_is_stays_below() {
        // Given
        Scenario scenario = owner(Scenario.of(Watch.ACCOUNT, ACCOUNT));
        scenario.during(DAY, DAY.plusMinutes(20), "mx1", CompromisedAccountTest::oldList);

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void a_phone_that_roams_through_five_networks_and_writes_three_messages_is_nothing() {
        // Given
        Scenario scenario = Scenario.of(Watch.ACCOUNT, ACCOUNT);
        for (int i = 0; i < 6; i++) {
            String from = "198.51." + i + ".7";
            scenario.at(Duration.ofSeconds(i * 40L), "mx1", pane -> sends(pane, from, 1));
        }

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void a_shared_mailbox_with_many_devices_that_sends_its_newsletter_is_nothing() {
        // Given
        Scenario scenario = Scenario.of(Watch.ACCOUNT, "sales@example.com");
        for (int i = 0; i < 300; i++) {
            String from = "198.51." + i % 6 + '.' + i % 12;
            scenario.at(
                    Duration.ofMinutes(i), "mx1", pane -> sends(pane, from, 1).add(Count.SENT, 1));
        }
        for (int i = 0; i < 60; i++) {
            String from = "198.51." + i % 6 + '.' + i % 12;
            scenario.at(
                    DAY.plusSeconds(i * 10L),
                    "mx1",
                    pane -> sends(pane, from, 20).add(Count.SENT, 20));
        }

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void an_owner_who_goes_on_as_ever_while_others_guess_is_nothing() {
        // Given
        Scenario scenario = owner(Scenario.of(Watch.ACCOUNT, ACCOUNT));
        guessed(scenario, DAY, 40);
        scenario.during(
                DAY, DAY.plusMinutes(10), "mx1", pane -> sends(pane, HOME, 2).add(Count.SENT, 2));

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void a_month_end_run_that_history_has_is_no_burst() {
        // Given
        Scenario scenario = owner(Scenario.of(Watch.ACCOUNT, ACCOUNT)).usually(Count.RECIPIENTS, 60, 10_000);
        scenario.during(
                DAY,
                DAY.plusMinutes(10),
                "mx1",
                pane -> sends(pane, "203.0.113.5", 10)
                        .add(Count.BOUNCED_UNKNOWN, 2)
                        .add(Count.BOUNCED, 2)
                        .add(Count.SENT, 8));

        // When
        List<Finding> findings = scenario.assess(detector);

        // Then
        assertThat(findings).noneMatch(finding -> finding.severity() == Severity.CRITICAL);
    }

    @Test
    void advice_stops_the_account_by_login_in_the_words_of_its_daemon() {
        // Given
        Scenario postfix = story(Mark.POSTFIX);
        Scenario exim = story(Mark.EXIM);

        // When
        List<String> onPostfix = postfix.assess(detector).get(0).advice().get(0).steps();
        List<String> onExim = exim.assess(detector).get(0).advice().get(0).steps();

        // Then
        assertThat(onPostfix)
                .anyMatch(step -> step.contains("check_sasl_access"))
                .anyMatch(step -> step.contains("reject_sender_login_mismatch"))
                .anyMatch(step -> step.contains("postsuper -h") && step.contains("sasl_username=" + ACCOUNT))
                .anyMatch(step -> step.contains("doveadm kick " + ACCOUNT) && step.contains("auth cache flush"))
                .noneMatch(step -> step.contains("check_sender_access"));
        assertThat(onExim)
                .anyMatch(step -> step.contains("authenticated_id"))
                .anyMatch(step -> step.contains("exim -Mf"));
    }

    private static Scenario story(Mark daemon) {
        Scenario scenario = guessed(Scenario.of(Watch.ACCOUNT, ACCOUNT), Duration.ZERO, 30);
        thief(scenario, Duration.ofMinutes(6), 7, 8);
        return scenario.during(Duration.ofMinutes(6), Duration.ofMinutes(8), "mx1", pane -> pane.mark(daemon));
    }

    /** Four hours of one message every ten minutes from home, and then a quiet hour. */
    private static Scenario owner(Scenario scenario) {
        for (int i = 0; i < 24; i++) {
            scenario.at(
                    Duration.ofMinutes(i * 10L),
                    "mx1",
                    pane -> sends(pane, HOME, 1).add(Count.SENT, 1));
        }
        return scenario;
    }

    private static Scenario guessed(Scenario scenario, Duration from, int sources) {
        for (int i = 0; i < sources; i++) {
            String source = "203.0.113." + i;
            scenario.at(
                    from.plusSeconds(i * 10L),
                    "mx1",
                    pane -> pane.add(Count.AUTH_FAILURES, 3).note(Distinct.FAILURE_CLIENTS, source));
        }
        return scenario;
    }

    private static void thief(Scenario scenario, Duration from, int places, int recipients) {
        for (int i = 0; i < 18; i++) {
            String place = "203.0." + i % 4 + '.' + (100 + i % places);
            String next = "203.0." + (i + 1) % 4 + '.' + (100 + (i + 1) % places);
            scenario.at(
                    from.plusSeconds(i * 10L), "mx1", pane -> sends(sends(pane, place, recipients), next, recipients));
        }
    }

    private static void oldList(Tally pane) {
        newRecipients(sends(pane, HOME, 10), 10)
                .add(Count.BOUNCED, 3)
                .add(Count.BOUNCED_UNKNOWN, 3)
                .add(Count.SENT, 7);
    }

    private static Tally sends(Tally pane, String from, int recipients) {
        return pane.add(Count.AUTH_SUCCESSES, 1)
                .add(Count.MESSAGES, 1)
                .add(Count.RECIPIENTS, recipients)
                .note(Distinct.SUCCESS_CLIENTS, from)
                .note(Distinct.SUCCESS_NETWORKS, from.substring(0, from.lastIndexOf('.')));
    }

    private static Tally newRecipients(Tally pane, int n) {
        for (int i = 0; i < n; i++) {
            pane.note(Distinct.RECIPIENTS, "r" + pane.count(Count.RECIPIENTS) + "-" + i + "@example.net");
        }
        return pane;
    }
}
