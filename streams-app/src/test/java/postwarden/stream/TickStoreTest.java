package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.schema.MailLine;

class TickStoreTest {
    private static final int KEYS = 200;

    @Test
    void ticks_with_ever_new_keys_do_not_pile_up(@TempDir Path state) {
        try (Driven driven = new Driven(state);
                Serializer<MailLine> values = WireFormat.serializer(Map.of("schema.registry.url", "mock://driven"))) {
            // Given
            TestInputTopic<String, byte[]> lines =
                    driven.driver().createInputTopic("mail.lines", new StringSerializer(), new ByteArraySerializer());

            // When
            for (int key = 0; key < KEYS; key++) {
                lines.pipeInput(
                        "key-" + key,
                        values.serialize(
                                "mail.lines", driven.line(1, key, "connect from unknown[192.0.2." + key + "]")));
            }

            // Then
            assertThat(driven.meters().drains("intake")).isGreaterThanOrEqualTo(KEYS);
            assertThat(entries(driven, Stores.INTAKE_TICK)).isLessThanOrEqualTo(16);
            assertThat(entries(driven, Stores.WATCH_TICK)).isLessThanOrEqualTo(16);
        }
    }

    private static long entries(Driven driven, String store) {
        return driven.driver().getKeyValueStore(store).approximateNumEntries();
    }
}
