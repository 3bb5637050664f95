package postwarden.ask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The first rows of a list.
 *
 * @param rows in the order that was asked for, at most as many as were asked for
 * @param total how many there are in all that fit the question
 */
public record Listing<T>(List<T> rows, long total) {
    public Listing {
        rows = List.copyOf(rows);
    }

    /** One list out of several instances' lists of the same question. */
    public static <T> Listing<T> joined(List<Listing<T>> lists, Comparator<? super T> order, int limit) {
        List<T> rows = new ArrayList<>();
        long total = 0;
        for (Listing<T> list : lists) {
            rows.addAll(list.rows());
            total += list.total();
        }
        rows.sort(order);
        return new Listing<>(rows.subList(0, Math.min(limit, rows.size())), total);
    }
}
