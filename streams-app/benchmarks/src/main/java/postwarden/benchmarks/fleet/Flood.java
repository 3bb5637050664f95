package postwarden.benchmarks.fleet;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import postwarden.event.LogRecord;
import postwarden.event.Source;

/**
 * One client takes more connections than it may, all at once.
 *
 * @param client its address
 * @param crossedNanos when the line was written that crossed the threshold, the last of the flood's
 */
record Flood(String client, long crossedNanos) {
    /** The address of any flood's client. */
    static final Pattern CLIENT = Pattern.compile("252\\.10\\.[0-9]{3}\\.[0-9]{3}");

    /** Over the sixty a minute that make a flood. */
    private static final int CONNECTS = 70;
    /** As many as make a daemon's word enough: with the tenth it is a flood at once. */
    private static final int LIMITS = 10;
    /** Addresses of the same length, so that none is the beginning of another. */
    private static final int FIRST = 100;

    private static final int LAST = 255;
    private static final String FILE = "/var/log/flood.log";
    private static final AtomicLong OFFSET = new AtomicLong();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    /** @param number which flood of this run, >= 0; each has a client of its own */
    static Flood send(Sending sending, String host, int number) {
        int span = LAST - FIRST;
        String client = "252.10." + (FIRST + number / span) + "." + (FIRST + number % span);
        for (int i = 0; i < CONNECTS; i++) {
            sending.line(line(host, "connect from unknown[" + client + "]"));
        }
        for (int i = 0; i < LIMITS; i++) {
            sending.line(line(
                    host,
                    "warning: Connection concurrency limit exceeded: 51 from unknown[" + client
                            + "] for service smtp"));
        }
        return new Flood(client, System.nanoTime());
    }

    private static LogRecord.Line line(String host, String message) {
        Instant now = Instant.now();
        String header = STAMP.format(now) + "+00:00 " + host + " postfix/smtpd[9000]: ";
        long length = header.length() + message.length() + 1L;
        long end = OFFSET.addAndGet(length);
        Source source = new Source(FILE, "flood", end - length, end, -1, -1);
        return new LogRecord.Line("default", host, "postfix/smtpd", 9000, now, header, message, source);
    }
}
