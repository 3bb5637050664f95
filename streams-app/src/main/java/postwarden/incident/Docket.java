package postwarden.incident;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the reports of one pane have asked for, by slot; filled and emptied while the desk sits.
 *
 * @param contenders that want to open
 * @param newcomers of these, those that did not wait before
 * @param going that go on
 * @param returned of these, those that were over
 * @param unremembered contenders that the memory has no room for: how many, by detector
 */
record Docket(
        Set<String> contenders,
        Set<String> newcomers,
        SortedSet<String> going,
        Set<String> returned,
        SortedMap<String, Long> unremembered) {
    Docket() {
        this(new LinkedHashSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
    }

    /** Takes a slot off every list. */
    void drop(String slot) {
        contenders.remove(slot);
        newcomers.remove(slot);
        going.remove(slot);
        returned.remove(slot);
    }
}
