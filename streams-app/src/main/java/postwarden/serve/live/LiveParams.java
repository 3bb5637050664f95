package postwarden.serve.live;

import java.time.Duration;

/**
 * The stream of alerts.
 *
 * @param streams that are open at once, 1 to 1000; default 32: each has a thread
 * @param queue alerts that wait for one slow reader before its stream ends, 16 to 10,000; default 256
 * @param heartbeat after which a comment is sent where nothing else is, 1 s to 60 s; default 15 s: below the minute after which
 *     proxies close, and below limits.idle-timeout
 * @param resume alerts that one reader may have missed and is told, 0 to 1,000,000; default 10,000: a weekend of a large fleet
 */
public record LiveParams(int streams, int queue, Duration heartbeat, int resume) {
    public static final LiveParams STANDARD = new LiveParams(32, 256, Duration.ofSeconds(15), 10_000);

    public LiveParams {
        check("live.streams", streams, 1, 1000);
        check("live.queue", queue, 16, 10_000);
        check("live.heartbeat in ms", heartbeat.toMillis(), 1000, 60_000);
        check("live.resume", resume, 0, 1_000_000);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
