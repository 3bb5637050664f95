package postwarden.config;

import com.typesafe.config.ConfigUtil;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The configuration in force, as the keys that would bring it about. */
public final class Effective {
    private static final List<String> SECRET =
            List.of("password", "secret", "jaas", "user.info", "credential", "token", "key");

    private Effective() {}

    /** One line a key, {@code key = value}, in order; Kafka's settings only by name where they may hold a secret. */
    public static List<String> lines(AppConfig config) {
        List<String> lines = new ArrayList<>();
        add(lines, "service", config.service());
        add(lines, "api", config.api());
        add(lines, "topics", config.settings().topics());
        add(lines, "stream", config.settings().stream());
        add(lines, "intake", config.settings().intake());
        add(lines, "correlator", config.settings().correlator());
        add(lines, "parse", config.parse());
        add(lines, "watch", config.settings().watch());
        add(lines, "detectors", config.detectors());
        add(lines, "desk", config.settings().desk());
        add(lines, "networks", config.networks());
        add(lines, "metrics", config.metrics());
        Map<String, String> kafka = new TreeMap<>(config.kafka());
        kafka.forEach((key, value) -> lines.add(
                "kafka.\"" + key + "\" = " + (mayBeSecret(key) ? "(hidden)" : ConfigUtil.quoteString(value))));
        return lines;
    }

    private static boolean mayBeSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET.stream().anyMatch(lower::contains);
    }

    /** The record's keys below {@code path} and their values, in an order that is always the same. */
    static List<String> lines(String path, Record record) {
        List<String> lines = new ArrayList<>();
        add(lines, path, record);
        return lines;
    }

    private static void add(List<String> lines, String path, Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String key = path + "." + RecordReader.kebab(component.getName());
            Object value = RecordReader.of(component, record);
            if (value instanceof Record nested) {
                add(lines, key, nested);
            } else {
                lines.add(key + " = " + text(value));
            }
        }
    }

    private static String text(Object value) {
        if (value instanceof Duration time) {
            return duration(time);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(Effective::text).orElse("none");
        }
        if (value instanceof Set<?> set) {
            return set.stream().map(Effective::text).sorted().collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Effective::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String text ? ConfigUtil.quoteString(text) : String.valueOf(value);
    }

    private static String duration(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
