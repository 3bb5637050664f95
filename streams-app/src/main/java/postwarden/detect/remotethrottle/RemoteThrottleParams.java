package postwarden.detect.remotethrottle;

import java.time.Duration;
import postwarden.detect.reading.Persistence;
import postwarden.detect.reading.Range;
import postwarden.tally.Prior;

/**
 * Settings of {@code remote-throttle}.
 *
 * @param window over which refusals are summed, 1 min to 1 h; default 5 min (detectors.md R1)
 * @param throttled connections in the window that the destination refused for now, 1 to 1,000,000; default 20: fewer are
 *     what retries are for
 * @param ratio of refused connections to deliveries tried, 0.01 to 1; default 0.2: below it the mail flows, if with bumps
 * @param unreachedRatio of connections that did not come about to deliveries tried, from which those count as well, 0.01 to 1;
 *     default 0.3: every large destination drops some, and retries reach another of its hosts
 * @param heldRatio of deliveries for which no connection was tried to all deliveries due, from which the messages behind them
 *     count as well, 0.1 to 1; default 0.5: most of the mail waits, and not only what is retried
 * @param usual refusals of an ordinary destination in a minute; default mean 0.1, size 0.1: one in ten minutes, in bursts
 * @param tail probability below which the window is out of the destination's ordinary, 0 to 0.1; default 1e-6
 * @param persistence default 3 of 5 minutes in which the destination puts us off: one that restarts or brakes for less than
 *     two minutes is done before anybody has read the alert, and the retry brings the mail home
 * @param slowSetUp mean set-up time of accepted deliveries from which a minute belongs to the trouble, 1 s to 5 min; default
 *     4 s: strain shows as slowness before the first refusal
 * @param immediateFactor times the floor at which persistence is not waited for, 1 to 1000; default 10
 * @param longAfter how long it must have gone on to be HIGH, 1 min to 55 min; default 30 min (detectors.md R1)
 * @param hold over how long an open finding is looked for while no more is accepted than put off, {@code window} to 1 h; default
 *     35 min: Exim's usual queue run comes every half hour, and silence between two of them is no recovery, nor is a line that loses
 *     two connections in three for letting the third through
 * @param closed from when all that it refuses counts, whatever its words
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5
 */
public record RemoteThrottleParams(
        Duration window,
        int throttled,
        double ratio,
        double unreachedRatio,
        double heldRatio,
        Prior usual,
        double tail,
        Persistence persistence,
        Duration slowSetUp,
        double immediateFactor,
        Duration longAfter,
        Duration hold,
        ClosedParams closed,
        double openFactor) {
    public RemoteThrottleParams {
        Range.check("window", window, Duration.ofMinutes(1), Duration.ofHours(1));
        Range.check("throttled", throttled, 1, 1_000_000);
        Range.check("ratio", ratio, 0.01, 1);
        Range.check("unreachedRatio", unreachedRatio, 0.01, 1);
        Range.check("heldRatio", heldRatio, 0.1, 1);
        Range.check("tail", tail, 0, 0.1);
        Range.check("slowSetUp", slowSetUp, Duration.ofSeconds(1), Duration.ofMinutes(5));
        Range.check("immediateFactor", immediateFactor, 1, 1000);
        Range.check("longAfter", longAfter, Duration.ofMinutes(1), Duration.ofMinutes(55));
        Range.check("hold", hold, window, Duration.ofHours(1));
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static RemoteThrottleParams defaults() {
        return new RemoteThrottleParams(
                Duration.ofMinutes(5),
                20,
                0.2,
                0.3,
                0.5,
                new Prior(0.1, 0.1),
                1e-6,
                Persistence.adjacent(Duration.ofMinutes(1), 3, 5),
                Duration.ofSeconds(4),
                10,
                Duration.ofMinutes(30),
                Duration.ofMinutes(35),
                ClosedParams.defaults(),
                0.5);
    }
}
