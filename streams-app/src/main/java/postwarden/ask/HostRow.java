package postwarden.ask;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one host. Several instances may each know a part of it: see {@link #joined}.
 *
 * @param closedThrough how far its lines are counted; the epoch when it was only announced
 * @param state CURRENT, LATE (behind the others by more than is waited for, and catching up), SILENT (behind them, and nothing
 *     comes), ENDED, or UNKNOWN where this instance knows only of incidents
 * @param lines counted in the last hour
 * @param notUnderstood lines of the last hour that no rule knew
 * @param open incidents that are open about it, by family of detectors ({@link Trouble})
 */
public record HostRow(
        String tenant,
        String host,
        Instant closedThrough,
        String state,
        double lines,
        double notUnderstood,
        Map<String, Long> open) {
    public HostRow {
        open = new TreeMap<>(open);
    }

    /** What an instance says that has the incidents and not the numbers. */
    public static final String UNKNOWN = "UNKNOWN";

    /** One list out of several instances' lists, by name, each host once. */
    public static Listing<HostRow> joined(Collection<Listing<HostRow>> lists) {
        Map<String, HostRow> rows = new TreeMap<>();
        lists.forEach(list -> list.rows().forEach(row -> rows.merge(row.host(), row, HostRow::and)));
        List<HostRow> sorted = rows.values().stream()
                .sorted(Comparator.comparing(HostRow::host))
                .toList();
        return new Listing<>(sorted, sorted.size());
    }

    /** Both together; at most one of them has the numbers. */
    public HostRow and(HostRow other) {
        HostRow numbers = state.equals(UNKNOWN) ? other : this;
        Map<String, Long> both = new TreeMap<>(open);
        other.open.forEach((family, count) -> both.merge(family, count, Long::sum));
        return new HostRow(
                tenant, host, numbers.closedThrough, numbers.state, numbers.lines, numbers.notUnderstood, both);
    }
}
