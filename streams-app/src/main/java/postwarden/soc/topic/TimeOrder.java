package postwarden.soc.topic;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts the records of several partitions in one order of time, holding no more than it must: the oldest is given out as soon as
 * every partition that has not ended shows its next one. Within a partition the order is its own, whatever the stamps say.
 */
final class TimeOrder<T> {
    private final Map<Integer, Deque<Entry<T>>> waiting = new HashMap<>();
    private final Set<Integer> open = new HashSet<>();

    private record Entry<T>(int partition, long time, T item) {}

    TimeOrder(Set<Integer> partitions) {
        open.addAll(partitions);
        partitions.forEach(partition -> waiting.put(partition, new ArrayDeque<>()));
    }

    /** Adds the next record of a partition. */
    void add(int partition, long time, T item) {
        of(partition).add(new Entry<>(partition, time, item));
    }

    /** Nobody has to wait for this partition any more. */
    void end(int partition) {
        open.remove(partition);
    }

    boolean allEnded() {
        return open.isEmpty();
    }

    boolean isOpen(int partition) {
        return open.contains(partition);
    }

    /** How many records of a partition wait for others. */
    int held(int partition) {
        return of(partition).size();
    }

    /** Gives out what is certain. */
    void drain(Consumer<T> to) {
        while (open.stream().noneMatch(partition -> of(partition).isEmpty())) {
            Optional<Entry<T>> first = waiting.values().stream()
                    .filter(queue -> !queue.isEmpty())
                    .map(Deque::getFirst)
                    .min(Comparator.<Entry<T>>comparingLong(Entry::time).thenComparingInt(Entry::partition));
            if (first.isEmpty()) {
                return;
            }
            of(first.get().partition()).removeFirst();
            to.accept(first.get().item());
        }
    }

    private Deque<Entry<T>> of(int partition) {
        return waiting.computeIfAbsent(partition, fresh -> new ArrayDeque<>());
    }
}
