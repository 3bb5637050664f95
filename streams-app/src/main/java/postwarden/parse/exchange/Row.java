package postwarden.parse.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of one of Exchange's logs behind its time: columns between commas, in quotes with inner quotes doubled where they hold a comma
 * or a quote (RFC 4180).
 *
 * @param columns in order, quotes undone
 */
record Row(List<String> columns) {
    /** The widest log, message tracking of Exchange 2019, has 30 columns; what is behind so many is left out. */
    private static final int MOST_COLUMNS = 64;

    static Row of(String text) {
        List<String> columns = new ArrayList<>();
        int end = text.endsWith("\r") ? text.length() - 1 : text.length();
        int at = 0;
        while (at <= end && columns.size() < MOST_COLUMNS) {
            boolean quoted = at < end && text.charAt(at) == '"';
            at = quoted ? quoted(text, at + 1, end, columns) : plain(text, at, end, columns);
        }
        return new Row(columns);
    }

    int size() {
        return columns.size();
    }

    /** The column at an index, or an empty text. */
    String column(int index) {
        return index < columns.size() ? columns.get(index) : "";
    }

    private static int plain(String text, int from, int end, List<String> columns) {
        int comma = text.indexOf(',', from);
        int stop = comma < 0 || comma > end ? end : comma;
        columns.add(text.substring(from, stop));
        return stop + 1;
    }

    private static int quoted(String text, int from, int end, List<String> columns) {
        StringBuilder column = new StringBuilder();
        int at = from;
        while (at < end) {
            char c = text.charAt(at);
            boolean quote = c == '"';
            if (quote && (at + 1 >= end || text.charAt(at + 1) != '"')) {
                break;
            }
            column.append(c);
            at += quote ? 2 : 1;
        }
        columns.add(column.toString());
        int comma = text.indexOf(',', Math.min(at, end));
        return comma < 0 || comma > end ? end + 1 : comma + 1;
    }
}
