package postwarden.serve.live;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far a reader of the alert topic has come: the offset of the next record of each partition. Its text is the event's id, so
 * that every instance can go on from it.
 */
record Place(Map<Integer, Long> next) {
    /** Digits of a number of partitions and of an offset. */
    private static final String FORM = "[0-9]{1,5}:[0-9]{1,18}(,[0-9]{1,5}:[0-9]{1,18})*";

    private static final int LONGEST = 8192;

    Place {
        next = Collections.unmodifiableMap(new TreeMap<>(next));
    }

    /** Nothing where the text is no place. */
    static Optional<Place> of(String text) {
        if (text.length() > LONGEST || !text.matches(FORM)) {
            return Optional.empty();
        }
        Map<Integer, Long> next = new TreeMap<>();
        for (String one : text.split(",")) {
            int colon = one.indexOf(':');
            next.put(Integer.parseInt(one.substring(0, colon)), Long.parseLong(one.substring(colon + 1)));
        }
        return Optional.of(new Place(next));
    }

    /** Behind this record. */
    Place behind(int partition, long offset) {
        Map<Integer, Long> later = new TreeMap<>(next);
        later.put(partition, offset + 1);
        return new Place(later);
    }

    long of(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** Whether a record has been passed already. */
    boolean isPast(int partition, long offset) {
        return offset < of(partition);
    }

    @Override
    public String toString() {
        return next.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
