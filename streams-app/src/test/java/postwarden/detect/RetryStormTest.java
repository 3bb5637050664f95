package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.detect.Destination.during;
import static postwarden.detect.Destination.ids;
import static postwarden.detect.Destination.refused;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.detect.retrystorm.RetryStormDetector;
import postwarden.detect.retrystorm.RetryStormParams;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Peak;
import postwarden.tally.Watch;

/** Our retries to a destination: within the law that explains them, or far beyond. */
class RetryStormTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final Detector storm = new RetryStormDetector(RetryStormParams.defaults());

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
        assertThat(first.title()).contains(Destination.HOST, Destination.NAME, "attempts");
    }

    static Stream<Named<Scenario>> lawful() {
        return Stream.of(
                Named.of("a queue that drains after an outage", drainingQueue()),
                Named.of("more mail than ever, each message tried as often as ever", moreMailThanEver()),
                Named.of("one message to five hundred recipients", during(TEN_MINUTES, pane -> {
                    pane.add(Count.DELIVERIES, 50).add(Count.DEFERRED, 50).raise(Peak.ATTEMPTS_PER_MESSAGE, 2);
                    ids(pane, 0, 1);
                })));
    }

    @ParameterizedTest
    @MethodSource("lawful")
    void many_attempts_are_no_storm_while_each_message_has_few(Scenario scenario) {
        // When / Then
        assertThat(scenario.assess(storm)).isEmpty();
    }

    @Test
    void retries_to_a_destination_that_is_dead_cost_only_us() {
        // Given
        Scenario scenario = during(TEN_MINUTES, pane -> {
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
        assertThat(params.lawful(Duration.ofMinutes(30))).isEqualTo(4);
        assertThat(params.lawful(TEN_MINUTES)).isEqualTo(3);
        assertThat(params.lawful(Duration.ofMinutes(5))).isEqualTo(2);
    }

    private static Scenario hotRetries() {
        return during(TEN_MINUTES, pane -> {
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

    private static Scenario drainingQueue() {
        return during(TEN_MINUTES, pane -> {
            pane.add(Count.DELIVERIES, 60).add(Count.ATTEMPTS, 60).add(Count.SENT, 55);
            pane.add(Count.RETRIED_SENT, 55).add(Count.DEFERRED, 5).raise(Peak.ATTEMPTS_PER_MESSAGE, 8);
            ids(pane, 0, 12);
        });
    }

    private static Scenario moreMailThanEver() {
        Scenario scenario = Scenario.of(Watch.DESTINATION, Destination.NAME);
        for (int i = 0; i < 60; i++) {
            int part = i;
            scenario.at(Duration.ofSeconds(i * 10L), Destination.HOST, pane -> {
                pane.add(Count.DELIVERIES, 50)
                        .add(Count.FIRST_ATTEMPTS, 50)
                        .add(Count.DEFERRED, 40)
                        .add(Count.SENT, 10);
                ids(pane, part * 50, 50);
            });
        }
        return scenario;
    }
}
