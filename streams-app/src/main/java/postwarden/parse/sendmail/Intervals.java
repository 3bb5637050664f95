package postwarden.parse.sendmail;

import postwarden.parse.rule.Cursor;

/** Sendmail's intervals, {@code 00:00:01} or {@code 5+00:10:04} with days (convtime.c, pintvl). */
final class Intervals {
    private static final int HOURS_OF_DAY = 24;
    private static final int SIXTY = 60;

    private Intervals() {}

    /** In seconds; -1 where the text is none. */
    static double seconds(String text) {
        Cursor cursor = new Cursor(text);
        long first = cursor.number();
        long days = 0;
        if (cursor.take('+')) {
            days = first;
            first = cursor.number();
        }
        boolean colon = cursor.take(':');
        long minutes = cursor.number();
        colon &= cursor.take(':');
        long seconds = cursor.number();
        if (!colon || days < 0 || first < 0 || minutes < 0 || seconds < 0 || !cursor.atEnd()) {
            return -1;
        }
        return ((days * HOURS_OF_DAY + first) * SIXTY + minutes) * SIXTY + seconds;
    }
}
