package postwarden.detect.reading;

import java.time.Duration;
import java.time.Instant;
import postwarden.detect.View;
import postwarden.tally.Distinct;
import postwarden.tally.Pane;
import postwarden.tally.Sketch;
import postwarden.tally.Tally;

/**
 * From how many places an account is logged in to.
 *
 * @param clients addresses that logged in within the window
 * @param networks sites that they are in: /24, /48
 * @param systems systems that they are in, see {@link postwarden.tally.Systems}; 0 where that was not counted
 * @param known addresses that logged in more than an hour ago
 * @param foreign addresses of the window that are not among those
 * @param fresh addresses of the window that had not logged in before it at all
 * @param newSystems systems of the window from which nobody had logged in before it at all
 */
public record Spread(long clients, long networks, long systems, long known, long foreign, long fresh, long newSystems) {

    /** What the window shows. */
    public static Spread in(View view, Duration window) {
        Tally now = view.window(window);
        Tally past = view.past();
        Sketch clients = now.sketch(Distinct.SUCCESS_CLIENTS);
        Sketch known = past.sketch(Distinct.SUCCESS_CLIENTS);
        Sketch systems = now.sketch(Distinct.SUCCESS_SYSTEMS);
        Instant begin = Pane.start(view.pane() - Pane.count(window) + 1);
        return new Spread(
                clients.count(),
                now.distinct(Distinct.SUCCESS_NETWORKS),
                systems.count(),
                known.count(),
                clients.countBeyond(known),
                clients.countBeyond(Known.before(view, Distinct.SUCCESS_CLIENTS, begin)),
                systems.countBeyond(Known.before(view, Distinct.SUCCESS_SYSTEMS, begin)));
    }
}
