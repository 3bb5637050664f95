package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.NO;
import static postwarden.producer.syslog.Ascii.is;

/** Skips RFC 5424 structured data: a hyphen, or elements in brackets with quoted, escaped values. */
final class StructuredData {
    private StructuredData() {}

    /** Index behind the structured data at an index, or {@link Ascii#NO} when there is none or it does not end. */
    static int end(byte[] line, int at, int to) {
        if (is(line, at, to, '-')) {
            return at + 1;
        }
        int i = at;
        while (is(line, i, to, '[')) {
            i = elementEnd(line, i + 1, to);
            if (i < 0) {
                return NO;
            }
        }
        return i > at ? i : NO;
    }

    private static int elementEnd(byte[] line, int at, int to) {
        boolean quoted = false;
        for (int i = at; i < to; i++) {
            byte b = line[i];
            if (b == '\\' && quoted) {
                i++;
            } else if (b == '"') {
                quoted = !quoted;
            } else if (b == ']' && !quoted) {
                return i + 1;
            }
        }
        return NO;
    }
}
