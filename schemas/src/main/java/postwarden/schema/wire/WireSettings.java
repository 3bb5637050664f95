package postwarden.schema.wire;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistryKeys;

/**
 * The configuration of serializer and deserializer, by Confluent's keys; those that say where the registry is and how
 * long it is waited for stand in {@link RegistryKeys}.
 *
 * @param registry which registry is asked
 * @param autoRegister {@code auto.register.schemas}; default false: an agent on a mail host must not be able to change
 *     what everyone reads
 * @param useLatest {@code use.latest.version}; default false; true writes with the subject's latest version
 * @param specific {@code specific.avro.reader}; default false: generic records
 * @param keyType {@code specific.avro.key.type}: the generated class of keys
 * @param valueType {@code specific.avro.value.type}: the generated class of values
 */
record WireSettings(
        Registry registry,
        boolean autoRegister,
        boolean useLatest,
        boolean specific,
        Optional<Class<?>> keyType,
        Optional<Class<?>> valueType) {

    private static final String AUTO_REGISTER = "auto.register.schemas";
    private static final String USE_LATEST = "use.latest.version";
    private static final String SPECIFIC = "specific.avro.reader";
    private static final String KEY_TYPE = "specific.avro.key.type";
    private static final String VALUE_TYPE = "specific.avro.value.type";

    private static final ConfigDef KEYS = new ConfigDef()
            .define(AUTO_REGISTER, ConfigDef.Type.BOOLEAN, false, Importance.MEDIUM, "Register what is written.")
            .define(USE_LATEST, ConfigDef.Type.BOOLEAN, false, Importance.LOW, "Write with the latest version.")
            .define(SPECIFIC, ConfigDef.Type.BOOLEAN, false, Importance.MEDIUM, "Read into generated classes.")
            .define(KEY_TYPE, ConfigDef.Type.CLASS, null, Importance.LOW, "Generated class of keys.")
            .define(VALUE_TYPE, ConfigDef.Type.CLASS, null, Importance.LOW, "Generated class of values.");

    /**
     * Reads the configuration; keys that are not ours are left to others.
     *
     * @throws ConfigException naming the key that is missing or wrong
     */
    static WireSettings of(Map<String, ?> configs) {
        Map<String, @Nullable Object> values = KEYS.parse(configs);
        return new WireSettings(
                RegistryKeys.registry(configs),
                is(values, AUTO_REGISTER),
                is(values, USE_LATEST),
                is(values, SPECIFIC),
                Optional.ofNullable((Class<?>) values.get(KEY_TYPE)),
                Optional.ofNullable((Class<?>) values.get(VALUE_TYPE)));
    }

    private static boolean is(Map<String, @Nullable Object> values, String key) {
        return Boolean.TRUE.equals(values.get(key));
    }
}
