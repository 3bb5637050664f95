package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import postwarden.detect.connectionflood.ConnectionFloodDetector;
import postwarden.detect.connectionflood.ConnectionFloodParams;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** One client against one host: what is a flood, and what only looks like one. */
class ConnectionFloodTest {
    private static final Duration START = Duration.ZERO;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final String CLIENT = "203.0.113.9";

    private final ConnectionFloodDetector detector = new ConnectionFloodDetector(ConnectionFloodParams.defaults());

    @Test
    void a_client_with_two_useless_connections_a_second_is_a_flood_from_its_first_pane() {
        // Given
        Scenario scenario = client(flood -> flood.add(Count.CONNECTS, 20).raise(Peak.CONCURRENCY, 12));

        // When
        List<Finding> findings = scenario.assess(detector);

        // Then
        Finding first = findings.get(0);
        assertThat(first.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(first.cause()).isEqualTo("SINGLE_SOURCE");
        assertThat(first.subject().client()).isEqualTo(CLIENT);
        assertThat(first.subject().server()).isEqualTo("mx1");
        assertThat(first.onset()).isEqualTo(Scenario.START);
        assertThat(first.title()).contains(CLIENT, "mx1", "12 at once");
        assertThat(first.measures()).containsKeys("connectsPerMinute", "peakConcurrency");
        assertThat(first.thresholds()).containsEntry("connectsPerMinute", 60.0);
        assertThat(first.pane()).as("a minute is full, and once more").isLessThanOrEqualTo(firstPane() + 4);
    }

    @Test
    void a_client_that_is_refused_at_a_limit_is_high_at_once() {
        // Given
        Scenario scenario = client(flood -> flood.add(Count.CONNECTS, 70)
                .add(Count.CLIENT_LIMITS, 40)
                .raise(Peak.CONCURRENCY, 11)
                .mark(Mark.POSTFIX));

        // When
        List<Finding> findings = scenario.assess(detector);

        // Then
        assertThat(findings.get(0).severity()).isEqualTo(Severity.HIGH);
        assertThat(findings.get(0).pane()).isEqualTo(firstPane());
        assertThat(findings.get(0).advice().get(0).steps())
                .anyMatch(step -> step.contains("postscreen_access_list") && step.contains(CLIENT));
        assertThat(findings.get(0).advice().get(0).never()).anyMatch(text -> text.contains("Do not raise"));
    }

    @Test
    void an_exim_host_is_advised_in_exims_words_and_within_its_limits() {
        // Given
        Scenario scenario = client(flood -> flood.add(Count.CONNECTS, 70)
                .add(Count.CLIENT_LIMITS, 40)
                .raise(Peak.LIMIT_VALUE, 8)
                .mark(Mark.EXIM)
                .mark(Mark.CPANEL));

        // When
        Advice advice = scenario.assess(detector).get(0).advice().get(0);

        // Then
        assertThat(advice.steps())
                .anyMatch(step -> step.contains("WHM") && step.contains("smtp_accept_max_per_host = 8"))
                .anyMatch(step -> step.contains("smtp_accept_queue <= smtp_accept_max"));
    }

    @Test
    void an_ipv6_network_is_kept_out_by_an_ip6_rule() {
        // Given
        Scenario scenario = Scenario.of(Watch.CLIENT, "2001:db8:0:1::/64")
                .during(START, TEN_MINUTES, "mx1", flood -> flood.add(Count.CONNECTS, 200));

        // When
        Advice advice = scenario.assess(detector).get(0).advice().get(0);

        // Then
        assertThat(advice.steps()).anyMatch(step -> step.contains("ip6 saddr 2001:db8:0:1::/64"));
    }

    @Test
    void what_is_to_be_looked_for_in_logs_stands_there_as_it_is_written() {
        // Given a bracket would begin a class of characters, and a network is never written
        Scenario scenario = Scenario.of(Watch.CLIENT, "2001:db8:0:1::/64")
                .during(
                        START,
                        TEN_MINUTES,
                        "mx1",
                        flood -> flood.add(Count.CONNECTS, 200).mark(Mark.POSTFIX));

        // When
        Advice advice = scenario.assess(detector).get(0).advice().get(0);

        // Then
        assertThat(advice.steps().get(0)).contains("grep -F '[2001:db8:0:1:' /var/log/mail.log");
    }

    @Test
    void an_ipv6_network_in_an_exim_list_is_not_parted_at_its_colons() {
        // Given
        Scenario scenario = Scenario.of(Watch.CLIENT, "2001:db8:0:1::/64")
                .during(
                        START,
                        TEN_MINUTES,
                        "mx1",
                        flood -> flood.add(Count.CONNECTS, 200).mark(Mark.EXIM));

        // When
        Advice advice = scenario.assess(detector).get(0).advice().get(0);

        // Then
        assertThat(advice.steps()).anyMatch(step -> step.contains("host_reject_connection = <; 2001:db8:0:1::/64"));
    }

    @Test
    void a_partner_relay_whose_connections_bring_messages_is_no_flood() {
        // Given
        Scenario scenario = client(
                relay -> relay.add(Count.CONNECTS, 50).add(Count.MESSAGES, 40).raise(Peak.CONCURRENCY, 35));

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void a_partner_that_the_rate_limit_keeps_out_is_no_flood() {
        // Given mail for ten minutes, and then so much of it that each further connection is refused
        Scenario scenario = client(ConnectionFloodTest::bringsMail)
                .during(TEN_MINUTES, TEN_MINUTES.plusMinutes(20), "mx1", pane -> refusedAtLimit(pane, 16));

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void a_partner_that_hammers_at_ten_times_the_floor_is_a_flood_whatever_it_brought() {
        // Given
        Scenario scenario = client(ConnectionFloodTest::bringsMail)
                .during(TEN_MINUTES, TEN_MINUTES.plusMinutes(2), "mx1", pane -> refusedAtLimit(pane, 120));

        // When / Then
        assertThat(scenario.assess(detector)).isNotEmpty();
    }

    @Test
    void a_client_that_brought_a_message_once_is_a_flood_when_it_is_refused_at_a_limit() {
        // Given
        Scenario scenario = client(pane -> pane.add(Count.CONNECTS, 16).add(Count.CLIENT_LIMITS, 14))
                .at(START, "mx1", pane -> pane.add(Count.MESSAGES, 1));

        // When / Then
        assertThat(scenario.assess(detector)).isNotEmpty();
    }

    private static void bringsMail(Tally pane) {
        pane.add(Count.CONNECTS, 2).add(Count.DISCONNECTS, 2).add(Count.MESSAGES, 4);
    }

    private static void refusedAtLimit(Tally pane, int connects) {
        pane.add(Count.CONNECTS, connects).add(Count.DISCONNECTS, connects).add(Count.CLIENT_LIMITS, connects);
    }

    @Test
    void an_office_behind_one_address_whose_users_log_in_is_no_flood() {
        // Given
        Scenario scenario = client(office -> {
            office.add(Count.CONNECTS, 20).add(Count.AUTH_SUCCESSES, 18).raise(Peak.CONCURRENCY, 40);
            List.of("anna", "ben", "carl").forEach(user -> office.note(Distinct.SUCCESS_ACCOUNTS, user));
        });

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void a_load_balancers_check_every_second_is_no_flood() {
        // Given
        Scenario scenario = client(probe ->
                probe.add(Count.CONNECTS, 20).add(Count.EMPTY_SESSIONS, 20).raise(Peak.CONCURRENCY, 1));

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void a_check_that_says_hello_and_good_bye_is_no_flood_from_its_first_minute_on() {
        // Given
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 300; i++) {
            double at = 7.3 + i * 0.4;
            story.say(at, "exim[81]: SMTP connection from [" + CLIENT + "] (TCP/IP connection count = 4)");
            story.say(
                    at + 0.04,
                    "exim[81]: no MAIL in SMTP connection from check.example [" + CLIENT + "] D=0s C=EHLO,QUIT");
            story.say(at + 0.05, "exim[81]: SMTP connection from check.example [" + CLIENT + "] closed by QUIT");
        }

        // When / Then
        assertThat(story.of(Watch.CLIENT, CLIENT).assess(detector)).isEmpty();
    }

    @Test
    void a_check_of_a_mailbox_service_every_second_is_no_flood() {
        // Given
        LogStory story = new LogStory("imap1");
        for (int i = 0; i < 600; i++) {
            story.say(
                    i + 0.3,
                    "dovecot: imap-login: Disconnected: Connection closed (no auth attempts in 0 secs): user=<>, rip="
                            + CLIENT + ", lip=203.0.113.30, session=<s" + i + ">");
        }

        // When / Then
        assertThat(story.of(Watch.CLIENT, CLIENT).assess(detector)).isEmpty();
    }

    @Test
    void a_check_that_begins_in_the_middle_of_a_pane_is_no_flood() {
        // Given
        LogStory story = new LogStory("mx1");
        for (int i = 0; i < 900; i++) {
            story.postfix(605.2 + i * 0.5, 0.1, CLIENT, "commands=0/0");
        }

        // When / Then
        assertThat(story.of(Watch.CLIENT, CLIENT).assess(detector)).isEmpty();
    }

    @Test
    void many_clients_with_a_few_connections_each_are_no_flood_of_any_of_them() {
        // Given
        Scenario scenario = Scenario.of(Watch.CLIENT, CLIENT)
                .at(START, "mx1", spike -> spike.add(Count.CONNECTS, 4).add(Count.MESSAGES, 4));

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void programs_of_one_mailbox_user_that_hit_his_own_limit_are_no_flood() {
        // Given
        Scenario scenario = client(programs -> programs.add(Count.CLIENT_LIMITS, 40)
                .add(Count.CONCURRENCY_LIMITS, 40)
                .add(Count.AUTH_SUCCESSES, 2)
                .mark(Mark.IMAP)
                .mark(Mark.DOVECOT));

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void sessions_that_never_log_in_are_a_flood_of_the_mailbox_service() {
        // Given
        Scenario scenario =
                client(flood -> flood.add(Count.NO_AUTH, 40).mark(Mark.IMAP).mark(Mark.DOVECOT));

        // When
        List<Finding> findings = scenario.assess(detector);

        // Then
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).blindSpots()).anyMatch(text -> text.contains("Dovecot"));
    }

    @Test
    void a_client_that_only_guesses_passwords_is_said_to_guess() {
        // Given
        Scenario scenario = client(guesser ->
                guesser.add(Count.CONNECTS, 20).add(Count.AUTH_FAILURES, 20).mark(Mark.POSTFIX));

        // When
        Finding finding = scenario.assess(detector).get(0);

        // Then
        assertThat(finding.cause()).isEqualTo("PASSWORD_GUESSING");
        assertThat(finding.technique()).isEqualTo("T1110");
    }

    @Test
    void a_private_address_is_called_a_machine_of_our_own() {
        // Given
        Scenario scenario = client(application ->
                application.add(Count.CONNECTS, 30).add(Count.MESSAGES, 3).mark(Mark.PRIVATE_ADDRESS));

        // When
        Finding finding = scenario.assess(detector).get(0);

        // Then
        assertThat(finding.cause()).isEqualTo("NOISY_INTERNAL_CLIENT");
        assertThat(finding.advice().get(0).title()).contains("reuse its connections");
    }

    @Test
    void what_a_client_has_done_for_weeks_is_no_flood() {
        // Given
        Scenario scenario = client(known -> known.add(Count.CONNECTS, 15)).usually(Count.CONNECTS, 90, 5000);

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void an_open_flood_stays_open_above_half_its_floor_and_ends_below_it() {
        // Given
        Scenario scenario = client(flood -> flood.add(Count.CONNECTS, 20))
                .during(TEN_MINUTES, TEN_MINUTES.multipliedBy(2), "mx1", ebb -> ebb.add(Count.CONNECTS, 6))
                .during(
                        TEN_MINUTES.multipliedBy(2),
                        TEN_MINUTES.multipliedBy(3),
                        "mx1",
                        low -> low.add(Count.CONNECTS, 2));

        // When
        List<Finding> findings = scenario.assess(detector);

        // Then
        long last = findings.get(findings.size() - 1).pane();
        assertThat(last).isBetween(firstPane() + 119, firstPane() + 126);
    }

    @Test
    void lost_lines_make_its_counts_lower_bounds() {
        // Given
        Scenario scenario = client(flood -> flood.add(Count.CONNECTS, 20).mark(Mark.LOG_GAP));

        // When / Then
        assertThat(scenario.assess(detector).get(0).lowerBounds()).isTrue();
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        // Given
        ConnectionFloodParams good = ConnectionFloodParams.defaults();

        // When / Then
        assertThatThrownBy(() -> new ConnectionFloodParams(
                        0, 30, good.usual(), 1e-6, good.persistence(), 10, 10, 0.5, 0.25, 3, 0.5))
                .hasMessageContaining("connectsPerMinute must be from 1");
    }

    private static Scenario client(Consumer<Tally> events) {
        return Scenario.of(Watch.CLIENT, CLIENT).during(START, TEN_MINUTES, "mx1", events);
    }

    private static long firstPane() {
        return postwarden.tally.Pane.of(Scenario.START);
    }
}
