package postwarden.stream;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A tick says nothing but that it is one. */
final class TickSerde implements Serde<IntakeOutput> {
    @Override
    public Serializer<IntakeOutput> serializer() {
        return (topic, tick) -> new byte[] {1};
    }

    @Override
    public Deserializer<IntakeOutput> deserializer() {
        return (topic, bytes) -> IntakeOutput.TICK;
    }
}
