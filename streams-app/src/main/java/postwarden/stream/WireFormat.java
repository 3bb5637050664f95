package postwarden.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import postwarden.schema.wire.AvroDeserializer;
import postwarden.schema.wire.AvroSerializer;

/**
 * Makes the serializer and deserializer that the configuration names ({@code value.serializer}, {@code value.deserializer}),
 * as Kafka's own clients do: ours, or Confluent's when it is on the class path.
 */
public final class WireFormat {
    private WireFormat() {}

    /** @throws ConfigException when the class cannot be used */
    public static <T> Serializer<T> serializer(Map<String, String> kafka) {
        // The class is the operator's choice; what it makes is checked by its first use.
        @SuppressWarnings("unchecked")
        Serializer<T> serializer = (Serializer<T>)
                make(kafka.getOrDefault("value.serializer", AvroSerializer.class.getName()), Serializer.class);
        serializer.configure(kafka, false);
        return serializer;
    }

    /**
     * @param type the generated class to read into
     * @throws ConfigException when the class cannot be used
     */
    public static <T extends SpecificRecord> Deserializer<T> deserializer(Map<String, String> kafka, Class<T> type) {
        // The class is the operator's choice; what it makes is checked by its first use.
        @SuppressWarnings("unchecked")
        Deserializer<T> deserializer = (Deserializer<T>)
                make(kafka.getOrDefault("value.deserializer", AvroDeserializer.class.getName()), Deserializer.class);
        Map<String, Object> all = new HashMap<>(kafka);
        all.put("specific.avro.reader", true);
        all.put("specific.avro.value.type", type.getName());
        deserializer.configure(all, false);
        return deserializer;
    }

    private static <T> T make(String className, Class<T> type) {
        try {
            return Utils.newInstance(className, type);
        } catch (ClassNotFoundException missing) {
            throw new ConfigException("the class " + className + " is not on the class path");
        }
    }
}
