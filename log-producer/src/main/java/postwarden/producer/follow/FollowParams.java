package postwarden.producer.follow;

import java.time.Duration;

/**
 * How files are followed.
 *
 * @param poll pause between two reads when there is nothing new, 1 ms to 10 s; default 250 ms: a line waits half of that on average
 * @param scan pause between two looks at paths, 1 ms to 1 min; default 1 s: how late a rotation is noticed
 * @param sweep how long it takes at most until every path was looked at and every file was asked for new bytes, whatever the kernel told
 *     meanwhile, 1 s to 10 min; default 1 min: ten thousand files then cost some 0.2 % of a core; only what the kernel cannot tell of and
 *     what it forgot to tell waits so long
 * @param linger how long a rotated or deleted file is kept open behind its last byte, 0 s to 5 min; default 5 s: daemons write to the
 *     old file until they are told to reopen, logrotate does that at once; an open deleted file also holds disk space
 * @param heartbeat pause between two heartbeats of a host, 10 ms to 1 min; default 10 s: the length of a pane; all agents beat half a
 *     pause past each multiple of it
 * @param chunk how much is read at once, 4096 to 16777216 bytes; default 262144: beyond it reading gets no faster
 * @param hosts how many hosts headers may name in a session, 1 to 2000; default 1000: every HELLO names all of them, and one record
 *     takes some 2000 names; lines of more hosts are sent, but as lines whose header is not understood
 * @param open how many logs are open at once, 0 to 1000000; default 0: as many as the process may open (RLIMIT_NOFILE) but 128, which
 *     connections, checkpoints and folders need, and at least a quarter; of more logs, those that are quiet longest are closed meanwhile
 * @param links whether a path that is a symbolic link is followed; default no: whoever may write into a folder of logs could else have
 *     the agent read any file that it may read; folders on the way to a log may be links in any case
 * @param once whether to end when everything that is there has been read
 */
public record FollowParams(
        Duration poll,
        Duration scan,
        Duration sweep,
        Duration linger,
        Duration heartbeat,
        int chunk,
        int hosts,
        int open,
        boolean links,
        boolean once) {
    private static final int MOST_OPEN = 1_000_000;

    public FollowParams {
        range("poll", poll, 1, Duration.ofSeconds(10));
        range("scan", scan, 1, Duration.ofMinutes(1));
        range("sweep", sweep, 1000, Duration.ofMinutes(10));
        range("linger", linger, 0, Duration.ofMinutes(5));
        range("heartbeat", heartbeat, 10, Duration.ofMinutes(1));
        if (chunk < 4096 || chunk > 16 << 20) {
            throw new IllegalArgumentException("chunk is " + chunk + ", not 4096 to 16777216 bytes");
        }
        if (hosts < 1 || hosts > 2000) {
            throw new IllegalArgumentException("hosts is " + hosts + ", not 1 to 2000");
        }
        if (open < 0 || open > MOST_OPEN) {
            throw new IllegalArgumentException("open is " + open + ", not 0 to " + MOST_OPEN);
        }
    }

    /** The defaults. */
    public static FollowParams defaults(boolean once) {
        return new FollowParams(
                Duration.ofMillis(250),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                262_144,
                1000,
                0,
                false,
                once);
    }

    private static void range(String name, Duration value, long leastMillis, Duration most) {
        if (value.toMillis() < leastMillis || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + value + ", not " + leastMillis + " ms to " + most);
        }
    }
}
