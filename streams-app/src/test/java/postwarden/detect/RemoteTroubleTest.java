package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import postwarden.detect.remotethrottle.RemoteThrottleDetector;
import postwarden.detect.remotethrottle.RemoteThrottleParams;
import postwarden.detect.retrystorm.RetryStormDetector;
import postwarden.detect.retrystorm.RetryStormParams;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** One destination: it throttles us, our retries run hot, or nothing is wrong. */
class RemoteTroubleTest {
    private static final String DESTINATION = "provider.example";
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);

    private final Detector throttle = new RemoteThrottleDetector(RemoteThrottleParams.defaults());
    private final Detector storm = new RetryStormDetector(RetryStormParams.defaults());

    @Test
    void fast_refusals_right_after_connect_are_a_policy_with_both_policies_among_the_causes() {
        // Given
        Scenario scenario = during(
                Duration.ofMinutes(10),
                pane -> refused(pane, 3, Count.THROTTLED_CONNECTIONS)
                        .add(Count.AT_CONNECT, 3)
                        .add(Count.SETUP_FAST, 3)
                        .raise(Peak.GOOD_CONCURRENCY, 10)
                        .mark(Mark.POSTFIX));

        // When
        Finding first = scenario.assess(throttle).get(0);

        // Then
        assertThat(first.cause()).isEqualTo("POLICY_CONCURRENCY");
        assertThat(first.causes()).extracting(Cause::name).contains("POLICY_RATE");
        assertThat(first.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(first.subject().destination()).isEqualTo(DESTINATION);
        assertThat(first.causes().stream().mapToDouble(Cause::weight).sum()).isLessThanOrEqualTo(1 + 1e-9);
        assertThat(first.causes().get(0).because()).contains("too many connections", "less than 1 s");
    }

    @Test
    void the_advice_is_a_lane_for_the_destination_and_never_a_global_limit_or_a_flush() {
        // Given
        Scenario scenario = during(
                Duration.ofMinutes(10),
                pane -> refused(pane, 3, Count.THROTTLED_CONNECTIONS)
                        .add(Count.AT_CONNECT, 3)
                        .add(Count.SETUP_FAST, 3)
                        .raise(Peak.GOOD_CONCURRENCY, 10)
                        .mark(Mark.POSTFIX));

        // When
        Advice advice = scenario.assess(throttle).get(0).advice().get(0);

        // Then
        assertThat(advice.steps())
                .anyMatch(step -> step.contains("slow_destination_concurrency_limit=8"))
                .anyMatch(step -> step.contains(DESTINATION + " slow:"))
                .noneMatch(step -> step.contains("slow_destination_rate_delay"));
        assertThat(advice.never())
                .anyMatch(text -> text.contains("postqueue -f"))
                .anyMatch(text -> text.contains("default_destination_concurrency_limit"))
                .anyMatch(text -> text.contains("same outgoing address"))
                .anyMatch(text -> text.contains("TLS"));
        assertThat(advice.verify()).contains("AND deliveries to it rise");
    }

    @Test
    void refusals_that_name_a_rate_are_a_rate_and_get_a_delay_without_a_concurrency_limit() {
        // Given
        Scenario scenario = during(
                Duration.ofMinutes(10),
                pane -> refused(pane, 3, Count.THROTTLED_RATE)
                        .add(Count.IN_SESSION, 3)
                        .add(Count.SETUP_FAST, 3)
                        .mark(Mark.POSTFIX));

        // When
        Finding first = scenario.assess(throttle).get(0);

        // Then
        assertThat(first.cause()).isEqualTo("POLICY_RATE");
        assertThat(first.advice().get(0).steps())
                .anyMatch(step -> step.contains("slow_destination_rate_delay"))
                .noneMatch(step -> step.contains("slow_destination_concurrency_limit"));
    }

    @Test
    void late_refusals_and_time_outs_are_overload() {
        // Given
        Scenario scenario = during(
                Duration.ofMinutes(10),
                pane -> refused(pane, 2, Count.THROTTLED_OVERLOAD)
                        .add(Count.AT_CONNECT, 2)
                        .add(Count.SETUP_SLOW, 3)
                        .add(Count.REMOTE_TIMEOUTS, 1));

        // When
        Finding first = scenario.assess(throttle).get(0);

        // Then
        assertThat(first.cause()).isEqualTo("OVERLOAD");
        assertThat(first.advice().get(0).title()).contains("recover");
    }

    @Test
    void too_many_connections_said_after_ten_seconds_with_time_outs_is_overload_whatever_the_words() {
        // Given
        Scenario scenario = during(
                Duration.ofMinutes(10),
                pane -> refused(pane, 2, Count.THROTTLED_CONNECTIONS)
                        .add(Count.IN_SESSION, 2)
                        .add(Count.SETUP_SLOW, 4)
                        .add(Count.REMOTE_TIMEOUTS, 2));

        // When / Then
        assertThat(scenario.assess(throttle).get(0).cause()).isEqualTo("OVERLOAD");
    }

    @Test
    void too_many_connections_said_after_ten_seconds_without_time_outs_is_inconclusive_with_both_hypotheses() {
        // Given
        Scenario scenario = during(
                Duration.ofMinutes(10),
                pane -> refused(pane, 3, Count.THROTTLED_CONNECTIONS)
                        .add(Count.IN_SESSION, 3)
                        .add(Count.SETUP_SLOW, 3));

        // When
        Finding first = scenario.assess(throttle).get(0);

        // Then
        assertThat(first.cause()).isEqualTo("INCONCLUSIVE");
        assertThat(first.causes()).extracting(Cause::name).contains("POLICY_CONCURRENCY", "OVERLOAD");
        assertThat(first.advice().get(0).steps().get(0)).startsWith("Resolver");
    }

    @Test
    void refusals_with_time_outs_and_lost_connections_point_at_the_network() {
        // Given
        Scenario scenario = during(
                Duration.ofMinutes(10),
                pane -> refused(pane, 1, Count.THROTTLED)
                        .add(Count.REMOTE_TIMEOUTS, 2)
                        .add(Count.NETWORK_TROUBLE, 2));

        // When / Then
        assertThat(scenario.assess(throttle).get(0).cause()).isEqualTo("NETWORK");
    }

    @Test
    void reputation_is_named_and_the_cause_comes_before_delisting() {
        // Given
        Scenario scenario = during(Duration.ofMinutes(10), pane -> refused(pane, 3, Count.THROTTLED_REPUTATION));

        // When
        Finding first = scenario.assess(throttle).get(0);

        // Then
        assertThat(first.cause()).isEqualTo("REPUTATION");
        assertThat(first.advice().get(0).steps().get(0)).contains("compromised-account");
    }

    @Test
    void half_a_minute_of_refusals_that_retries_survive_is_nothing() {
        // Given
        Scenario scenario = during(Duration.ofMinutes(5), RemoteTroubleTest::flows)
                .during(
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(340),
                        "out1",
                        pane -> refused(pane, 10, Count.THROTTLED_RATE))
                .during(Duration.ofSeconds(340), Duration.ofMinutes(12), "out1", RemoteTroubleTest::flows);

        // When / Then
        assertThat(scenario.assess(throttle)).isEmpty();
        assertThat(scenario.assess(storm)).isEmpty();
    }

    @Test
    void a_few_dropped_connections_are_nothing() {
        // Given
        Scenario scenario = during(
                Duration.ofMinutes(10),
                pane -> flows(pane)
                        .add(Count.NETWORK_TROUBLE, 1)
                        .add(Count.DEFERRED, 1)
                        .add(Count.DELIVERIES, 1));

        // When / Then
        assertThat(scenario.assess(throttle)).isEmpty();
        assertThat(scenario.assess(storm)).isEmpty();
    }

    @Test
    void greylisting_is_nothing_whichever_words_it_uses() {
        // Given
        Scenario said = during(HALF_HOUR, pane -> greylists(pane).add(Count.GREYLISTED, 6));
        Scenario unsaid = during(
                HALF_HOUR, pane -> greylists(pane).add(Count.THROTTLED, 3).add(Count.ATTEMPTS, 3));

        // When / Then
        assertThat(said.assess(throttle)).isEmpty();
        assertThat(said.assess(storm)).isEmpty();
        assertThat(unsaid.assess(storm)).isEmpty();
        assertThat(unsaid.assess(throttle)).isEmpty();
    }

    @Test
    void refusals_that_last_half_an_hour_are_high() {
        // Given
        Scenario scenario = during(Duration.ofMinutes(40), pane -> refused(pane, 3, Count.THROTTLED_CONNECTIONS));

        // When
        List<Finding> findings = scenario.assess(throttle);

        // Then
        assertThat(findings.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(findings.get(findings.size() - 1).severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void messages_that_are_tried_far_more_often_than_the_law_explains_are_a_storm_with_the_classifiers_cause() {
        // Given
        Scenario scenario = hotRetries();

        // When
        Finding first = scenario.assess(storm).get(0);

        // Then
        assertThat(first.severity()).isEqualTo(Severity.HIGH);
        assertThat(first.cause()).isEqualTo("POLICY_CONCURRENCY");
        assertThat(first.measures().get("amplification"))
                .isGreaterThanOrEqualTo(first.thresholds().get("amplification"));
        assertThat(first.advice().get(0).steps())
                .anyMatch(step -> step.contains("minimal_backoff_time=300s maximal_backoff_time=4000s"));
        assertThat(first.advice().get(0).never()).anyMatch(text -> text.contains("postqueue -f"));
        assertThat(first.title()).contains("out1", DESTINATION, "attempts");
    }

    @Test
    void a_queue_that_drains_after_an_outage_is_no_storm() {
        // Given
        Scenario scenario = during(Duration.ofMinutes(10), pane -> {
            pane.add(Count.DELIVERIES, 60).add(Count.ATTEMPTS, 60).add(Count.SENT, 55);
            pane.add(Count.RETRIED_SENT, 55).add(Count.DEFERRED, 5).raise(Peak.ATTEMPTS_PER_MESSAGE, 8);
            ids(pane, 0, 12);
        });

        // When / Then
        assertThat(scenario.assess(storm)).isEmpty();
    }

    @Test
    void more_mail_than_ever_is_no_storm_when_each_message_is_tried_as_often_as_ever() {
        // Given
        Scenario scenario = Scenario.of(Watch.DESTINATION, DESTINATION);
        for (int i = 0; i < 60; i++) {
            int part = i;
            scenario.at(Duration.ofSeconds(i * 10L), "out1", pane -> {
                pane.add(Count.DELIVERIES, 50)
                        .add(Count.FIRST_ATTEMPTS, 50)
                        .add(Count.DEFERRED, 40)
                        .add(Count.SENT, 10);
                ids(pane, part * 50, 50);
            });
        }

        // When / Then
        assertThat(scenario.assess(storm)).isEmpty();
    }

    @Test
    void one_message_to_five_hundred_recipients_is_no_storm() {
        // Given
        Scenario scenario = during(Duration.ofMinutes(10), pane -> {
            pane.add(Count.DELIVERIES, 50).add(Count.DEFERRED, 50).raise(Peak.ATTEMPTS_PER_MESSAGE, 2);
            pane.note(Distinct.QUEUE_IDS, "list");
        });

        // When / Then
        assertThat(scenario.assess(storm)).isEmpty();
    }

    @Test
    void retries_to_a_destination_that_is_dead_cost_only_us() {
        // Given
        Scenario scenario = during(Duration.ofMinutes(10), pane -> {
            pane.add(Count.DELIVERIES, 20).add(Count.DEFERRED, 20).add(Count.NETWORK_TROUBLE, 5);
            pane.raise(Peak.ATTEMPTS_PER_MESSAGE, 40);
            pane.add(Count.FIRST_ATTEMPTS, 1);
            ids(pane, 0, 10);
        });

        // When / Then
        assertThat(scenario.assess(storm)).isNotEmpty().allMatch(finding -> finding.severity() == Severity.LOW);
    }

    @Test
    void the_retry_law_lets_a_new_message_have_four_attempts_in_half_an_hour() {
        // Given
        RetryStormParams params = RetryStormParams.defaults();

        // When / Then
        assertThat(params.lawful(HALF_HOUR)).isEqualTo(4);
        assertThat(params.lawful(Duration.ofMinutes(10))).isEqualTo(3);
        assertThat(params.lawful(Duration.ofMinutes(5))).isEqualTo(2);
    }

    private static Scenario hotRetries() {
        return during(Duration.ofMinutes(10), pane -> {
            refused(pane, 3, Count.THROTTLED_CONNECTIONS)
                    .add(Count.AT_CONNECT, 3)
                    .add(Count.SETUP_FAST, 3)
                    .add(Count.NOT_TRIED, 12)
                    .add(Count.DELIVERIES, 12)
                    .add(Count.DEFERRED, 12)
                    .add(Count.FIRST_ATTEMPTS, 1)
                    .raise(Peak.ATTEMPTS_PER_MESSAGE, 16)
                    .mark(Mark.POSTFIX);
            ids(pane, 0, 15);
        });
    }

    private static Scenario during(Duration to, Consumer<Tally> events) {
        return Scenario.of(Watch.DESTINATION, DESTINATION).during(Duration.ZERO, to, "out1", events);
    }

    private static Tally refused(Tally pane, int n, Count why) {
        pane.add(Count.THROTTLED, n)
                .add(Count.ATTEMPTS, n)
                .add(Count.DELIVERIES, n)
                .add(Count.DEFERRED, n);
        return why == Count.THROTTLED ? pane : pane.add(why, n);
    }

    private static Tally flows(Tally pane) {
        return pane.add(Count.DELIVERIES, 5)
                .add(Count.ATTEMPTS, 5)
                .add(Count.FIRST_ATTEMPTS, 5)
                .add(Count.SENT, 5);
    }

    /** Every message is put off once and taken at its retry. */
    private static Tally greylists(Tally pane) {
        return pane.add(Count.DELIVERIES, 12)
                .add(Count.ATTEMPTS, 12)
                .add(Count.FIRST_ATTEMPTS, 6)
                .add(Count.DEFERRED, 6)
                .add(Count.SENT, 6)
                .add(Count.RETRIED_SENT, 6)
                .raise(Peak.ATTEMPTS_PER_MESSAGE, 2);
    }

    private static void ids(Tally pane, int from, int n) {
        for (int i = from; i < from + n; i++) {
            pane.note(Distinct.QUEUE_IDS, "q" + i);
        }
    }
}
