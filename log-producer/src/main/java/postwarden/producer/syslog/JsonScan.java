package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.NO;
import static postwarden.producer.syslog.Ascii.is;

/** Steps over the values of a JSON object (RFC 8259) from byte to byte; what it steps over, it does not judge. */
final class JsonScan {
    private JsonScan() {}

    /** Index of the first byte at or behind an index that is no blank, or the end. */
    static int skipBlanks(byte[] line, int at, int to) {
        int i = at;
        while (i < to && (line[i] == ' ' || line[i] == '\t' || line[i] == '\r')) {
            i++;
        }
        return i;
    }

    /** Index of the quote that ends a string whose first byte is given, or {@link Ascii#NO}. */
    static int stringEnd(byte[] line, int at, int to) {
        for (int i = at; i < to; i++) {
            if (line[i] == '\\') {
                i++;
            } else if (line[i] == '"') {
                return i;
            }
        }
        return NO;
    }

    /** Index behind the value at an index, or {@link Ascii#NO} when it does not end. */
    static int valueEnd(byte[] line, int at, int to) {
        if (is(line, at, to, '"')) {
            int end = stringEnd(line, at + 1, to);
            return end < 0 ? NO : end + 1;
        }
        if (is(line, at, to, '{') || is(line, at, to, '[')) {
            return groupEnd(line, at, to);
        }
        int i = at;
        while (i < to && line[i] != ',' && line[i] != '}' && line[i] != ']' && line[i] != '"') {
            i++;
        }
        return i > at ? i : NO;
    }

    private static int groupEnd(byte[] line, int at, int to) {
        int depth = 0;
        for (int i = at; i < to; i++) {
            byte b = line[i];
            if (b == '"') {
                i = stringEnd(line, i + 1, to);
                if (i < 0) {
                    return NO;
                }
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return NO;
    }

    /** Index of a member's value in the object at an index, or {@link Ascii#NO} when it has no such member. */
    static int member(byte[] line, int object, int to, String name) {
        int at = skipBlanks(line, object + 1, to);
        while (is(line, at, to, '"')) {
            int keyEnd = stringEnd(line, at + 1, to);
            int value = keyEnd < 0 ? NO : behindColon(line, keyEnd + 1, to);
            int behind = value < 0 ? NO : valueEnd(line, value, to);
            if (behind < 0) {
                return NO;
            }
            if (keyEnd - at - 1 == name.length() && Ascii.starts(line, at + 1, keyEnd, name)) {
                return value;
            }
            int comma = skipBlanks(line, behind, to);
            at = is(line, comma, to, ',') ? skipBlanks(line, comma + 1, to) : to;
        }
        return NO;
    }

    /** Index of the value behind a colon, or {@link Ascii#NO}. */
    static int behindColon(byte[] line, int at, int to) {
        int colon = skipBlanks(line, at, to);
        return is(line, colon, to, ':') ? skipBlanks(line, colon + 1, to) : NO;
    }

    /** Where the first of several values stands: inside of nested arrays; the index itself for anything else. */
    static int first(byte[] line, int at, int to) {
        int value = at;
        while (is(line, value, to, '[')) {
            int inner = skipBlanks(line, value + 1, to);
            // An array of numbers is the bytes of one text.
            if (Ascii.digit(line, inner, to) >= 0) {
                return value;
            }
            value = inner;
        }
        return value;
    }
}
