package postwarden.parse.exim;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Cursor;

/** What Exim writes in the same way in many lines: addresses, quoted values, escapes, times (Exim 4.8x to 4.100). */
final class EximText {
    private static final int OCTAL_DIGITS = 3;
    private static final int LOWEST_HIGH_BYTE = 0x80;
    private static final int HIGHEST_BYTE = 0xff;
    private static final char UNDECODABLE = '\ufffd';

    private EximText() {}

    /**
     * Reads an address in angle brackets or up to a space; a quoted part (RFC 822 allows one in any word of a local part)
     * may hold either. A colon that ends it belongs to what follows, but for {@code :blackhole:}.
     *
     * @return without brackets; empty for the null sender and for one whose closing bracket was cut off
     */
    static String address(Cursor cursor) {
        return path(cursor).orElse("");
    }

    /** Reads an address into the event, or nothing where its closing bracket was cut off: Exim cuts long arguments. */
    static void address(Cursor cursor, Event.Builder event, Field field) {
        path(cursor).ifPresent(address -> event.put(field, address));
    }

    private static Optional<String> path(Cursor cursor) {
        String text = cursor.text();
        boolean bracketed = cursor.take('<');
        int from = cursor.at();
        int end = addressEnd(text, from, bracketed);
        if (bracketed && end < text.length() && text.charAt(end) == '>') {
            cursor.moveTo(end + 1);
            return Optional.of(text.substring(from, end));
        }
        boolean colon = cursor.peek() != ':' && end > from && text.charAt(end - 1) == ':';
        end -= colon ? 1 : 0;
        cursor.moveTo(end);
        return bracketed ? Optional.empty() : Optional.of(text.substring(from, end));
    }

    /** Reads a value in double quotes, in which a backslash hides the next character; the rest when it is not closed. */
    static String quoted(Cursor cursor) {
        cursor.take('"');
        int from = cursor.at();
        int close = closingQuote(cursor.text(), from);
        String value = cursor.text().substring(from, close);
        cursor.moveTo(close + 1);
        return value.indexOf('\\') < 0 ? value : unquoted(value);
    }

    /** The text without the backslashes that stand before a quote or a backslash. */
    static String unquoted(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            boolean escape = c == '\\' && at + 1 < value.length() && "\"\\".indexOf(value.charAt(at + 1)) >= 0;
            plain.append(escape ? value.charAt(++at) : c);
        }
        return plain.toString();
    }

    /**
     * Undoes what string_printing() (string.c) does to bytes beyond ASCII: {@code \303\244} is one letter. It hides no
     * backslash, so what gives no UTF-8 stays as it is; control characters stay escaped.
     */
    static String unprinted(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        int at = 0;
        while (at < bytes.length) {
            int octal = bytes[at] == '\\' ? highByte(bytes, at + 1) : -1;
            bytes[length++] = octal >= 0 ? (byte) octal : bytes[at];
            at += octal >= 0 ? 1 + OCTAL_DIGITS : 1;
        }
        String plain = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return plain.indexOf(UNDECODABLE) < 0 ? plain : text;
    }

    /** Seconds of a time such as 0.269s, 1m5s or 2d3h; -1 when it is none. */
    static double seconds(String time) {
        Cursor cursor = new Cursor(time);
        double sum = 0;
        while (!cursor.atEnd()) {
            double amount = cursor.decimal();
            double unit = unit(cursor.peek());
            if (Double.isNaN(amount) || amount < 0 || unit == 0) {
                return -1;
            }
            sum += amount * unit;
            cursor.moveTo(cursor.at() + 1);
        }
        return time.isEmpty() ? -1 : sum;
    }

    /** Reads a time into the event; nothing when it is none. */
    static void seconds(Cursor cursor, Event.Builder event, Field field) {
        double seconds = seconds(word(cursor));
        if (seconds >= 0) {
            event.put(field, seconds);
        }
    }

    /** Reads a count into the event; nothing when it is none. */
    static void count(Cursor cursor, Event.Builder event, Field field) {
        long count = cursor.number();
        if (count >= 0) {
            event.put(field, count);
        }
    }

    /** A word without the colon that ends the fields. */
    static String word(Cursor cursor) {
        String word = cursor.word();
        if (word.endsWith(":")) {
            cursor.moveTo(cursor.at() - 1);
            return word.substring(0, word.length() - 1);
        }
        return word;
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

    /** Where the next unquoted space or closing bracket is, or the end; a quote that is never closed is a character. */
    private static int addressEnd(String text, int from, boolean bracketed) {
        int at = from;
        boolean quotes = true;
        while (at < text.length() && text.charAt(at) != ' ' && (!bracketed || text.charAt(at) != '>')) {
            if (quotes && text.charAt(at) == '"' && opensQuote(text, from, at)) {
                int close = closingQuote(text, at + 1);
                quotes = close < text.length();
                at = quotes ? close : at;
            }
            at++;
        }
        return at;
    }

    private static boolean opensQuote(String text, int from, int at) {
        return at == from || text.charAt(at - 1) == '.' || text.charAt(at - 1) == ':';
    }

    private static int closingQuote(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    /** The byte beyond ASCII that three octal digits stand for, or -1. */
    private static int highByte(byte[] text, int from) {
        if (from + OCTAL_DIGITS > text.length) {
            return -1;
        }
        int value = 0;
        for (int at = from; at < from + OCTAL_DIGITS; at++) {
            byte c = text[at];
            if (c < '0' || c > '7') {
                return -1;
            }
            value = value * 8 + c - '0';
        }
        return value >= LOWEST_HIGH_BYTE && value <= HIGHEST_BYTE ? value : -1;
    }
}
