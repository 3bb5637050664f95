package postwarden.producer.sample;

import java.util.Optional;

/**
 * The id of a message (Exim's specification, 3.4): six digits to the base of 62 of the second of its arrival, a dash, six or (since
 * 4.97) eleven of the process, a dash, two or four of the fraction.
 */
final class EximId {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int TIME = 6;
    private static final int LENGTH = 16;
    private static final int SECOND_DASH = 13;
    private static final int LENGTH_SINCE_497 = 23;
    private static final int SECOND_DASH_SINCE_497 = 18;

    private EximId() {}

    /** When the message arrived, in seconds since the epoch; empty when it is no id. */
    static Optional<Long> arrived(String word) {
        boolean old = word.length() == LENGTH && word.charAt(SECOND_DASH) == '-';
        boolean recent = word.length() == LENGTH_SINCE_497 && word.charAt(SECOND_DASH_SINCE_497) == '-';
        if ((!old && !recent) || word.charAt(TIME) != '-') {
            return Optional.empty();
        }
        long seconds = 0;
        for (int i = 0; i < TIME; i++) {
            int digit = DIGITS.indexOf(word.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            seconds = seconds * DIGITS.length() + digit;
        }
        return Optional.of(seconds);
    }
}
