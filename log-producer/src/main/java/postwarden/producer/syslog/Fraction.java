package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.digit;

/** Reads the digits behind the point of a second. */
final class Fraction {
    private static final int MICRO_DIGITS = 6;

    private int micros;

    /** What was read last, 0 to 999,999 microseconds; what is finer was cut off. */
    int micros() {
        return micros;
    }

    /** Reads all digits from an index on; answers the index behind them. */
    int read(byte[] line, int at, int end) {
        int value = 0;
        int places = 0;
        int i = at;
        for (int digit = digit(line, i, end); digit >= 0; digit = digit(line, ++i, end)) {
            if (places < MICRO_DIGITS) {
                value = value * 10 + digit;
                places++;
            }
        }
        for (; places < MICRO_DIGITS; places++) {
            value *= 10;
        }
        micros = value;
        return i;
    }
}
