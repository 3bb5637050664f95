package postwarden.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ClientMetersTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void only_the_producer_of_the_moment_is_shown_and_none_behind_the_end() {
        // Given
        try (ClientMeters shown = ClientMeters.in(meters, Duration.ofMinutes(1));
                KafkaProducer<String, String> first = shown.of(producer("first"))) {
            assertThat(clients()).containsExactly("first");

            // When
            try (KafkaProducer<String, String> second = shown.of(producer("second"))) {
                // Then
                assertThat(clients()).containsExactly("second");
                assertThat(second).isNotSameAs(first);
            }
        }
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void where_nobody_looks_there_are_none() {
        try (ClientMeters hidden = ClientMeters.none();
                KafkaProducer<String, String> producer = hidden.of(producer("any"))) {
            assertThat(producer).isNotNull();
            assertThat(meters.getMeters()).isEmpty();
        }
    }

    private Set<String> clients() {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith("kafka.producer."))
                .map(id -> String.valueOf(id.getTag("client.id")))
                .collect(Collectors.toSet());
    }

    private static KafkaProducer<String, String> producer(String name) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:9", "client.id", name));
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }
}
