package postwarden.detect.retrystorm;

import java.time.Duration;
import postwarden.detect.View;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Pane;
import postwarden.tally.Peak;
import postwarden.tally.Tally;

/**
 * How retries and messages stand to each other in one window.
 *
 * @param window its length
 * @param deliveries attempts to deliver, those included that the daemon gave up without a connection
 * @param messages different messages, or first attempts where these are more, that they were for
 * @param amplification deliveries for each of them
 * @param lawful what the retry law lets amplification be at most
 * @param success accepted share of deliveries, 0 to 1
 * @param growing quarters of the window in which the backlog grew, 0 to 4
 */
record Storm(
        Duration window,
        long deliveries,
        long messages,
        double amplification,
        double lawful,
        double success,
        int growing) {
    private static final int PARTS = 4;

    static Storm in(View view, Duration window, RetryStormParams params) {
        Tally tally = view.window(window);
        long deliveries = tally.count(Count.DELIVERIES);
        long messages = Math.max(tally.distinct(Distinct.QUEUE_IDS), tally.count(Count.FIRST_ATTEMPTS));
        return new Storm(
                window,
                deliveries,
                messages,
                amplification(tally, deliveries, messages),
                params.lawful(window),
                tally.share(Count.SENT, Count.DELIVERIES),
                growing(view, window));
    }

    /** A message with many recipients here has many deliveries, but no more attempts than its most tried recipient. */
    private static double amplification(Tally tally, long deliveries, long messages) {
        double each = messages == 0 ? 0 : (double) deliveries / messages;
        long most = tally.peak(Peak.ATTEMPTS_PER_MESSAGE);
        return most > 0 ? Math.min(each, (double) most) : each;
    }

    /** A quarter grows the backlog when more messages came than left, or more were put off than in the one before. */
    private static int growing(View view, Duration window) {
        Duration part = window.dividedBy(PARTS);
        long panes = Pane.count(part);
        int growing = 0;
        for (int i = 0; i < PARTS; i++) {
            Tally now = view.window(part, i * panes);
            long left = now.sum(Count.SENT, Count.BOUNCED);
            boolean fuller = now.count(Count.FIRST_ATTEMPTS) > left;
            boolean worse = i < PARTS - 1
                    && now.count(Count.DEFERRED)
                            > view.window(part, (i + 1) * panes).count(Count.DEFERRED);
            if (now.count(Count.DEFERRED) > 0 && (fuller || worse)) {
                growing++;
            }
        }
        return growing;
    }

    /** Amplification over what the retry law explains; 1 is lawful. */
    double overLaw() {
        return amplification / lawful;
    }
}
