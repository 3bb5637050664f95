package postwarden.serve;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import postwarden.serve.wire.Refusal;

/** A request's query: every parameter is known and given once, or the request is refused. */
final class Parameters {
    static final int MOST_ROWS = 1000;

    private static final int ROWS = 100;
    /** Bytes of one value: a cursor has up to four thirds of a name, and a little. */
    private static final int MOST_BYTES = 6144;

    private static final int MOST_LISTED = 64;

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /** @throws Refusal 400 */
    static Parameters of(@Nullable String query, Set<String> known) {
        Map<String, String> values = new TreeMap<>();
        if (query == null || query.isEmpty()) {
            return new Parameters(values);
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = Percent.decode("a parameter's name", equals < 0 ? pair : pair.substring(0, equals), true, 64);
            if (!known.contains(name)) {
                throw Refusal.bad("there is no such parameter here; known are " + new TreeSet<>(known));
            }
            String value = Percent.decode(name, equals < 0 ? "" : pair.substring(equals + 1), true, MOST_BYTES);
            if (values.putIfAbsent(name, value) != null) {
                throw Refusal.bad(name + " must be given once");
            }
        }
        return new Parameters(values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
    }

    /** Text of so many characters at most. */
    String text(String name, int most) {
        String text = text(name).orElse("");
        if (text.length() > most) {
            throw Refusal.bad(name + " must have at most " + most + " characters");
        }
        return text;
    }

    int limit() {
        Optional<String> text = text("limit");
        if (text.isEmpty()) {
            return ROWS;
        }
        boolean digits = text.get().length() <= 4 && text.get().chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = digits ? Integer.parseInt(text.get()) : 0;
        if (limit < 1 || limit > MOST_ROWS) {
            throw Refusal.bad("limit must be 1 to " + MOST_ROWS);
        }
        return limit;
    }

    boolean flag(String name) {
        return switch (text(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refusal.bad(name + " must be true or false");
        };
    }

    Optional<Instant> instant(String name) {
        try {
            return text(name).map(Instant::parse);
        } catch (DateTimeException wrong) {
            throw Refusal.bad(name + " must be an instant such as 2026-11-22T03:00:00Z");
        }
    }

    /** One of a few. */
    <T> T one(String name, Map<String, T> choices, T otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        return Optional.ofNullable(choices.get(text.get())).orElseThrow(() -> unknown(name, choices.keySet()));
    }

    /** Several of a few, apart by commas. */
    <T> Set<T> several(String name, Map<String, T> choices) {
        return several(
                name,
                text -> Optional.ofNullable(choices.get(text)).orElseThrow(() -> unknown(name, choices.keySet())));
    }

    /** Several, apart by commas. */
    <T> Set<T> several(String name, Function<String, T> read) {
        String[] texts = text(name).orElse("").split(",", MOST_LISTED + 1);
        if (texts.length > MOST_LISTED) {
            throw Refusal.bad(name + " must name at most " + MOST_LISTED);
        }
        return Arrays.stream(texts)
                .filter(text -> !text.isEmpty())
                .map(read)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Refusal unknown(String name, Set<String> choices) {
        return Refusal.bad(name + " must be of " + new TreeSet<>(choices));
    }
}
