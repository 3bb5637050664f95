package postwarden.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
    @Test
    void with_tls_the_version_is_1_3_unless_the_operator_adds_one() {
        // Given
        Map<String, Object> plain = Map.of("bootstrap.servers", "b:1");
        Map<String, Object> ssl = Map.of("bootstrap.servers", "b:1", "security.protocol", "SASL_SSL");
        Map<String, Object> both = Map.of("security.protocol", "SSL", "ssl.enabled.protocols", "TLSv1.3,TLSv1.2");

        // When
        Map<String, Object> effective = KafkaSettings.effective(ssl);

        // Then
        assertThat(effective)
                .containsEntry("ssl.enabled.protocols", "TLSv1.3")
                .containsEntry("ssl.protocol", "TLSv1.3");
        assertThat(KafkaSettings.effective(plain)).doesNotContainKey("ssl.enabled.protocols");
        assertThat(KafkaSettings.effective(both)).containsEntry("ssl.enabled.protocols", "TLSv1.3,TLSv1.2");
        assertThat(KafkaSettings.openings(both)).isEmpty();
    }

    @Test
    void settings_that_could_lose_lines_are_refused_all_at_once() {
        // Given
        Map<String, Object> kafka = Map.of(
                "acks", "1",
                "enable.idempotence", "false",
                "delivery.timeout.ms", "120000",
                "transactional.id", "x",
                "max.in.flight.requests.per.connection", "6");

        // When
        List<String> problems = KafkaSettings.problems(kafka);

        // Then
        assertThat(problems).hasSize(6);
        assertThat(problems).anyMatch(problem -> problem.startsWith("kafka.acks = 1 is refused"));
        assertThat(KafkaSettings.problems(Map.of("bootstrap.servers", "b:1", "acks", "-1")))
                .isEmpty();
    }
}
