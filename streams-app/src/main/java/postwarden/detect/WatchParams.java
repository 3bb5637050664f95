package postwarden.detect;

import java.time.Duration;
import java.util.Optional;
import postwarden.detect.reading.Range;
import postwarden.tally.Pane;

/**
 * Settings of the watches.
 *
 * @param leaveBehind how far a host may be behind the fleet's front before the others stop waiting for it, 10 s to 1 d;
 *     default 60 s live; empty in a replay and in {@code scan}, where nobody is left behind
 * @param front share of the hosts that must be ahead to be the fleet's front, 0.01 to 0.5; default 0.1, and at least two of
 *     three hosts or more: one host whose clock is wrong must not leave all others behind
 * @param hold how long a finding must be below its threshold before it is over, 10 s to 1 d; default 5 min: attackers and
 *     retry timers pause for a minute or two, and an incident must not flap
 * @param repeat how often a finding that goes on is told again, 10 s to 1 h; default 1 min
 * @param crowd how many keys are remembered, and for how long
 * @param silence how long nothing may come from a host, neither lines nor heartbeats, while others go on, before it is told
 *     ({@code host-silent}), 10 s to 1 d, and three heartbeats or more; default 3 min: three heartbeats at the slowest that a
 *     producer can be told to send (1 min), eighteen at the default, so that a restart of an agent, or of its host's network, is none. Only live: in a replay and
 *     in {@code scan} nobody is left behind
 */
public record WatchParams(
        Optional<Duration> leaveBehind,
        double front,
        Duration hold,
        Duration repeat,
        CrowdParams crowd,
        Duration silence) {
    /** Nothing is decided more often than a pane closes. */
    private static final Duration PANE = Pane.LENGTH;

    private static final Duration SILENCE = Duration.ofMinutes(3);

    public static final WatchParams REPLAY =
            new WatchParams(Optional.empty(), 0.1, Duration.ofMinutes(5), Duration.ofMinutes(1), CrowdParams.STANDARD);
    public static final WatchParams LIVE = new WatchParams(
            Optional.of(Duration.ofSeconds(60)),
            0.1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            CrowdParams.STANDARD);

    /** With the silence that is usual. */
    public WatchParams(
            Optional<Duration> leaveBehind, double front, Duration hold, Duration repeat, CrowdParams crowd) {
        this(leaveBehind, front, hold, repeat, crowd, SILENCE);
    }

    public WatchParams {
        leaveBehind.ifPresent(time -> Range.check("watch.leave-behind", time, PANE, Duration.ofDays(1)));
        Range.check("watch.front", front, 0.01, 0.5);
        Range.check("watch.hold", hold, PANE, Duration.ofDays(1));
        Range.check("watch.repeat", repeat, PANE, Duration.ofHours(1));
        Range.check("watch.silence", silence, PANE, Duration.ofDays(1));
    }
}
