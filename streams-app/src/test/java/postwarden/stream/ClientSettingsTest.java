package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {
    /** Kafka Streams refuses a transaction that may end before the commit; its own ten seconds are less than a minute. */
    @ParameterizedTest
    @ValueSource(ints = {10, 200, 60_000})
    void every_commit_interval_that_may_be_configured_is_taken(int millis) {
        // Given
        Running running = new Running(
                "settings", "", 1, Duration.ofMillis(millis), 1, 0, Map.of("bootstrap.servers", "localhost:9092"));

        // When
        StreamsConfig taken = new StreamsConfig(running.properties());

        // Then
        assertThat(taken.getProducerConfigs("one").get("transaction.timeout.ms"))
                .isEqualTo(Integer.toString(10_000 + millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.timeout.ms", "transaction.timeout.ms", "state.cleanup.delay.ms"})
    void what_an_operator_says_goes_over_it(String key) {
        // Given
        Map<String, String> kafka = Map.of("bootstrap.servers", "localhost:9092", key, "33000");

        // When
        Object taken = new Running("settings", "", 1, Duration.ofMillis(200), 1, 0, kafka)
                .properties()
                .get(key);

        // Then
        assertThat(taken).isEqualTo("33000");
    }
}
