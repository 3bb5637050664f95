package postwarden.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postwarden.producer.publish.RecordedKafka.texts;
import static postwarden.producer.publish.SomeLines.line;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import postwarden.producer.Said;

/** Lines go to no cluster that could lose them. */
class ClusterAdmissionTest {
    private final RecordedKafka there = new RecordedKafka();

    @Test
    void no_line_passes_before_the_cluster_has_told_that_it_keeps_them() {
        // Given
        Deque<Admission.Answer> answers = new ArrayDeque<>(List.of(
                new Admission.Answer.Unknown("Kafka at k:1 cannot be reached (no answer)"),
                new Admission.Answer.Unknown("Kafka at k:1 cannot be reached (no answer)"),
                new Admission.Answer.Admitted(List.of())));
        KafkaOutlet outlet = there.guarded(kafka -> answers.remove());

        // When
        List<String> said = Said.by(Trouble.class, () -> there.send(outlet, "a"));

        // Then
        assertThat(answers).isEmpty();
        assertThat(texts(there.producers.get(0))).containsExactly("a");
        assertThat(said)
                .containsExactly(
                        "WARN lines wait for Kafka, nothing is lost why=Kafka at k:1 cannot be reached (no answer)");
        assertThat(there.metrics.blocked().count()).isPositive();
    }

    @Test
    void a_cluster_that_could_lose_lines_gets_none_and_the_agent_is_told_why() {
        // Given
        KafkaOutlet outlet =
                there.guarded(kafka -> new Admission.Answer.Refused(List.of("topic mail.lines: it has 1 copy")));

        // When
        outlet.send(line("a"), () -> {});

        // Then
        assertThat(outlet.refusal()).containsExactly("topic mail.lines: it has 1 copy");
        assertThat(there.producers.get(0).history()).isEmpty();
        assertThat(outlet.send(line("b"), () -> {})).isFalse();
    }

    @Test
    void another_cluster_that_could_lose_lines_is_not_connected_to() {
        // Given
        KafkaOutlet outlet = there.guarded(kafka -> kafka.isEmpty()
                ? new Admission.Answer.Admitted(List.of())
                : new Admission.Answer.Refused(List.of("it has 1 copy")));
        there.send(outlet, "a");

        // When
        assertThatThrownBy(() -> outlet.reconnect(Map.of("bootstrap.servers", "other:9092")))
                // Then
                .hasMessage("it has 1 copy");
        there.send(outlet, "b");
        assertThat(texts(there.producers.get(0))).containsExactly("a", "b");
    }
}
