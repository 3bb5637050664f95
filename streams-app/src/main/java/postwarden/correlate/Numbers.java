package postwarden.correlate;

/** Whole numbers within texts. */
final class Numbers {
    private static final int DIGITS = 9;

    private Numbers() {}

    /** The number that stands from {@code from} to before {@code to}; -1 where something else does, or more than nine digits. */
    static long parse(String text, int from, int to) {
        if (to <= from || to - from > DIGITS) {
            return -1;
        }
        long value = 0;
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }
}
