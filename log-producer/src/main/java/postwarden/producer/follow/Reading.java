package postwarden.producer.follow;

import java.time.Clock;
import java.time.Instant;
import postwarden.producer.publish.Outgoing;
import postwarden.producer.publish.Outlet;
import postwarden.producer.redact.Redaction;

/**
 * What all inputs of one session share.
 *
 * @param reporter the agent's own name
 * @param run this session's number, see {@link Outgoing#run}
 * @param outlet where records go
 * @param room whether there is room on their way
 * @param roster the hosts of this session
 * @param clock what time it is
 * @param redaction what stands for secrets
 * @param metrics counters
 * @param descriptors those that logs may take
 */
record Reading(
        String reporter,
        int run,
        Outlet outlet,
        Room room,
        Roster roster,
        Clock clock,
        Redaction redaction,
        FollowMetrics metrics,
        Descriptors descriptors) {
    /** Microseconds since the epoch. */
    static long micros(Clock clock) {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }
}
