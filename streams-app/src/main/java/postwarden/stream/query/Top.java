package postwarden.stream.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** The first few of many in an order. */
final class Top<T> {
    private final Comparator<T> order;
    private final int limit;
    /** The last one first. */
    private final PriorityQueue<T> kept;

    Top(Comparator<T> order, int limit) {
        this.order = order;
        this.limit = limit;
        kept = new PriorityQueue<>(limit, order.reversed());
    }

    void add(T one) {
        if (kept.size() < limit) {
            kept.add(one);
        } else if (order.compare(one, kept.element()) < 0) {
            kept.remove();
            kept.add(one);
        }
    }

    /** What one has to be before, once as many are kept as may be. */
    Optional<T> last() {
        return kept.size() < limit ? Optional.empty() : Optional.of(kept.element());
    }

    /** All that are kept, in their order. */
    List<T> sorted() {
        List<T> sorted = new ArrayList<>(kept);
        sorted.sort(order);
        return sorted;
    }
}
