package postwarden.parse.exchange;

/**
 * A row of an SMTP protocol log, in the columns that Exchange has had since 2007.
 *
 * @param event {@code +} begun, {@code -} ended, {@code <} received, {@code >} sent, {@code *} a note
 * @param data what was sent or received, or what a note is about
 * @param context what a note says
 */
record SmtpRow(
        String connector, String session, Endpoint local, Endpoint remote, String event, String data, String context) {
    private static final int COLUMNS = 8;
    /** Stands between the two texts of a note; no line can hold it. */
    static final char BREAK = '\n';

    /** Whether the row has the columns of such a log; what stands in front of the data is then where Exchange puts it. */
    static boolean fits(Row row) {
        return row.size() == COLUMNS && row.column(5).length() == 1 && "+-<>*".contains(row.column(5));
    }

    static SmtpRow of(Row row) {
        return new SmtpRow(
                row.column(0),
                row.column(1),
                Endpoint.of(row.column(3)),
                Endpoint.of(row.column(4)),
                row.column(5),
                row.column(6),
                row.column(7));
    }

    /** What rules read: the event's sign and what it says; a note's own words before what they are about. */
    String words() {
        boolean both = event.equals("*") && !context.isEmpty() && !data.isEmpty();
        return event + (both ? context + BREAK + data : data + context);
    }
}
