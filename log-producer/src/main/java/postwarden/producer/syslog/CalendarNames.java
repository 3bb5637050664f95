package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.NO;

/** English names of months and weekdays in three letters, whatever their case. */
final class CalendarNames {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final String WEEKDAYS = "montuewedthufrisatsun";

    private CalendarNames() {}

    /** The month whose name stands here, 1 to 12, or {@link Ascii#NO}. */
    static int month(byte[] line, int at, int end) {
        return number(MONTHS, line, at, end);
    }

    /** The weekday whose name stands here, 1 for Monday to 7, or {@link Ascii#NO}. */
    static int weekday(byte[] line, int at, int end) {
        return number(WEEKDAYS, line, at, end);
    }

    private static int number(String names, byte[] line, int at, int end) {
        if (end - at < 3) {
            return NO;
        }
        for (int i = 0; i < names.length(); i += 3) {
            if ((line[at] | 0x20) == names.charAt(i)
                    && (line[at + 1] | 0x20) == names.charAt(i + 1)
                    && (line[at + 2] | 0x20) == names.charAt(i + 2)) {
                return i / 3 + 1;
            }
        }
        return NO;
    }
}
