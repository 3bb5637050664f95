package postwarden.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The configuration in force, as the keys that would bring it about. */
public final class Effective {
    private static final List<String> SECRET =
            List.of("password", "secret", "jaas", "user.info", "credential", "token", "key");

    private Effective() {}

    /** One line a key, {@code key = value}, in order; Kafka's settings only by name where they may hold a secret. */
    public static List<String> lines(AppConfig config) {
        List<String> lines = new ArrayList<>();
        add(lines, "service", config.service());
        add(lines, "topics", config.settings().topics());
        add(lines, "stream", config.settings().stream());
        add(lines, "intake", config.settings().intake());
        add(lines, "correlator", config.settings().correlator());
        add(lines, "watch", config.settings().watch());
        add(lines, "detectors", config.detectors());
        add(lines, "desk", config.settings().desk());
        Map<String, String> kafka = new TreeMap<>(config.kafka());
        kafka.forEach((key, value) -> lines.add("kafka.\"" + key + "\" = " + (mayBeSecret(key) ? "(hidden)" : value)));
        return lines;
    }

    private static boolean mayBeSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return SECRET.stream().anyMatch(lower::contains);
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
        return String.valueOf(value);
    }

    private static String duration(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
