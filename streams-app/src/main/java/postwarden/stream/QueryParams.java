package postwarden.stream;

import java.time.Duration;

/**
 * Settings of questions.
 *
 * @param scan how long one list may take, 100 ms to 60 s; default 5 s: a million keys on an idle core take about that, and who
 *     asks for a list in a browser has gone by then
 * @param retryAfter what who asks too early is told to wait, 1 s to 60 s; default 2 s: most moves of a part take about that
 * @param copyAge how old what is known of a copied journal may be before it is read again, 0 s to 60 s; default 1 s: reading
 *     one takes some 10 ms
 * @param attempts how often an answer is put together again because a commit came in between, 1 to 100; default 10: commits are
 *     200 ms apart, and an answer takes a few
 * @param samples lines that show what is counted for a key, 0 to 100; default 10, as many as in an alert
 * @param points of a key's series, the youngest, 1 to 10000; default 400: twenty minutes of panes and an hour of minutes are 180,
 *     and more wait for a host that is behind
 */
public record QueryParams(Duration scan, Duration retryAfter, Duration copyAge, int attempts, int samples, int points) {
    public static final QueryParams STANDARD =
            new QueryParams(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(1), 10, 10, 400);

    public QueryParams {
        check("stream.query.scan", scan, Duration.ofMillis(100), Duration.ofSeconds(60));
        check("stream.query.retry-after", retryAfter, Duration.ofSeconds(1), Duration.ofSeconds(60));
        check("stream.query.copy-age", copyAge, Duration.ZERO, Duration.ofSeconds(60));
        check("stream.query.attempts", attempts, 1, 100);
        check("stream.query.samples", samples, 0, 100);
        check("stream.query.points", points, 1, 10_000);
    }

    private static void check(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
