package postwarden.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fills a parameter record from configuration: each component is a key in kebab case, what is not given keeps its default, and
 * every unknown key and bad value is collected, so that an operator sees all of them at once.
 */
final class RecordReader {
    private final List<String> errors = new ArrayList<>();

    List<String> errors() {
        return List.copyOf(errors);
    }

    /** The record with what {@code config} says at {@code path}; the defaults when it says nothing or something wrong. */
    <R extends Record> R read(Config config, String path, R defaults) {
        if (!config.hasPath(path)) {
            return defaults;
        }
        try {
            return fill(config.getConfig(path), path, defaults);
        } catch (ConfigException notAnObject) {
            errors.add(path + " must hold keys: " + ConfigFile.words(notAnObject));
            return defaults;
        }
    }

    /** The keys below {@code path} as they are; none when there is nothing, or something else. */
    Config section(Config config, String path) {
        try {
            return config.hasPath(path) ? config.getConfig(path) : ConfigFactory.empty();
        } catch (ConfigException notAnObject) {
            errors.add(path + " must hold keys: " + ConfigFile.words(notAnObject));
            return ConfigFactory.empty();
        }
    }

    /** Complains about keys of {@code config} that are not in {@code known}. */
    void onlyKnown(Config config, String path, Set<String> known) {
        ConfigObject root = config.root();
        for (String key : root.keySet()) {
            if (!known.contains(key)) {
                errors.add("unknown key " + prefix(path) + key + "; known are "
                        + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    void error(String text) {
        errors.add(text);
    }

    private <R extends Record> R fill(Config config, String path, R defaults) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        onlyKnown(
                config,
                path,
                Arrays.stream(components).map(each -> kebab(each.getName())).collect(Collectors.toSet()));
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(
                    config, prefix(path) + kebab(components[i].getName()), components[i], of(components[i], defaults));
        }
        return construct(path, defaults, types, values);
    }

    private Object value(Config config, String path, RecordComponent component, Object standard) {
        String key = kebab(component.getName());
        if (!config.hasPath(key)) {
            return standard;
        }
        try {
            return standard instanceof Record nested
                    ? fill(config.getConfig(key), path, nested)
                    : scalar(config, key, component, standard);
        } catch (ConfigException wrong) {
            errors.add(path + ": " + ConfigFile.words(wrong));
            return standard;
        }
    }

    private Object scalar(Config config, String key, RecordComponent component, Object standard) {
        Class<?> type = component.getType();
        if (type == int.class) {
            refuseFraction(config, key);
            return config.getInt(key);
        }
        if (type == long.class) {
            refuseFraction(config, key);
            return config.getLong(key);
        }
        if (type == double.class) {
            return config.getDouble(key);
        }
        if (type == boolean.class) {
            return config.getBoolean(key);
        }
        if (type == Duration.class) {
            return config.getDuration(key);
        }
        if (type == String.class) {
            return config.getString(key);
        }
        if (type == Set.class) {
            return Set.copyOf(config.getStringList(key));
        }
        if (type == List.class && isOf(component, Duration.class)) {
            return List.copyOf(config.getDurationList(key));
        }
        if (type == Optional.class && isOf(component, Duration.class)) {
            return config.getString(key).equals("none") ? Optional.empty() : Optional.of(config.getDuration(key));
        }
        throw new IllegalStateException("a parameter of type " + type + " (" + standard + ") cannot be configured");
    }

    /** The parser would cut it off: 1.5 threads would be one, and what is not a number none. */
    private static void refuseFraction(Config config, String key) {
        double value = config.getDouble(key);
        if (value != Math.rint(value)) {
            throw new ConfigException.BadValue(
                    config.getValue(key).origin(), key, "must be a whole number, not " + value);
        }
    }

    // The constructor of the record's own class gives the record's own type.
    @SuppressWarnings("unchecked")
    private <R extends Record> R construct(String path, R defaults, Class<?>[] types, Object[] values) {
        try {
            Constructor<?> constructor = defaults.getClass().getDeclaredConstructor(types);
            return (R) constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            errors.add(path + ": "
                    + keys(String.valueOf(refused.getTargetException().getMessage())));
            return defaults;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("record " + defaults.getClass() + " cannot be filled", impossible);
        }
    }

    /** Records name their components as Java does; the operator wrote {@code max-keys}. */
    private static String keys(String message) {
        int end = message.indexOf(' ');
        return end < 0 ? message : kebab(message.substring(0, end)) + message.substring(end);
    }

    static Object of(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("component " + component + " cannot be read", impossible);
        }
    }

    private static boolean isOf(RecordComponent component, Class<?> argument) {
        return component.getGenericType() instanceof ParameterizedType type
                && type.getActualTypeArguments()[0] == argument;
    }

    private static String prefix(String path) {
        return path.isEmpty() ? "" : path + ".";
    }

    static String kebab(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                out.append('-');
            }
            out.append(c);
        }
        return out.toString().toLowerCase(Locale.ROOT);
    }
}
