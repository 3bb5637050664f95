package postwarden.tally;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names that come most often, in bounded room: counted exactly up to {@value #EXACT} names, beyond that by a
 * {@link LeaderTable}. Merging is associative and commutative to the bit, so a verdict may rest on it whatever the order in
 * which lines came: what is kept is a function of what was added.
 *
 * <p>With N events of more than {@value #EXACT} names: no name came more often than its {@link Leader#atMost}, ever. A name
 * came as often as its {@link Leader#atLeast} unless it shares its cells with other frequent ones in all three rows, which of
 * m such names happens to one in (64 / m)³; to be among {@link #top} it must also have been drawn before them. What is missed:
 * {@code atLeast} lies three standard deviations of a cell below the truth, about (three square roots of N / 64 where the
 * other names come once), and a name that has a share p of the events is not named with probability (1 / (1 + 64 p))³
 * (p = 5 %: 1 in 74).
 */
public final class Leaders {
    /** Names that are counted exactly: a host with six deliveries a second stays below it in each pane. */
    static final int EXACT = 64;

    /** What a name with its id, lot and count takes, about; asked for with every change, so nothing is added up. */
    private static final int NAME_BYTES = 48;

    /** The same for a cell, of which some have the same name. */
    private static final int CELL_BYTES = 32;

    private static final Hasher64 HASHER = Hashing.wyhashFinal4();
    private static final LeaderTable[] ABSENT = {};
    /** What is told first: who surely came most often; total, so that it is the same every time. */
    private static final Comparator<Leader> ORDER = Comparator.comparingLong(Leader::atLeast)
            .thenComparingLong(Leader::atMost)
            .reversed()
            .thenComparing(Leader::name);

    /** By id; empty once there is a table. */
    private final Map<Long, Counted> exact = new HashMap<>();

    private LeaderTable[] table = ABSENT;
    private long total;

    /** One name that is counted exactly. */
    record Counted(Drawn drawn, long count, long details) {
        Counted and(Counted other) {
            return new Counted(drawn.lower(other.drawn), count + other.count, details | other.details);
        }
    }

    /**
     * Counts a name once.
     *
     * @param id what it stands for: equal ids are the same
     * @param name how it is shown
     * @param event a number of the event, for its lot
     * @param detail what is different or the same among the events of the name; empty for nothing
     */
    void add(String id, String name, long event, String detail) {
        long hash = HASHER.hashCharsToLong(id);
        long classes = detail.isEmpty() ? 0 : 1L << (HASHER.hashCharsToLong(detail) >>> 58);
        add(hash, new Counted(new Drawn(mixed(hash ^ mixed(event)), hash, name), 1, classes));
    }

    void add(long id, Counted one) {
        total += one.count;
        if (table.length > 0) {
            table[0].add(one.drawn, one.count, one.details);
            return;
        }
        exact.merge(id, one, Counted::and);
        if (exact.size() > EXACT) {
            spill();
        }
    }

    /** Takes in the other, which stays as it is. */
    void merge(Leaders other) {
        if (other.table.length == 0) {
            other.exact.forEach(this::add);
            return;
        }
        if (table.length == 0) {
            spill();
        }
        total += other.total;
        table[0].merge(other.table[0]);
    }

    /** How often names came, all together. */
    public long total() {
        return total;
    }

    /** No name came more often than this; more of anything never makes it less. */
    public long most() {
        if (table.length > 0) {
            return table[0].most();
        }
        long most = 0;
        for (Counted one : exact.values()) {
            most = Math.max(most, one.count);
        }
        return most;
    }

    /** The names that surely came most often, at most {@code most} of them. */
    public List<Leader> top(int most) {
        List<Leader> all = new ArrayList<>();
        if (table.length > 0) {
            List<LeaderTable.Noise> noise = table[0].noise();
            table[0].names().forEach(one -> all.add(table[0].bounds(one.id(), one.name(), noise)));
        } else {
            exact.values().forEach(one -> all.add(leader(one)));
        }
        all.sort(ORDER);
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    /** The most frequent, and behind them those of the others that have one of these names. */
    public List<Leader> topAnd(int most, Set<String> names) {
        List<Leader> top = new ArrayList<>(top(most));
        Set<String> others = new TreeSet<>(names);
        top.forEach(leader -> others.remove(leader.name()));
        others.forEach(name -> top.add(of(name)));
        return top;
    }

    /** How often the one with this id came. */
    public Leader of(String id) {
        long hash = HASHER.hashCharsToLong(id);
        if (table.length > 0) {
            return table[0].bounds(hash, id, table[0].noise());
        }
        Counted one = exact.get(hash);
        return one == null ? new Leader(id, 0, 0, 0) : leader(one);
    }

    /** Whether every name is counted exactly. */
    public boolean isExact() {
        return table.length == 0;
    }

    /** Bytes that it takes when it is stored, about. */
    int weight() {
        return table.length > 0 ? LeaderTable.CELLS * CELL_BYTES : exact.size() * NAME_BYTES;
    }

    /** The names in order of their ids. */
    SortedMap<Long, Counted> counted() {
        return new TreeMap<>(exact);
    }

    /** @throws IndexOutOfBoundsException when the names are counted exactly */
    LeaderTable table() {
        return table[0];
    }

    static Leaders ofTable(LeaderTable table, long total) {
        Leaders leaders = new Leaders();
        leaders.table = new LeaderTable[] {table};
        leaders.total = total;
        return leaders;
    }

    private static Leader leader(Counted one) {
        return new Leader(
                one.drawn.name(), one.count, one.count, one.details == 0 ? 0 : LeaderTable.kinds(one.details));
    }

    private void spill() {
        LeaderTable fresh = new LeaderTable();
        exact.values().forEach(one -> fresh.add(one.drawn, one.count, one.details));
        exact.clear();
        table = new LeaderTable[] {fresh};
    }

    /** As good as random (the finaliser of MurmurHash3, Appleby 2011). */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
