package postwarden.ask;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lines of one kind that no rule knew. Several instances may each have counted some of them: see {@link #joined}.
 *
 * @param id sixteen hexadecimal digits, the same everywhere
 * @param sample without secrets, addresses and users
 */
public record DriftRow(
        String id,
        String daemon,
        String program,
        String template,
        long count,
        Instant first,
        Instant last,
        String version,
        String sample) {
    /** The most frequent first; where counts are equal, always in the same order. */
    public static final Comparator<DriftRow> ORDER =
            Comparator.comparingLong(DriftRow::count).reversed().thenComparing(DriftRow::id);

    /** One list out of several instances' lists, each kind once. */
    public static Listing<DriftRow> joined(Collection<Listing<DriftRow>> lists, int limit) {
        Map<String, DriftRow> rows = new TreeMap<>();
        lists.forEach(list -> list.rows().forEach(row -> rows.merge(row.id(), row, DriftRow::and)));
        List<DriftRow> sorted = rows.values().stream().sorted(ORDER).toList();
        return new Listing<>(sorted.subList(0, Math.min(limit, sorted.size())), sorted.size());
    }

    /** Both together. */
    public DriftRow and(DriftRow other) {
        DriftRow earlier = other.first.isBefore(first) ? other : this;
        DriftRow later = other.last.isAfter(last) ? other : this;
        return new DriftRow(
                id,
                daemon,
                program,
                template,
                count + other.count,
                earlier.first,
                later.last,
                later.version,
                earlier.sample);
    }
}
