package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.NO;
import static postwarden.producer.syslog.Ascii.digit;
import static postwarden.producer.syslog.Ascii.is;

/**
 * Reads a time that is a number, without calendar and zone. A reading method answers the index behind it, or {@link Ascii#NO} when
 * the bytes are no number of its form ({@link #reason()} is empty) or one of an impossible time ({@link #reason()} says what).
 */
final class CountedTime {
    /** In a second. */
    private static final long MICROS = 1_000_000;

    /** Seconds since 1970 have ten digits from 2001 to 2286. */
    private static final int UNIX_DIGITS = 10;
    /** More may not fit a long. */
    private static final int MOST_DIGITS = 19;

    /** Offset of TAI64 labels, and the ten seconds that daemontools adds to a POSIX clock, which has no leap seconds (tai_now). */
    private static final long TAI_LABEL = (1L << 62) + 10;

    private static final int TAI_SECOND_DIGITS = 16;
    private static final int TAI_DIGITS = 24;
    /** The end of the year 9999, in seconds since 1970. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final Fraction fraction = new Fraction();
    private long second;
    private int microsOfSecond;
    private String reason = "";

    /** The time read last, in seconds since 1970. */
    long second() {
        return second;
    }

    /** What the time read last has beyond its second, 0 to 999,999. */
    int microsOfSecond() {
        return microsOfSecond;
    }

    String reason() {
        return reason;
    }

    /** Seconds since 1970 with a fraction, as {@code journalctl -o short-unix} writes them. */
    int unix(byte[] line, int at, int end) {
        reason = "";
        int dot = at + UNIX_DIGITS;
        if (!is(line, dot, end, '.') || digit(line, dot + 1, end) < 0) {
            return NO;
        }
        long counted = 0;
        for (int i = at; i < dot; i++) {
            int digit = digit(line, i, end);
            if (digit < 0) {
                return NO;
            }
            counted = counted * 10 + digit;
        }
        return withFraction(counted, line, dot + 1, end);
    }

    /** A number that counts from 1970, in seconds, milliseconds, microseconds or nanoseconds, by how many digits it has. */
    int epoch(byte[] line, int at, int end) {
        reason = "";
        long value = 0;
        int i = at;
        while (i < end && i - at < MOST_DIGITS && Ascii.isDigit(line[i])) {
            value = value * 10 + line[i++] - '0';
        }
        long micros = switch (i - at) {
            case UNIX_DIGITS -> value * MICROS;
            case UNIX_DIGITS + 3 -> value * 1000;
            case UNIX_DIGITS + 6 -> value;
            case UNIX_DIGITS + 9 -> value / 1000;
            default -> NO;
        };
        if (micros < 0 || (i < end && !is(line, i, end, '.'))) {
            return NO;
        }
        if (i - at == UNIX_DIGITS && digit(line, i + 1, end) >= 0) {
            return withFraction(value, line, i + 1, end);
        }
        second = micros / MICROS;
        microsOfSecond = (int) (micros % MICROS);
        return i;
    }

    /** TAI64N: @ and 24 hexadecimal digits, as multilog writes them. */
    int tai(byte[] line, int at, int end) {
        reason = "";
        if (!is(line, at, end, '@') || end - at < 1 + TAI_DIGITS) {
            return NO;
        }
        long label = 0;
        long nanos = 0;
        for (int i = 0; i < TAI_DIGITS; i++) {
            int digit = Character.digit(line[at + 1 + i], 16);
            if (digit < 0) {
                return NO;
            }
            if (i < TAI_SECOND_DIGITS) {
                label = label << 4 | digit;
            } else {
                nanos = nanos << 4 | digit;
            }
        }
        long counted = label - TAI_LABEL;
        if (counted < 0 || counted > LAST_SECOND || nanos > 999_999_999) {
            reason = "the TAI64N stamp lies outside of the years 1970 to 9999";
            return NO;
        }
        second = counted;
        microsOfSecond = (int) (nanos / 1000);
        return at + 1 + TAI_DIGITS;
    }

    private int withFraction(long counted, byte[] line, int at, int end) {
        int behind = fraction.read(line, at, end);
        second = counted;
        microsOfSecond = fraction.micros();
        return behind;
    }
}
