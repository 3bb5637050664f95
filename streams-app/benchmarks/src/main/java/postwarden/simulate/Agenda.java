package postwarden.simulate;

import java.util.Arrays;

/**
 * What is to happen, first things first: a heap on arrays, because every line of a fleet goes through it. What is due at the
 * same moment happens in the order in which it was entered. Times are microseconds since 1970.
 */
final class Agenda {
    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private long[] times = new long[1024];
    private long[] orders = new long[1024];
    private Object[] entries = new Object[1024];
    private int size;
    private long entered;

    /** Somebody who does something when it is time, and may then enter himself again. */
    @FunctionalInterface
    interface Actor {
        void act(long now);
    }

    /** A line that was decided on and is to be written. */
    record Written(Station station, String program, int pid, String message) {}

    void at(long time, Actor actor) {
        add(time, actor);
    }

    void at(long time, Written line) {
        add(time, line);
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** When the next thing happens. */
    long time() {
        return times[0];
    }

    /** Takes the next thing: an {@link Actor} or a {@link Written} line. */
    Object take() {
        Object taken = entries[0];
        size--;
        long time = times[size];
        long order = orders[size];
        Object last = entries[size];
        entries[size] = null;
        if (size > 0) {
            down(time, order, last);
        }
        return taken;
    }

    private void add(long time, Object entry) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            orders = Arrays.copyOf(orders, 2 * size);
            entries = Arrays.copyOf(entries, 2 * size);
        }
        long order = entered++;
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!isBefore(time, order, parent)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        put(at, time, order, entry);
    }

    private void down(long time, long order, Object entry) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBefore(times[child + 1], orders[child + 1], child)) {
                child++;
            }
            if (isBefore(time, order, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, time, order, entry);
    }

    private boolean isBefore(long time, long order, int other) {
        return time < times[other] || (time == times[other] && order < orders[other]);
    }

    private void move(int from, int to) {
        times[to] = times[from];
        orders[to] = orders[from];
        entries[to] = entries[from];
    }

    private void put(int at, long time, long order, Object entry) {
        times[at] = time;
        orders[at] = order;
        entries[at] = entry;
    }
}
