package postwarden.ask;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import postwarden.tally.Watch;

/**
 * Which keys of a watch, and in what order. Rows of the same measure are in the order of their names.
 *
 * @param search part of a name, in lower case; empty for all
 * @param measure what is sorted by, the largest first, such as {@code connects}; empty for the name
 * @param window over which the measures are summed, one of 1, 10 and 60 minutes
 * @param after name of the last row of the page before; empty for the first page
 * @param afterMeasure its measure
 * @param limit rows, 1 to 1000
 * @param hosts patterns, with {@code *}, of the hosts whose part alone is told of; empty for all there are
 */
public record EntityQuestion(
        String tenant,
        Watch watch,
        String search,
        String measure,
        Duration window,
        String after,
        double afterMeasure,
        int limit,
        List<String> hosts) {
    public EntityQuestion {
        // An instance of an older version names none.
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
    }

    /** About all hosts. */
    public EntityQuestion(
            String tenant,
            Watch watch,
            String search,
            String measure,
            Duration window,
            String after,
            double afterMeasure,
            int limit) {
        this(tenant, watch, search, measure, window, after, afterMeasure, limit, List.of());
    }

    /** The order of the rows. */
    public Comparator<EntityRow> order() {
        Comparator<EntityRow> byName = Comparator.comparing(EntityRow::name);
        return measure.isEmpty()
                ? byName
                : Comparator.<EntityRow>comparingDouble(row -> -row.measures().getOrDefault(measure, 0.0))
                        .thenComparing(byName);
    }
}
