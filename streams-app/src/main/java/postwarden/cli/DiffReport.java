package postwarden.cli;

import java.util.SortedSet;
import java.util.TreeSet;
import postwarden.diff.Comparison;
import postwarden.diff.Rates;

/**
 * What a comparison prints.
 *
 * @param before what the former side is called
 * @param now what the later side is called
 * @param span from when to when the lines were written
 * @param hosts how many of them speak
 */
record DiffReport(
        String before, String now, String span, int hosts, Comparison comparison, Rates beforeRates, Rates nowRates) {
    /** The kinds of incidents that either side tells. */
    SortedSet<Rates.Kind> kinds() {
        SortedSet<Rates.Kind> kinds = new TreeSet<>(beforeRates.counts().keySet());
        kinds.addAll(nowRates.counts().keySet());
        return kinds;
    }
}
