package postwarden.producer.sample;

import java.time.Duration;

/** What settings of probes are held against. */
final class Bounds {
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);
    private static final Duration LONGEST_PERIOD = Duration.ofHours(1);
    private static final Duration SHORTEST_LIMIT = Duration.ofMillis(100);
    private static final Duration LONGEST_LIMIT = Duration.ofMinutes(1);
    private static final int LARGEST_BYTE = 255;
    private static final int LONGEST_LABEL = 63;

    private Bounds() {}

    static void period(String probe, Duration period) {
        require(
                period.compareTo(SHORTEST_PERIOD) >= 0 && period.compareTo(LONGEST_PERIOD) <= 0,
                probe + ".period is " + period + ", not 1 s to 1 h");
    }

    static void limit(String probe, Duration limit) {
        require(
                limit.compareTo(SHORTEST_LIMIT) >= 0 && limit.compareTo(LONGEST_LIMIT) <= 0,
                probe + ".limit is " + limit + ", not 100 ms to 1 minute");
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Whether it is a domain in lower case whose labels have the length that DNS allows. */
    static boolean isDomain(String name) {
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > LONGEST_LABEL) {
                return false;
            }
        }
        return Domain.of('@' + name).equals(name);
    }

    /** Whether it is an IP address as text, without asking anybody. */
    static boolean isAddress(String text) {
        if (text.indexOf(':') >= 0) {
            return text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
        }
        String[] bytes = text.split("\\.", -1);
        if (bytes.length != 4) {
            return false;
        }
        for (String number : bytes) {
            if (ProcFile.number(number)
                    .filter(value -> value >= 0 && value <= LARGEST_BYTE)
                    .isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
