package postwarden.serve;

import java.time.Duration;
import postwarden.policy.Allowance;

/**
 * What one caller, and all together, may take: enough for a room of engineers and two consoles, little enough that the stream
 * threads keep their core.
 *
 * @param headerKib KiB of a request's line and headers, 4 to 64; default 16: a token of 8 KiB and a name of 4 KiB fit
 * @param bodyKib KiB of a request's body, 1 to 1024; default 16: the largest feedback has 2 KiB, a peer's question 5 KiB
 * @param keyBytes bytes of a name in a path, 64 to 4096; default 1024: an address has at most 320
 * @param requestTimeout in which a request must have arrived, and a connection that is kept open be used again, 1 s to 60 s;
 *     default 10 s
 * @param idleTimeout without a byte in either direction, 5 s to 5 min; default 30 s
 * @param connections open at once, 16 to 10,000; default 512
 * @param requests worked on at once, 1 to 256; default 32: reads wait for the disk, not for a core
 * @param scans lists made at once, 1 to 64; default 4: each reads every key of a watch
 * @param peerRequests peers' questions worked on at once, 1 to 256; default 32, of their own, so that callers cannot keep
 *     instances from answering each other
 * @param requestsPerSecond of one caller, 1 to 100,000; default 1000: twice what the look-ups are measured at
 * @param failuresPerMinute logins that fail from one address, 1 to 10,000; default 60
 * @param timeRange of a question for incidents, 1 d to 3660 d; default 400 d: a year and what was before it
 * @param feedbackKeep for which the policy topic keeps what operators say of an incident, 1 d to 366 d; default 366 d: a yearly
 *     evaluation finds the verdicts of the year; the alerts that tell them stay as long as their own topic keeps them
 */
public record LimitParams(
        int headerKib,
        int bodyKib,
        int keyBytes,
        Duration requestTimeout,
        Duration idleTimeout,
        int connections,
        int requests,
        int scans,
        int peerRequests,
        int requestsPerSecond,
        int failuresPerMinute,
        Duration timeRange,
        Duration feedbackKeep) {
    public static final LimitParams STANDARD = new LimitParams(
            16,
            16,
            1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            512,
            32,
            4,
            32,
            1000,
            60,
            Duration.ofDays(400),
            Allowance.LONGEST);

    public LimitParams {
        check("limits.header-kib", headerKib, 4, 64);
        check("limits.body-kib", bodyKib, 1, 1024);
        check("limits.key-bytes", keyBytes, 64, 4096);
        check("limits.request-timeout in ms", requestTimeout.toMillis(), 1000, 60_000);
        check("limits.idle-timeout in ms", idleTimeout.toMillis(), 5000, 300_000);
        check("limits.connections", connections, 16, 10_000);
        check("limits.requests", requests, 1, 256);
        check("limits.scans", scans, 1, 64);
        check("limits.peer-requests", peerRequests, 1, 256);
        check("limits.requests-per-second", requestsPerSecond, 1, 100_000);
        check("limits.failures-per-minute", failuresPerMinute, 1, 10_000);
        check("limits.time-range in days", timeRange.toDays(), 1, 3660);
        check(
                "limits.feedback-keep in ms",
                feedbackKeep.toMillis(),
                Duration.ofDays(1).toMillis(),
                Allowance.LONGEST.toMillis());
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
