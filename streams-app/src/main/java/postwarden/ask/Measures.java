package postwarden.ask;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Peak;
import postwarden.tally.Tally;

/**
 * The one table of measures: what each is called in lists, series and baselines, as in alerts. {@link Count}, {@link Distinct}
 * and {@link Peak} say what each means and how it is merged: counts add up, of distinct things each is counted once (within
 * 2.4 % where there are many), and of peaks the highest holds.
 */
public final class Measures {
    private static final Map<String, ToDoubleFunction<Tally>> ALL = all();
    private static final Map<String, Count> COUNTS = counts();
    private static final Peak[] PEAKS = Peak.values();

    private Measures() {}

    /** All names, sorted. */
    public static SortedSet<String> names() {
        return new TreeSet<>(ALL.keySet());
    }

    /** Whether there is a measure of this name. */
    public static boolean has(String name) {
        return ALL.containsKey(name);
    }

    /** Whether it adds up over time, so that a count alone can be read. */
    public static boolean isCount(String name) {
        return COUNTS.containsKey(name);
    }

    /** The count of this name. @throws IllegalArgumentException when it is none */
    public static Count count(String name) {
        Count count = COUNTS.get(name);
        if (count == null) {
            throw new IllegalArgumentException("no count is called '" + name + "'");
        }
        return count;
    }

    /** One measure of a sum. @throws IllegalArgumentException when there is none of this name */
    public static double of(Tally tally, String name) {
        ToDoubleFunction<Tally> measure = ALL.get(name);
        if (measure == null) {
            throw new IllegalArgumentException("no measure is called '" + name + "'");
        }
        return measure.applyAsDouble(tally);
    }

    /** All measures of a sum that are not zero. */
    public static SortedMap<String, Double> of(Tally tally) {
        SortedMap<String, Double> measures = new TreeMap<>();
        tally.eachCount((count, value) -> put(measures, count.measure(), value));
        tally.eachDistinct((distinct, value) -> put(measures, distinct.measure(), value));
        for (Peak peak : PEAKS) {
            put(measures, peak.measure(), tally.peak(peak));
        }
        return measures;
    }

    private static void put(Map<String, Double> measures, String name, long value) {
        if (value != 0) {
            measures.put(name, (double) value);
        }
    }

    private static Map<String, ToDoubleFunction<Tally>> all() {
        Map<String, ToDoubleFunction<Tally>> all = new TreeMap<>();
        for (Count count : Count.values()) {
            all.put(count.measure(), tally -> tally.count(count));
        }
        for (Distinct distinct : Distinct.values()) {
            all.put(distinct.measure(), tally -> tally.distinct(distinct));
        }
        for (Peak peak : Peak.values()) {
            all.put(peak.measure(), tally -> tally.peak(peak));
        }
        return Collections.unmodifiableMap(all);
    }

    private static Map<String, Count> counts() {
        Map<String, Count> counts = new TreeMap<>();
        for (Count count : Count.values()) {
            counts.put(count.measure(), count);
        }
        return Collections.unmodifiableMap(counts);
    }
}
