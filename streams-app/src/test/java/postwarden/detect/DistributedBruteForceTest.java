package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.detect.distributedbruteforce.DistributedBruteForceDetector;
import postwarden.detect.distributedbruteforce.DistributedBruteForceParams;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** Many addresses against one account: a campaign, or people and their devices. */
class DistributedBruteForceTest {
    private static final String ACCOUNT = "anna@example.com";

    private final DistributedBruteForceDetector detector =
            new DistributedBruteForceDetector(DistributedBruteForceParams.defaults());

    @Test
    void twenty_addresses_with_two_guesses_each_are_a_campaign_although_no_host_sees_ten() {
        // Given
        Scenario scenario = Scenario.of(Watch.ACCOUNT, ACCOUNT);
        for (int i = 0; i < 40; i++) {
            int source = i % 20;
            scenario.at(Duration.ofSeconds(i * 10L), "mx" + i % 5, pane -> guess(pane, "198.51.100." + source));
        }
        scenario.at(
                Duration.ofSeconds(5),
                "mx1",
                pane -> pane.add(Count.AUTH_SUCCESSES, 1).note(Distinct.SUCCESS_CLIENTS, "192.0.2.1"));

        // When
        List<Finding> findings = scenario.assess(detector);

        // Then
        Finding first = findings.get(0);
        assertThat(first.severity()).isEqualTo(Severity.HIGH);
        assertThat(first.cause()).isEqualTo("DISTRIBUTED_GUESSING");
        assertThat(first.subject().account()).isEqualTo(ACCOUNT);
        assertThat(first.measures())
                .containsEntry("authFailures", 30.0)
                .containsEntry("distinctFailureClients", 20.0)
                .containsEntry("hosts", 5.0);
        assertThat(first.advice().get(0).never()).anyMatch(text -> text.contains("lock the owner out"));
        assertThat(first.technique()).isEqualTo("T1110.001");
    }

    @Test
    void one_guess_every_two_minutes_from_ever_new_addresses_is_found_within_the_hour() {
        // Given
        Scenario scenario = Scenario.of(Watch.ACCOUNT, ACCOUNT);
        for (int i = 0; i < 70; i++) {
            int source = i;
            scenario.at(Duration.ofSeconds(i * 115L), "mx1", pane -> guess(pane, "198.51.100." + source));
        }

        // When / Then
        assertThat(scenario.assess(detector)).isNotEmpty();
    }

    @Test
    void an_account_that_nobody_was_seen_to_use_is_worth_less() {
        // Given
        Scenario scenario = campaign(Scenario.of(Watch.ACCOUNT, "info@example.com"), 20, 0);

        // When / Then
        assertThat(scenario.assess(detector).get(0).severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void one_address_that_guesses_a_hundred_times_is_not_distributed() {
        // Given
        Scenario scenario = Scenario.of(Watch.ACCOUNT, ACCOUNT)
                .during(Duration.ZERO, Duration.ofMinutes(10), "mx1", pane -> guess(pane, "198.51.100.7"));

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void a_phone_with_the_old_password_is_no_attack_from_however_many_networks_it_comes() {
        // Given
        Scenario scenario = Scenario.of(Watch.ACCOUNT, ACCOUNT);
        for (int i = 0; i < 60; i++) {
            int source = i % 20;
            scenario.at(
                    Duration.ofSeconds(i * 10L),
                    "mx1",
                    pane -> guess(pane, "198.51.100." + source)
                            .note(Distinct.PASSWORDS, "old")
                            .add(Count.HASHED_FAILURES, 1));
        }

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void a_shared_mailbox_whose_many_devices_have_the_old_password_is_no_attack() {
        // Given
        Scenario scenario = Scenario.of(Watch.ACCOUNT, ACCOUNT);
        for (int i = 0; i < 25; i++) {
            int device = i;
            scenario.at(
                    Duration.ofSeconds(i * 10L),
                    "mx1",
                    pane -> pane.add(Count.AUTH_SUCCESSES, 1).note(Distinct.SUCCESS_CLIENTS, "198.51.100." + device));
        }
        campaign(scenario, 25, 600);

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void one_moment_in_which_everybody_is_refused_is_no_campaign() {
        // Given
        Scenario scenario = Scenario.of(Watch.ACCOUNT, ACCOUNT);
        for (int i = 0; i < 40; i++) {
            int source = i;
            scenario.at(Duration.ofSeconds(3), "mx1", pane -> guess(pane, "198.51.100." + source));
        }

        // When / Then
        assertThat(scenario.assess(detector)).isEmpty();
    }

    @Test
    void an_account_name_chosen_by_a_stranger_cannot_break_out_of_the_commands_that_are_advised() {
        // Given
        Scenario scenario = campaign(Scenario.of(Watch.ACCOUNT, "a'; rm -rf / #\n"), 20, 0);

        // When
        List<String> steps = scenario.assess(detector).get(0).advice().get(0).steps();

        // Then
        assertThat(steps).anyMatch(step -> step.contains("grep -hFs -e 'a'\\''; rm -rf / #'"));
        assertThat(steps).noneMatch(step -> step.contains("\n"));
    }

    private static Scenario campaign(Scenario scenario, int sources, int fromSecond) {
        for (int i = 0; i < sources * 2; i++) {
            int source = i % sources;
            scenario.at(Duration.ofSeconds(fromSecond + i * 10L), "mx1", pane -> guess(pane, "198.51.100." + source));
        }
        return scenario;
    }

    private static Tally guess(Tally pane, String from) {
        return pane.add(Count.AUTH_FAILURES, 1)
                .note(Distinct.FAILURE_CLIENTS, from)
                .mark(Mark.POSTFIX);
    }
}
