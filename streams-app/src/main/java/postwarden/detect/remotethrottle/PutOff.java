package postwarden.detect.remotethrottle;

import java.time.Duration;
import postwarden.detect.View;
import postwarden.detect.reading.Say;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Pane;
import postwarden.tally.Tally;

/**
 * What was put off of the mail for a destination in one window.
 *
 * @param refused connections that the destination refused or that did not come about; where it is {@linkplain Closed closed} to us,
 *     with all that it refuses in other words
 * @param held messages for which no connection was tried any more, because the destination had failed just before: Postfix
 *     holds one for dead for {@code minimal_backoff_time} (300 s) after a single failed cohort, so that of a provider that is
 *     away for hours a handful of connections is seen, and the mail piles up behind them
 */
record PutOff(long refused, long held) {
    private static final Duration HOUR = Duration.ofHours(1);

    static PutOff of(View view, Tally window, RemoteThrottleParams params) {
        long throttled = window.count(Count.THROTTLED);
        long unreached = window.sum(Count.REMOTE_TIMEOUTS, Count.NETWORK_TROUBLE);
        boolean counts = unreached > 0
                && ratio(throttled + unreached, window) >= params.unreachedRatio()
                && wasReached(view, params);
        long turnedAway = turnedAway(view, window, params);
        return new PutOff(throttled + turnedAway + (counts ? unreached : 0), held(view, window, params));
    }

    private static long turnedAway(View view, Tally window, RemoteThrottleParams params) {
        long turnedAway = window.count(Count.TURNED_AWAY);
        boolean open = view.found(RemoteThrottleDetector.ID).isPresent();
        return turnedAway > 0 && Closed.is(view, open, params.closed()) ? turnedAway : 0;
    }

    /**
     * A domain that nobody ever reached is a wrong address, not a throttle; and the first message that gets through in the window itself
     * is the end of what was wrong.
     */
    private static boolean wasReached(View view, RemoteThrottleParams params) {
        Duration rest = HOUR.minus(params.window());
        long lately = rest.isZero()
                ? 0
                : view.window(rest, Pane.count(params.window())).count(Count.SENT);
        return lately + view.past().count(Count.SENT) > 0;
    }

    /**
     * Messages, not attempts: a few that are retried all day are what queues are for. Whose fault it is, the connections of the
     * last hour say: names that do not resolve and greylisting hold mail back too.
     */
    private static long held(View view, Tally window, RemoteThrottleParams params) {
        long notTried = window.count(Count.NOT_TRIED);
        if (notTried == 0 || notTried < params.heldRatio() * window.count(Count.DELIVERIES)) {
            return 0;
        }
        Tally hour = view.window(HOUR);
        boolean theirs = hour.sum(Count.THROTTLED, Count.REMOTE_TIMEOUTS, Count.NETWORK_TROUBLE)
                > hour.sum(Count.DNS_TROUBLE, Count.TLS_TROUBLE, Count.GREYLISTED);
        return theirs && wasReached(view, params) ? Math.min(notTried, window.distinct(Distinct.DEFERRED_IDS)) : 0;
    }

    long all() {
        return refused + held;
    }

    boolean isMostlyHeld() {
        return held > refused;
    }

    /** Of the connections that were tried, and of the messages for which none was. */
    double ratio(Tally window) {
        return ratio(all(), window, held);
    }

    private static double ratio(long putOff, Tally window) {
        return ratio(putOff, window, 0);
    }

    /** A first MX that refuses is one more connection of the same delivery. */
    private static double ratio(long putOff, Tally window, long held) {
        long due = Math.max(putOff, window.sum(Count.ATTEMPTS, Count.TROUBLE) + held);
        return due == 0 ? 0 : (double) putOff / due;
    }

    /** What the title counts. */
    String told() {
        if (held == 0) {
            return Say.count(refused, "connection");
        }
        String waiting = Say.count(held, "message") + " held back";
        return refused == 0 ? waiting : Say.count(refused, "connection") + " and " + waiting;
    }

    String explained() {
        return held == 0
                ? ""
                : " For " + Say.count(held, "message")
                        + " no connection was tried: the daemon holds the destination for dead and asks again in minutes.";
    }
}
