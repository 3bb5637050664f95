package postwarden.producer.config;

import com.typesafe.config.ConfigException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong, so that an operator sees all of it at once. */
final class Problems {
    private final List<String> problems = new ArrayList<>();

    void add(String problem) {
        problems.add(problem);
    }

    void add(String key, String problem) {
        problems.add(key + ": " + problem);
    }

    /** Reads a value; when that fails, notes why and goes on with another one. */
    <T> T read(String key, Supplier<T> value, T otherwise) {
        try {
            return value.get();
        } catch (ConfigException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            add(key, String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ConfigProblems(problems);
        }
    }
}
