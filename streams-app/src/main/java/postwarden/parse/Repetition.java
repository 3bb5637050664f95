package postwarden.parse;

import java.util.Optional;
import postwarden.parse.rule.Cursor;

/**
 * A line by which the logging system stands for several equal ones (rsyslog 8, {@code $RepeatedMsgReduction}).
 *
 * @param times how many, >= 1
 * @param message the repeated message
 */
record Repetition(long times, String message) {
    private static final String BEGINNING = "message repeated ";
    private static final String MIDDLE = " times: [";

    /** What {@code message repeated 6 times: [ …]} stands for; empty for any other message. */
    static Optional<Repetition> of(String message) {
        if (!message.startsWith(BEGINNING) || !message.endsWith("]")) {
            return Optional.empty();
        }
        Cursor cursor = new Cursor(message);
        cursor.take(BEGINNING);
        long times = cursor.number();
        if (times < 1 || !cursor.take(MIDDLE)) {
            return Optional.empty();
        }
        cursor.skipSpaces();
        int end = Math.max(cursor.at(), message.length() - 1);
        return Optional.of(new Repetition(times, message.substring(cursor.at(), end)));
    }
}
