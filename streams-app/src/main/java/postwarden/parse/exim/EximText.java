package postwarden.parse.exim;

import postwarden.parse.rule.Cursor;

/** What Exim writes in the same way in many lines: addresses, quoted values, times (Exim 4, log file formats). */
final class EximText {
    private EximText() {}

    /**
     * Reads an address in angle brackets or up to a space; a quoted local part may hold either. A colon that ends it
     * belongs to what follows, but for {@code :blackhole:}.
     *
     * @return without brackets; empty for the null sender
     */
    static String address(Cursor cursor) {
        boolean bracketed = cursor.take('<');
        int end = addressEnd(cursor.text(), cursor.at(), bracketed ? '>' : ' ');
        boolean colon = !bracketed
                && cursor.peek() != ':'
                && end > cursor.at()
                && cursor.text().charAt(end - 1) == ':';
        end -= colon ? 1 : 0;
        String address = cursor.text().substring(cursor.at(), end);
        cursor.moveTo(bracketed ? end + 1 : end);
        return address;
    }

    /** Reads a value in double quotes, in which a backslash hides the next character; the rest when it is not closed. */
    static String quoted(Cursor cursor) {
        cursor.take('"');
        int from = cursor.at();
        int close = closingQuote(cursor.text(), from);
        String value = cursor.text().substring(from, close);
        cursor.moveTo(close + 1);
        return value.indexOf('\\') < 0 ? value : unescaped(value);
    }

    /** Seconds of a time such as 0.269s, 1m5s or 2d3h; -1 when it is none. */
    static double seconds(String time) {
        Cursor cursor = new Cursor(time);
        double sum = 0;
        while (!cursor.atEnd()) {
            double amount = cursor.decimal();
            double unit = unit(cursor.peek());
            if (Double.isNaN(amount) || unit == 0) {
                return -1;
            }
            sum += amount * unit;
            cursor.moveTo(cursor.at() + 1);
        }
        return time.isEmpty() ? -1 : sum;
    }

    private static double unit(char unit) {
        return switch (unit) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3_600;
            case 'd' -> 86_400;
            case 'w' -> 604_800;
            default -> 0;
        };
    }

    private static int addressEnd(String text, int from, char stop) {
        int at = from;
        if (at < text.length() && text.charAt(at) == '"') {
            int close = closingQuote(text, at + 1);
            at = close < text.length() ? close : at;
        }
        int end = text.indexOf(stop, at);
        return end < 0 ? text.length() : end;
    }

    private static int closingQuote(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            boolean escape = c == '\\' && at + 1 < value.length() && "\"\\".indexOf(value.charAt(at + 1)) >= 0;
            plain.append(escape ? value.charAt(++at) : c);
        }
        return plain.toString();
    }
}
