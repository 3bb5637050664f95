package postwarden.e2e;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service said at its end about the records that it read since its start.
 *
 * @param all how many there were
 * @param outcomes how many of each outcome
 */
public record Sums(long all, Map<String, Long> outcomes) {
    private static final Pattern SAID = Pattern.compile("records=\"(\\d+) = ([^\"]+)\"");

    public Sums {
        outcomes = Map.copyOf(outcomes);
    }

    /** @throws AssertionError when it did not say it: it was killed, or did not stop in order */
    static Sums in(String log) {
        Matcher said = SAID.matcher(log);
        if (!said.find()) {
            throw new AssertionError("no sums in: " + log);
        }
        Map<String, Long> outcomes = new HashMap<>();
        for (String each : said.group(2).split(", ")) {
            int space = each.indexOf(' ');
            outcomes.put(each.substring(0, space), Long.parseLong(each.substring(space + 1)));
        }
        return new Sums(Long.parseLong(said.group(1)), outcomes);
    }

    /** How many of this outcome. */
    public long of(String outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
