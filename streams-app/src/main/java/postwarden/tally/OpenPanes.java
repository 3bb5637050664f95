package postwarden.tally;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tallies that lines are being added to, until they are drained: what makes a line cheap, because a key that comes a
 * thousand times between two drains crosses the network once. Drained whole, so it never has to be restored. One thread.
 */
public final class OpenPanes {
    private final Map<Slot, Map<Watch, Map<String, Tally>>> slots = new HashMap<>();
    private final Map<String, Progress> progress = new LinkedHashMap<>();
    private final Ear ear = new Ear();
    private Slot lastSlot = new Slot("", "", Long.MIN_VALUE);
    private Map<Watch, Map<String, Tally>> lastTallies = new EnumMap<>(Watch.class);
    private int size;

    /** One host's pane. */
    private record Slot(String tenant, String host, long pane) {}

    /** Receives what is drained. */
    @FunctionalInterface
    public interface Drain {
        void tally(Key key, String host, long pane, Tally tally);
    }

    /** The tally of a key in a host's pane, empty when it is the first time. */
    public Tally open(String tenant, String host, long pane, Watch watch, String name) {
        if (pane != lastSlot.pane || !host.equals(lastSlot.host) || !tenant.equals(lastSlot.tenant)) {
            lastSlot = new Slot(tenant, host, pane);
            lastTallies = slots.computeIfAbsent(lastSlot, slot -> new EnumMap<>(Watch.class));
        }
        Map<String, Tally> byName = lastTallies.computeIfAbsent(watch, w -> new HashMap<>());
        Tally tally = byName.get(name);
        if (tally == null) {
            tally = new Tally();
            byName.put(name, tally);
            size++;
        }
        return tally;
    }

    /** Notes how far a host has come; only the last word before a drain is told. */
    public void progress(Progress told) {
        if (!told.word().isNone()) {
            ear.word(told);
        }
        progress.merge(told.tenant() + "/" + told.host(), told, OpenPanes::latest);
    }

    /** Hears who says nothing. */
    public Ear ear() {
        return ear;
    }

    public boolean isEmpty() {
        return size == 0 && progress.isEmpty();
    }

    /** How many tallies are open. */
    public int size() {
        return size;
    }

    /**
     * Gives all tallies to {@code drain} and forgets them.
     *
     * @return how far the hosts have come; to be told after the tallies
     */
    public List<Progress> drain(Drain drain) {
        slots.forEach((slot, watches) -> watches.forEach((watch, byName) -> byName.forEach(
                (name, tally) -> drain.tally(new Key(slot.tenant(), watch, name), slot.host(), slot.pane(), tally))));
        List<Progress> told = new ArrayList<>(progress.values());
        clear();
        return told;
    }

    /** Forgets everything, as after a restart: what was not drained was not committed either. */
    public void clear() {
        slots.clear();
        progress.clear();
        size = 0;
        lastSlot = new Slot("", "", Long.MIN_VALUE);
        lastTallies = new EnumMap<>(Watch.class);
    }

    private static Progress latest(Progress before, Progress now) {
        return new Progress(
                now.tenant(),
                now.host(),
                now.closedThrough(),
                now.ended(),
                now.roster().isEmpty() ? before.roster() : now.roster(),
                now.word().isNone() ? before.word() : now.word());
    }
}
