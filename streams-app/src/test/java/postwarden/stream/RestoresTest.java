package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoresTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Restores restores = new Restores(registry);

    @Test
    void what_is_left_shrinks_with_each_batch_and_ends_with_the_store() {
        // Given
        TopicPartition keys = new TopicPartition("keys-changelog", 0);
        TopicPartition queue = new TopicPartition("queue-changelog", 0);
        restores.onRestoreStart(keys, "keys", 100, 600);
        restores.onRestoreStart(queue, "queue", 0, 50);

        // When
        restores.onBatchRestored(keys, "keys", 299, 200);
        restores.onRestoreEnd(queue, "queue", 50);

        // Then
        assertThat(registry.get("postwarden.restoring").gauge().value()).isEqualTo(1);
        assertThat(registry.get("postwarden.restoring.records").gauge().value()).isEqualTo(300);
        assertThat(registry.counter("postwarden.restores").count()).isEqualTo(2);
        assertThat(registry.counter("postwarden.restored").count()).isEqualTo(200);
        restores.onRestoreSuspended(keys, "keys", 200);
        assertThat(registry.get("postwarden.restoring").gauge().value()).isZero();
    }
}
