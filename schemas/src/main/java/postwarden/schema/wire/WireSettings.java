package postwarden.schema.wire;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import postwarden.schema.registry.HttpRegistry;
import postwarden.schema.registry.MemoryRegistry;
import postwarden.schema.registry.Registry;
import postwarden.schema.registry.RegistrySettings;

/**
 * The configuration of serializer and deserializer: Confluent's keys where Confluent has one, our own for the waiting.
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

    private static final String URLS = "schema.registry.url";
    private static final String AUTO_REGISTER = "auto.register.schemas";
    private static final String USE_LATEST = "use.latest.version";
    private static final String SPECIFIC = "specific.avro.reader";
    private static final String KEY_TYPE = "specific.avro.key.type";
    private static final String VALUE_TYPE = "specific.avro.value.type";
    private static final String CREDENTIALS = "basic.auth.credentials.source";
    private static final String USER_INFO = "basic.auth.user.info";
    private static final String REQUEST_TIMEOUT = "postwarden.registry.request.timeout.ms";
    private static final String FIRST_PAUSE = "postwarden.registry.retry.backoff.ms";
    private static final String LONGEST_PAUSE = "postwarden.registry.retry.backoff.max.ms";
    private static final String WAIT = "postwarden.registry.wait.ms";
    private static final String MESSAGE_INTERVAL = "postwarden.registry.message.interval.ms";

    private static final String MOCK = "mock://";
    private static final long NO_LIMIT = -1;

    private static final ConfigDef KEYS = new ConfigDef()
            .define(
                    URLS,
                    ConfigDef.Type.LIST,
                    Importance.HIGH,
                    "Where the registry answers; several are asked in turn.")
            .define(
                    AUTO_REGISTER,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Register schemas when they are written.")
            .define(
                    USE_LATEST,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "Write with the subject's latest version.")
            .define(SPECIFIC, ConfigDef.Type.BOOLEAN, false, Importance.MEDIUM, "Read into generated classes.")
            .define(KEY_TYPE, ConfigDef.Type.CLASS, null, Importance.LOW, "Generated class of keys.")
            .define(VALUE_TYPE, ConfigDef.Type.CLASS, null, Importance.LOW, "Generated class of values.")
            .define(
                    CREDENTIALS,
                    ConfigDef.Type.STRING,
                    "URL",
                    ConfigDef.ValidString.in("URL", "USER_INFO"),
                    Importance.MEDIUM,
                    "Where user and password for the registry stand.")
            .define(USER_INFO, ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "user:password for the registry.")
            .define(
                    REQUEST_TIMEOUT,
                    ConfigDef.Type.LONG,
                    5000,
                    atLeast(1),
                    Importance.LOW,
                    "Longest time of one request, in ms.")
            .define(
                    FIRST_PAUSE,
                    ConfigDef.Type.LONG,
                    200,
                    atLeast(1),
                    Importance.LOW,
                    "First pause before asking again, in ms.")
            .define(
                    LONGEST_PAUSE,
                    ConfigDef.Type.LONG,
                    10_000,
                    atLeast(1),
                    Importance.LOW,
                    "Where pauses stop to double, in ms.")
            .define(
                    WAIT,
                    ConfigDef.Type.LONG,
                    NO_LIMIT,
                    atLeast(NO_LIMIT),
                    Importance.MEDIUM,
                    "How long an unreachable registry is waited for, in ms; 0: one attempt; -1: without end.")
            .define(
                    MESSAGE_INTERVAL,
                    ConfigDef.Type.LONG,
                    30_000,
                    atLeast(1),
                    Importance.LOW,
                    "Between two messages, in ms.");

    /**
     * Reads the configuration; keys that are not ours are left to others.
     *
     * @throws ConfigException naming the key that is missing or wrong
     */
    static WireSettings of(Map<String, ?> configs) {
        Map<String, @Nullable Object> values = KEYS.parse(configs);
        return new WireSettings(
                registry(values),
                is(values, AUTO_REGISTER),
                is(values, USE_LATEST),
                is(values, SPECIFIC),
                Optional.ofNullable((Class<?>) values.get(KEY_TYPE)),
                Optional.ofNullable((Class<?>) values.get(VALUE_TYPE)));
    }

    /** The registry that a configuration names. */
    private static Registry registry(Map<String, @Nullable Object> values) {
        List<String> urls = urls(values);
        if (urls.isEmpty()) {
            throw new ConfigException(URLS, urls, "names no registry");
        }
        if (urls.get(0).startsWith(MOCK)) {
            return MemoryRegistry.of(urls.get(0).substring(MOCK.length()));
        }
        try {
            return new HttpRegistry(http(urls, values));
        } catch (IllegalArgumentException bad) {
            // The URLs stay out of the message: they may hold a password.
            throw new ConfigException(URLS + " or postwarden.registry.*: " + bad.getMessage());
        }
    }

    private static RegistrySettings http(List<String> urls, Map<String, @Nullable Object> values) {
        long wait = number(values, WAIT);
        return new RegistrySettings(
                urls.stream().map(WireSettings::uri).toList(),
                credentials(values),
                Duration.ofMillis(number(values, REQUEST_TIMEOUT)),
                Duration.ofMillis(number(values, FIRST_PAUSE)),
                Duration.ofMillis(number(values, LONGEST_PAUSE)),
                wait == NO_LIMIT ? Optional.empty() : Optional.of(Duration.ofMillis(wait)),
                Duration.ofMillis(number(values, MESSAGE_INTERVAL)));
    }

    private static Optional<String> credentials(Map<String, @Nullable Object> values) {
        if (!"USER_INFO".equals(values.get(CREDENTIALS))) {
            return Optional.empty();
        }
        if (values.get(USER_INFO) instanceof Password password
                && password.value().contains(":")) {
            return Optional.of(password.value());
        }
        throw new ConfigException(USER_INFO + " must be user:password when " + CREDENTIALS + " is USER_INFO");
    }

    private static URI uri(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("not a URL", bad);
        }
    }

    private static List<String> urls(Map<String, @Nullable Object> values) {
        return values.get(URLS) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static boolean is(Map<String, @Nullable Object> values, String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    private static long number(Map<String, @Nullable Object> values, String key) {
        return values.get(key) instanceof Long value ? value : NO_LIMIT;
    }

    private static ConfigDef.Range atLeast(long least) {
        return ConfigDef.Range.atLeast(least);
    }
}
