package postwarden.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import postwarden.correlate.Memory;
import postwarden.detect.Report;

/**
 * Holds reports back until every part of the watches has told everything up to their pane, so that the desk sees them in the
 * order of event time whichever part was faster.
 */
public final class Waiting {
    private final Memory<String, Settled> parts;
    private final Memory<String, List<Report>> reports;
    private final Map<String, TreeMap<Long, List<Report>>> byPane = new TreeMap<>();

    /** The reports of one pane. */
    public record Due(long pane, List<Report> reports) {}

    public Waiting(Memory<String, Settled> parts, Memory<String, List<Report>> reports) {
        this.parts = parts;
        this.reports = reports;
        reports.forEach((name, kept) -> kept.forEach(report -> hold(report)));
    }

    /** Holds a report. */
    public void add(Report report) {
        reports.put(name(report.key().tenant(), report.pane()), List.copyOf(hold(report)));
    }

    /** Takes in how far a part has come. */
    public void settled(Settled told) {
        parts.put(told.tenant() + "/" + told.part(), told);
    }

    /** What no part can add to any more, in the order of panes. */
    public List<Due> due(String tenant) {
        List<Due> due = new ArrayList<>();
        TreeMap<Long, List<Report>> held = byPane.getOrDefault(tenant, new TreeMap<>());
        Optional<Long> through = through(tenant);
        while (through.isPresent() && !held.isEmpty() && held.firstKey() <= through.get()) {
            Map.Entry<Long, List<Report>> first = held.pollFirstEntry();
            reports.remove(name(tenant, first.getKey()));
            due.add(new Due(first.getKey(), first.getValue()));
        }
        return due;
    }

    /** Whether all parts have said that nothing more will come, and nothing is held back. */
    public boolean hasEnded(String tenant) {
        return byPane.getOrDefault(tenant, new TreeMap<>()).isEmpty()
                && through(tenant).map(pane -> pane == Long.MAX_VALUE).orElse(false);
    }

    /** The last pane that all parts have told; empty while a part has said nothing. */
    private Optional<Long> through(String tenant) {
        long through = Long.MAX_VALUE;
        int count = Integer.MAX_VALUE;
        for (int part = 0; part < count; part++) {
            Optional<Settled> told = parts.get(tenant + "/" + part);
            if (told.isEmpty()) {
                return Optional.empty();
            }
            count = told.get().parts();
            through = Math.min(
                    through, told.get().ended() ? Long.MAX_VALUE : told.get().through());
        }
        return Optional.of(through);
    }

    private List<Report> hold(Report report) {
        List<Report> held = byPane.computeIfAbsent(report.key().tenant(), t -> new TreeMap<>())
                .computeIfAbsent(report.pane(), p -> new ArrayList<>());
        held.add(report);
        return held;
    }

    private static String name(String tenant, long pane) {
        return tenant + "/" + pane;
    }
}
