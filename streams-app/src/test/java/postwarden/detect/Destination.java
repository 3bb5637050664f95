package postwarden.detect;

import java.time.Duration;
import java.util.function.Consumer;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Peak;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** Stories about one destination, and what happens to deliveries there in a pane. */
final class Destination {
    static final String NAME = "provider.example";

    /** The only host that delivers. */
    static final String HOST = "out1";

    private Destination() {}

    /** The same events in every pane from the start to before {@code to}. */
    static Scenario during(Duration to, Consumer<Tally> events) {
        return Scenario.of(Watch.DESTINATION, NAME).during(Duration.ZERO, to, HOST, events);
    }

    /** So many attempts that all are put off for this reason. */
    static Tally refused(Tally pane, int n, Count why) {
        pane.add(Count.THROTTLED, n)
                .add(Count.ATTEMPTS, n)
                .add(Count.DELIVERIES, n)
                .add(Count.DEFERRED, n);
        return why == Count.THROTTLED ? pane : pane.add(why, n);
    }

    /** Mail that is taken at its first attempt. */
    static Tally flows(Tally pane) {
        return pane.add(Count.DELIVERIES, 5)
                .add(Count.ATTEMPTS, 5)
                .add(Count.FIRST_ATTEMPTS, 5)
                .add(Count.SENT, 5);
    }

    /** Every message is put off once and taken at its retry. */
    static Tally greylists(Tally pane) {
        return pane.add(Count.DELIVERIES, 12)
                .add(Count.ATTEMPTS, 12)
                .add(Count.FIRST_ATTEMPTS, 6)
                .add(Count.DEFERRED, 6)
                .add(Count.SENT, 6)
                .add(Count.RETRIED_SENT, 6)
                .raise(Peak.ATTEMPTS_PER_MESSAGE, 2);
    }

    /** Different messages, by their numbers. */
    static void ids(Tally pane, int from, int n) {
        for (int i = from; i < from + n; i++) {
            pane.note(Distinct.QUEUE_IDS, "q" + i);
        }
    }
}
