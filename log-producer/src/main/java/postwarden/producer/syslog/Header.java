package postwarden.producer.syslog;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What stands in front of a log message.
 *
 * @param host the host in the header, or the context's host where the form has none
 * @param program the program as the header names it, such as {@code postfix/smtpd}; empty when the header names none
 * @param pidOrMinusOne the process id, or {@link #NO_PID}
 * @param timeMicros microseconds since 1970-01-01T00:00:00Z; 0 when the quality is {@link TimeQuality#NONE}
 * @param quality how sure the time is
 * @param messageStart index of the message's first byte, counted from the line's first byte; 0 when the header was not understood
 * @param reason why the header was not understood; empty when it was
 */
public record Header(
        String host,
        String program,
        int pidOrMinusOne,
        long timeMicros,
        TimeQuality quality,
        int messageStart,
        String reason) {
    /** Stands in {@link #pidOrMinusOne} when the header has no process id. */
    public static final int NO_PID = -1;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    /** A line whose header was not understood, and why; all of it is message. */
    static Header unparsed(String host, String reason) {
        return new Header(host, "", NO_PID, 0, TimeQuality.NONE, 0, reason);
    }

    /** The same line, as one whose header is not understood, and why. */
    public Header notUnderstood(String why) {
        return unparsed(host, why);
    }

    /** Whether the header was understood; it may still lack a time, a program or a process id. */
    public boolean parsed() {
        return reason.isEmpty();
    }

    /** The process id, if the header has one; 0 to 2147483647. */
    public OptionalInt pid() {
        return pidOrMinusOne == NO_PID ? OptionalInt.empty() : OptionalInt.of(pidOrMinusOne);
    }

    /** When the line was written, if that could be resolved. */
    public Optional<Instant> time() {
        if (quality == TimeQuality.NONE) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochSecond(
                Math.floorDiv(timeMicros, MICROS_PER_SECOND),
                Math.floorMod(timeMicros, MICROS_PER_SECOND) * NANOS_PER_MICRO));
    }

    /** Why the header was not understood; absent when it was. */
    public Optional<String> unparsedReason() {
        return parsed() ? Optional.empty() : Optional.of(reason);
    }
}
