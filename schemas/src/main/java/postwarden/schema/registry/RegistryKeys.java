package postwarden.schema.registry;

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

/**
 * The configuration keys that say which registry is asked, and how: Confluent's where Confluent has one, our own
 * ({@code postwarden.registry.*}, see {@link RegistrySettings}) for the waiting.
 */
public final class RegistryKeys {
    private static final String URLS = "schema.registry.url";
    private static final String CREDENTIALS = "basic.auth.credentials.source";
    private static final String USER_INFO = "basic.auth.user.info";
    private static final String REQUEST_TIMEOUT = "postwarden.registry.request.timeout.ms";
    private static final String FIRST_PAUSE = "postwarden.registry.retry.backoff.ms";
    private static final String LONGEST_PAUSE = "postwarden.registry.retry.backoff.max.ms";
    private static final String WAIT = "postwarden.registry.wait.ms";
    private static final String MESSAGE_INTERVAL = "postwarden.registry.message.interval.ms";

    private static final String MOCK = "mock://";
    private static final long NO_LIMIT = -1;
    private static final ConfigDef.Range TIME = ConfigDef.Range.atLeast(1);

    private static final ConfigDef KEYS = new ConfigDef()
            .define(URLS, ConfigDef.Type.LIST, Importance.HIGH, "Where the registry answers; asked in turn.")
            .define(
                    CREDENTIALS,
                    ConfigDef.Type.STRING,
                    "URL",
                    ConfigDef.ValidString.in("URL", "USER_INFO"),
                    Importance.MEDIUM,
                    "Where user and password for the registry stand.")
            .define(USER_INFO, ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "user:password for the registry.")
            .define(REQUEST_TIMEOUT, ConfigDef.Type.LONG, 5000, TIME, Importance.LOW, "Longest request, in ms.")
            .define(FIRST_PAUSE, ConfigDef.Type.LONG, 200, TIME, Importance.LOW, "First pause, in ms.")
            .define(LONGEST_PAUSE, ConfigDef.Type.LONG, 10_000, TIME, Importance.LOW, "Longest pause, in ms.")
            .define(
                    WAIT,
                    ConfigDef.Type.LONG,
                    NO_LIMIT,
                    ConfigDef.Range.atLeast(NO_LIMIT),
                    Importance.MEDIUM,
                    "How long an unreachable registry is waited for, in ms; -1: without end; 0: one attempt.")
            .define(MESSAGE_INTERVAL, ConfigDef.Type.LONG, 30_000, TIME, Importance.LOW, "Between messages, in ms.");

    private RegistryKeys() {}

    /**
     * The registry that a configuration names; {@code mock://scope} is one in this process.
     *
     * @throws ConfigException naming the key that is missing or wrong
     */
    public static Registry registry(Map<String, ?> configs) {
        Map<String, @Nullable Object> values = KEYS.parse(configs);
        List<String> urls = urls(values);
        if (urls.isEmpty()) {
            throw new ConfigException(URLS + " names no registry");
        }
        if (urls.get(0).startsWith(MOCK)) {
            return MemoryRegistry.of(urls.get(0).substring(MOCK.length()));
        }
        try {
            return new HttpRegistry(settings(urls, values));
        } catch (IllegalArgumentException bad) {
            // The URLs stay out of the message: they may hold a password.
            throw new ConfigException(URLS + " or postwarden.registry.*: " + bad.getMessage());
        }
    }

    private static RegistrySettings settings(List<String> urls, Map<String, @Nullable Object> values) {
        Optional<Duration> patience =
                number(values, WAIT) == NO_LIMIT ? Optional.empty() : Optional.of(time(values, WAIT));
        return new RegistrySettings(
                urls.stream().map(RegistryKeys::uri).toList(),
                credentials(values),
                time(values, REQUEST_TIMEOUT),
                time(values, FIRST_PAUSE),
                time(values, LONGEST_PAUSE),
                patience,
                time(values, MESSAGE_INTERVAL));
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
            // Without the cause, whose message is the text.
            throw new IllegalArgumentException("not a URL");
        }
    }

    private static List<String> urls(Map<String, @Nullable Object> values) {
        return values.get(URLS) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Duration time(Map<String, @Nullable Object> values, String key) {
        return Duration.ofMillis(number(values, key));
    }

    private static long number(Map<String, @Nullable Object> values, String key) {
        return values.get(key) instanceof Long value ? value : NO_LIMIT;
    }
}
