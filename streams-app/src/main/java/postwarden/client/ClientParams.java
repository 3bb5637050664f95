package postwarden.client;

import java.time.Duration;

/**
 * How long and how much is waited for.
 *
 * @param connect to get a connection, 100 ms to 60 s; default 5 s: a host that is there answers in one
 * @param answer to get the whole answer, 1 s to 10 min; default 30 s: a list over all instances waits for the slowest
 * @param mostBytes of an answer, 1 KiB to 1 GiB; default 64 MiB: a thousand incidents with their evidence are a tenth of it
 */
public record ClientParams(Duration connect, Duration answer, int mostBytes) {
    public static final ClientParams STANDARD =
            new ClientParams(Duration.ofSeconds(5), Duration.ofSeconds(30), 64 << 20);

    public ClientParams {
        check("connect", connect, Duration.ofMillis(100), Duration.ofMinutes(1));
        check("answer", answer, Duration.ofSeconds(1), Duration.ofMinutes(10));
        if (mostBytes < 1 << 10 || mostBytes > 1 << 30) {
            throw new IllegalArgumentException("mostBytes must be 1024 to " + (1 << 30) + ", not " + mostBytes);
        }
    }

    private static void check(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
