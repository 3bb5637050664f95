package postwarden.tally;

import java.time.Instant;

/**
 * What is known of a host since its producer's last heartbeat; {@link Instant#MIN} stands for a time that is not known.
 *
 * @param reporter who reads for it; empty before it was told
 * @param heard when Kafka took the producer's last word about the host
 * @param read the producer's own time at its last heartbeat
 * @param caughtUp whether it had read everything then, so that a line behind it was written behind it
 * @param newest the host's newest time then
 * @param late the newest stamp since that was late
 * @param off the producer's time at the last heartbeat at which stamps were off
 */
public record Pulse(
        String reporter, Instant heard, Instant read, boolean caughtUp, Instant newest, Instant late, Instant off) {
    public static final Pulse NONE =
            new Pulse("", Instant.MIN, Instant.MIN, false, Instant.MIN, Instant.MIN, Instant.MIN);

    Pulse heard(String from, Instant at) {
        return new Pulse(from, at, read, caughtUp, newest, late, off);
    }

    Pulse late(Instant stamp) {
        return stamp.isAfter(late) ? new Pulse(reporter, heard, read, caughtUp, newest, stamp, off) : this;
    }
}
