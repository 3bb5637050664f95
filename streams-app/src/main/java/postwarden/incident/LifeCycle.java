package postwarden.incident;

import java.time.Duration;
import postwarden.tally.Pane;

/** When an incident that goes on is worth another record; pure. */
final class LifeCycle {
    /** A number that has become this many times what was told is news. */
    private static final double DOUBLED = 2;

    private LifeCycle() {}

    /**
     * Whether what is known now is news to who read the last record: at once when severity or scope rises; when severity falls,
     * the likeliest cause changes, the size doubles or a child has joined, not before the last record has stood for
     * {@link DeskParams#updateEvery}.
     */
    static boolean isNews(Incident incident, long pane, DeskParams params) {
        Incident.Told before = incident.told();
        Incident.Told now = Incident.Told.of(incident, pane, params);
        if (now.severity().compareTo(before.severity()) > 0 || doubled(before.scope(), now.scope())) {
            return true;
        }
        return now.pane() - before.pane() >= Pane.count(params.updateEvery())
                && (now.severity() != before.severity()
                        || !now.cause().equals(before.cause())
                        || doubled(before.size(), now.size())
                        || now.children() != before.children());
    }

    /** Whether a finding of this pane is still about an incident that is over, or so soon behind it that it goes on. */
    static boolean continues(Incident over, long pane, DeskParams params) {
        long gap = panes(params.reopenWithin());
        return pane >= over.firstPane() - gap && pane <= over.ending().pane() + gap;
    }

    /** Whether nobody will ask for it any more. An open one is never forgotten. */
    static boolean isForgotten(Incident incident, long pane, DeskParams params) {
        long last = incident.phase() == Phase.OVER
                ? Math.max(incident.ending().pane(), incident.lastPane())
                : incident.lastPane();
        return incident.phase() != Phase.OPEN && pane - last > panes(params.rememberFor());
    }

    /** Panes in this time, 0 or more. */
    static long panes(Duration time) {
        return time.isZero() ? 0 : Pane.count(time);
    }

    private static boolean doubled(double before, double now) {
        return before > 0 && now >= DOUBLED * before;
    }
}
