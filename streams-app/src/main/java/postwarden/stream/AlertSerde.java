package postwarden.stream;

import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import postwarden.incident.Alert;
import postwarden.stream.codec.AlertCodec;

/** Alerts as Avro records, by whatever serializer and deserializer are configured for them. */
public final class AlertSerde implements Serde<Alert> {
    private final Serializer<postwarden.schema.Alert> serializer;
    private final Deserializer<postwarden.schema.Alert> deserializer;

    private AlertSerde(
            Serializer<postwarden.schema.Alert> serializer, Deserializer<postwarden.schema.Alert> deserializer) {
        this.serializer = serializer;
        this.deserializer = deserializer;
    }

    /** @param kafka passed on as configuration; {@code value.serializer} and {@code value.deserializer} choose the classes */
    public static AlertSerde of(Map<String, String> kafka) {
        Serializer<postwarden.schema.Alert> serializer = WireFormat.serializer(kafka);
        Deserializer<postwarden.schema.Alert> deserializer =
                WireFormat.deserializer(kafka, postwarden.schema.Alert.class);
        return new AlertSerde(serializer, deserializer);
    }

    @Override
    public Serializer<Alert> serializer() {
        return (topic, alert) -> serializer.serialize(topic, AlertCodec.toAvro(alert));
    }

    @Override
    public Deserializer<Alert> deserializer() {
        return (topic, bytes) -> AlertCodec.fromAvro(deserializer.deserialize(topic, bytes));
    }

    @Override
    public void close() {
        serializer.close();
        deserializer.close();
    }
}
