package postwarden.incident;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Watch;

/** The one incident that counts those which did not open because too many wanted to: what is said of it. */
final class Storm {
    static final String DETECTOR = "alert-storm";
    /** Incidents that wanted to open in this pane, old and new. */
    static final String WANTED = "incidentsWanted";
    /** Incidents that wait now. */
    static final String HELD_BACK = "incidentsHeldBack";
    /** Incidents that had to wait since the storm began. */
    static final String HELD_BACK_IN_ALL = "incidentsHeldBackInAll";

    private static final Subject NOBODY = new Subject("", "", "", "", "", "", "");
    private static final Advice ADVICE = new Advice(
            "Look at the strongest first: they are open",
            List.of(
                    "See what the incidents that did open have in common: one server, one network, one destination.",
                    "Those held back open by themselves, the strongest first, as far as they last."),
            "This incident resolves when none is held back any more.",
            "",
            List.of(
                    "Do not raise the limit in the middle of a storm: the readers of the topic bear no more than before."));

    private Storm() {}

    static Key key(String tenant) {
        return new Key(tenant, Watch.SERVER, "");
    }

    static String slot(String tenant) {
        return Slot.of(DETECTOR, key(tenant), "");
    }

    /**
     * The storm in one pane.
     *
     * @param held incidents that wait, by detector; exact
     * @param inAll that had to wait since the storm began
     */
    static Finding finding(
            String tenant,
            long pane,
            int limit,
            long wanted,
            SortedMap<String, Long> held,
            long inAll,
            Severity strongest) {
        long waiting = held.values().stream().mapToLong(Long::longValue).sum();
        String counts = held.toString();
        return new Finding(
                DETECTOR,
                1,
                key(tenant),
                "",
                pane,
                NOBODY,
                Pane.start(pane),
                strongest.compareTo(Severity.HIGH) >= 0
                        ? Severity.HIGH.because("of those that wait, one at least is " + strongest)
                        : Severity.INFO.because("none of those that wait is more than " + strongest),
                1,
                List.of(new Cause(
                        "TOO_MANY_INCIDENTS", 1, wanted + " incidents wanted to open in one pane; " + limit + " may.")),
                waiting + " incidents are held back: too many opened at once",
                "The strongest " + limit + " of a pane open; the rest waits and is counted here, by detector: "
                        + counts.substring(1, counts.length() - 1).replace("=", " ") + ".",
                measures(wanted, waiting, inAll),
                new TreeMap<>(Map.of(WANTED, (double) limit)),
                Map.of(),
                List.of(),
                List.of(ADVICE),
                "",
                false,
                List.of());
    }

    private static SortedMap<String, Double> measures(long wanted, long waiting, long inAll) {
        SortedMap<String, Double> measures = new TreeMap<>();
        measures.put(WANTED, (double) wanted);
        measures.put(HELD_BACK, (double) waiting);
        measures.put(HELD_BACK_IN_ALL, (double) inAll);
        return measures;
    }
}
