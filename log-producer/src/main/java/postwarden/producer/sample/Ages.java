package postwarden.producer.sample;

import java.util.List;
import java.util.stream.IntStream;

/** The classes of age that a queue is told in: those add up over hosts, which quantiles do not. */
final class Ages {
    /** Seconds: what a login code may take (120), a first retry (300), mass mail (4 h), what senders are warned of (1 d), the end (5 d). */
    private static final long[] BOUNDS = {60, 120, 300, 900, 3600, 14_400, 86_400, 432_000};

    private static final List<Column> COLUMNS = IntStream.rangeClosed(0, BOUNDS.length)
            .mapToObj(i -> Column.sum(name(i)))
            .toList();

    private Ages() {}

    static List<Column> columns() {
        return COLUMNS;
    }

    /** Place among the columns of an age in seconds. */
    static int place(long seconds) {
        int place = 0;
        while (place < BOUNDS.length && seconds >= BOUNDS[place]) {
            place++;
        }
        return place;
    }

    private static String name(int place) {
        if (place == BOUNDS.length) {
            return "ageOver" + BOUNDS[place - 1] + "Seconds";
        }
        return place == 0
                ? "ageUnder" + BOUNDS[0] + "Seconds"
                : "age" + BOUNDS[place - 1] + "To" + BOUNDS[place] + "Seconds";
    }
}
