package postwarden.producer.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import postwarden.producer.publish.Sample;

/** A mail queue summed up message by message: how many, how old, how large, by state and by destination. Bounded, for one thread. */
final class QueueTally {
    private static final Column OLDEST = Column.most("oldestAgeSeconds");

    /** States of Postfix (postqueue(1)), then of Exim; a state that is none of them is told as other. */
    private static final List<String> STATES =
            List.of("active", "incoming", "deferred", "hold", "maildrop", "queued", "frozen", "other");

    private static final List<Column> BY_STATE = joined(
            List.of(Column.sum("messages"), Column.sum("recipients"), Column.sum("sizeBytes"), OLDEST), Ages.columns());

    private static final List<Column> BY_DESTINATION = joined(
            joined(List.of(Column.sum("recipients"), OLDEST), Ages.columns()),
            STATES.stream().map(state -> Column.sum(state + "Recipients")).toList());

    private static final int STATE_AGES = 4;
    private static final int DESTINATION_AGES = 2;
    private static final int DESTINATION_STATES =
            DESTINATION_AGES + Ages.columns().size();

    private final long nowSeconds;
    private final Table states;
    private final Table destinations;
    private final long[] stateRow = new long[BY_STATE.size()];
    private final long[] destinationRow = new long[BY_DESTINATION.size()];
    private long messages;
    private long recipients;
    private long bytes;
    private long oldest;
    private long garbled;

    /** @param nowSeconds the host's clock, seconds since the epoch */
    QueueTally(long nowSeconds, int top) {
        this.nowSeconds = nowSeconds;
        this.states = new Table(BY_STATE, STATES.size());
        this.destinations = new Table(BY_DESTINATION, top);
    }

    /** @param arrived seconds since the epoch; what has yet to come counts as new */
    void message(String state, long arrived, long size) {
        long age = age(arrived);
        messages++;
        bytes += size;
        oldest = Math.max(oldest, age);
        Arrays.fill(stateRow, 0);
        stateRow[0] = 1;
        stateRow[2] = size;
        stateRow[3] = age;
        stateRow[STATE_AGES + Ages.place(age)] = 1;
        states.add(known(state), stateRow);
    }

    /** One of its recipients who has not got it yet. */
    void recipient(String state, long arrived, String address) {
        long age = age(arrived);
        String known = known(state);
        recipients++;
        Arrays.fill(stateRow, 0);
        stateRow[1] = 1;
        states.add(known, stateRow);
        Arrays.fill(destinationRow, 0);
        destinationRow[0] = 1;
        destinationRow[1] = age;
        destinationRow[DESTINATION_AGES + Ages.place(age)] = 1;
        destinationRow[DESTINATION_STATES + STATES.indexOf(known)] = 1;
        destinations.add(Domain.of(address), destinationRow);
    }

    /** A line that is no message. */
    void garbled() {
        garbled++;
    }

    boolean isEmpty() {
        return messages == 0;
    }

    boolean isGarbled() {
        return garbled > 0;
    }

    /** What it comes to; nothing may be added any more. */
    Reading reading() {
        Map<String, Double> values = new HashMap<>();
        values.put("messages", (double) messages);
        values.put("recipients", (double) recipients);
        values.put("sizeBytes", (double) bytes);
        values.put("oldestAgeSeconds", (double) oldest);
        if (garbled > 0) {
            values.put("garbledLines", (double) garbled);
        }
        Map<String, Sample.Group> groups = Map.of("state", states.group(), "destination", destinations.group());
        return new Reading("", garbled > 0 ? "lines of the listing are not understood" : "", 0, values, groups);
    }

    private long age(long arrived) {
        return Math.max(0, nowSeconds - arrived);
    }

    private static String known(String state) {
        return STATES.contains(state) ? state : "other";
    }

    private static List<Column> joined(List<Column> first, List<Column> second) {
        List<Column> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
