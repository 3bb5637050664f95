package postwarden.detect.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import postwarden.detect.View;
import postwarden.tally.Distinct;
import postwarden.tally.Pane;
import postwarden.tally.Sketch;

/** What had been seen of a key before a moment. */
public final class Known {
    private static final long HOUR_PANES = Pane.count(Duration.ofHours(1));

    /** Times the values that the known ones may be: beyond it a sketch of 2.4 % cannot tell who is among them. */
    private static final int LEGIBLE = 20;

    private Known() {}

    /**
     * Share of the values that had been seen before {@code moment}, in the key's whole history; where that holds too many to
     * tell, in the last hour. Empty where not even that can be told, and where there are no values.
     */
    public static OptionalDouble share(Sketch values, View view, Distinct distinct, Instant moment) {
        long all = values.count();
        Sketch known = before(view, distinct, moment);
        if (known.count() > LEGIBLE * all) {
            known = withinHour(view, distinct, moment);
        }
        return all == 0 || known.count() > LEGIBLE * all
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, 1 - (double) values.countBeyond(known) / all));
    }

    /** The values seen before {@code moment}, as far back as the key's history goes; the pane of the moment not included. */
    public static Sketch before(View view, Distinct distinct, Instant moment) {
        Sketch known = new Sketch();
        known.merge(view.past().sketch(distinct));
        known.merge(withinHour(view, distinct, moment));
        return known;
    }

    private static Sketch withinHour(View view, Distinct distinct, Instant moment) {
        long panesAgo = Math.max(0, view.pane() - Pane.of(moment) + 1);
        if (panesAgo >= HOUR_PANES) {
            return new Sketch();
        }
        Duration rest = Pane.LENGTH.multipliedBy(HOUR_PANES - panesAgo);
        return view.window(rest, panesAgo).sketch(distinct);
    }
}
