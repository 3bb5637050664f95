package postwarden.detect.reading;

import java.time.Duration;
import java.time.Instant;
import postwarden.detect.View;
import postwarden.tally.Distinct;
import postwarden.tally.Pane;
import postwarden.tally.Sketch;

/** What had been seen of a key before a moment. */
public final class Known {
    private static final long HOUR_PANES = Pane.count(Duration.ofHours(1));

    private Known() {}

    /** The values seen before {@code moment}, as far back as the key's history goes; the pane of the moment not included. */
    public static Sketch before(View view, Distinct distinct, Instant moment) {
        Sketch known = new Sketch();
        known.merge(view.past().sketch(distinct));
        long panesAgo = Math.max(0, view.pane() - Pane.of(moment) + 1);
        if (panesAgo < HOUR_PANES) {
            Duration rest = Pane.LENGTH.multipliedBy(HOUR_PANES - panesAgo);
            known.merge(view.window(rest, panesAgo).sketch(distinct));
        }
        return known;
    }
}
