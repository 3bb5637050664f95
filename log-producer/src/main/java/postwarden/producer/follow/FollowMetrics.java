package postwarden.producer.follow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import postwarden.producer.journal.JournalMetrics;
import postwarden.producer.receive.ReceiveMetrics;

/**
 * Counters of what was read.
 *
 * @param lines {@code producer.lines}: lines, fragments not counted twice
 * @param bytes {@code producer.bytes}: bytes of lines with their LF
 * @param unparsed {@code producer.headers.unparsed}: lines whose header was not understood
 * @param strangers {@code producer.hosts.refused}: lines whose header names one host more than a session may have
 * @param rewritten {@code producer.losses} with cause {@code rewritten}: files that were truncated or rewritten before they were read to
 *     their end, and of which no copy was found
 * @param damaged {@code producer.losses} with cause {@code damaged}: packed files that could not be unpacked to their end
 * @param parkedLost {@code producer.losses} with cause {@code parked}: files that were deleted or rewritten while no descriptor was left
 *     for them, and of which more was known than was read, or nobody knows
 * @param parked {@code producer.files.parked}: times that a log was closed because there were more logs than descriptors
 * @param overflows {@code producer.watch.overflows}: times that more happened in a folder, or in all, than the kernel or Java keeps to
 *     tell: all files were asked instead
 * @param rotations {@code producer.rotations}: files that were renamed or deleted while they were followed
 * @param secrets {@code producer.secrets.cut}: passwords, and hashes of passwords, that were cut out of lines
 * @param unreadable {@code producer.files.unreadable}: reasons for which a matching path is not read
 * @param journal counters of journals
 * @param receive counters of what is received
 */
public record FollowMetrics(
        Counter lines,
        Counter bytes,
        Counter unparsed,
        Counter strangers,
        Counter rewritten,
        Counter damaged,
        Counter parkedLost,
        Counter parked,
        Counter overflows,
        Counter rotations,
        Counter secrets,
        Counter unreadable,
        JournalMetrics journal,
        ReceiveMetrics receive) {
    private static final String CAUSE = "cause";

    /** Makes the counters in a registry. */
    public static FollowMetrics in(MeterRegistry meters) {
        return new FollowMetrics(
                meters.counter("producer.lines"),
                meters.counter("producer.bytes"),
                meters.counter("producer.headers.unparsed"),
                meters.counter("producer.hosts.refused"),
                meters.counter("producer.losses", CAUSE, "rewritten"),
                meters.counter("producer.losses", CAUSE, "damaged"),
                meters.counter("producer.losses", CAUSE, "parked"),
                meters.counter("producer.files.parked"),
                meters.counter("producer.watch.overflows"),
                meters.counter("producer.rotations"),
                meters.counter("producer.secrets.cut"),
                meters.counter("producer.files.unreadable"),
                JournalMetrics.in(meters),
                ReceiveMetrics.in(meters));
    }
}
