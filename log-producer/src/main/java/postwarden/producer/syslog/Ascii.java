package postwarden.producer.syslog;

/** Numbers and tokens in ASCII bytes; nothing here allocates or throws on any bytes within the given bounds. */
final class Ascii {
    /** What a reading function answers when the bytes are something else. */
    static final int NO = -1;

    private Ascii() {}

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** The digit at an index, or {@link #NO} behind the end. */
    static int digit(byte[] line, int at, int end) {
        return at < end && isDigit(line[at]) ? line[at] - '0' : NO;
    }

    /** Two digits as a number 0 to 99. */
    static int two(byte[] line, int at, int end) {
        int tens = digit(line, at, end);
        int ones = digit(line, at + 1, end);
        return (tens | ones) < 0 ? NO : tens * 10 + ones;
    }

    /** Four digits as a number 0 to 9999. */
    static int four(byte[] line, int at, int end) {
        int high = two(line, at, end);
        int low = two(line, at + 2, end);
        return (high | low) < 0 ? NO : high * 100 + low;
    }

    static boolean is(byte[] line, int at, int end, char wanted) {
        return at < end && line[at] == wanted;
    }

    /** Index of the first space at or behind an index, or the end. */
    static int tokenEnd(byte[] line, int at, int end) {
        int i = at;
        while (i < end && line[i] != ' ') {
            i++;
        }
        return i;
    }

    /** Index of the first byte at or behind an index that is no space, or the end. */
    static int skipSpaces(byte[] line, int at, int end) {
        int i = at;
        while (i < end && line[i] == ' ') {
            i++;
        }
        return i;
    }

    /** Digits only as a number that fits an int, or {@link #NO}. */
    static int number(byte[] line, int at, int end) {
        if (at >= end || end - at > 10) {
            return NO;
        }
        long value = 0;
        for (int i = at; i < end; i++) {
            int digit = digit(line, i, end);
            if (digit < 0) {
                return NO;
            }
            value = value * 10 + digit;
        }
        return value > Integer.MAX_VALUE ? NO : (int) value;
    }

    /** Whether the bytes from an index on are those of an ASCII word. */
    static boolean starts(byte[] line, int at, int end, String word) {
        if (end - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (line[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
