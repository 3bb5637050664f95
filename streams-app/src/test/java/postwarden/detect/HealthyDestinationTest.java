package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.detect.Destination.during;
import static postwarden.detect.Destination.flows;
import static postwarden.detect.Destination.greylists;
import static postwarden.detect.Destination.refused;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.detect.remotethrottle.RemoteThrottleDetector;
import postwarden.detect.remotethrottle.RemoteThrottleParams;
import postwarden.detect.retrystorm.RetryStormDetector;
import postwarden.detect.retrystorm.RetryStormParams;
import postwarden.tally.Count;

/** A destination that puts mail off now and then, as every one does. */
class HealthyDestinationTest {
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final Duration BEGIN = Duration.ofMinutes(5);
    private static final Duration OVER = BEGIN.plusSeconds(40);

    private final Detector throttle = new RemoteThrottleDetector(RemoteThrottleParams.defaults());
    private final Detector storm = new RetryStormDetector(RetryStormParams.defaults());

    static Stream<Named<Scenario>> healthy() {
        return Stream.of(
                Named.of(
                        "half a minute of refusals that retries survive",
                        during(BEGIN, Destination::flows)
                                .during(BEGIN, OVER, Destination.HOST, pane -> refused(pane, 10, Count.THROTTLED_RATE))
                                .during(OVER, Duration.ofMinutes(12), Destination.HOST, Destination::flows)),
                Named.of(
                        "a few dropped connections",
                        during(
                                Duration.ofMinutes(10),
                                pane -> flows(pane)
                                        .add(Count.NETWORK_TROUBLE, 1)
                                        .add(Count.DEFERRED, 1)
                                        .add(Count.DELIVERIES, 1))),
                Named.of(
                        "greylisting that says so",
                        during(HALF_HOUR, pane -> greylists(pane).add(Count.GREYLISTED, 6))),
                Named.of(
                        "greylisting in other words",
                        during(
                                HALF_HOUR,
                                pane -> greylists(pane).add(Count.THROTTLED, 3).add(Count.ATTEMPTS, 3))));
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void nothing_is_said_of_it(Scenario scenario) {
        // When / Then
        assertThat(scenario.assess(throttle)).isEmpty();
        assertThat(scenario.assess(storm)).isEmpty();
    }
}
