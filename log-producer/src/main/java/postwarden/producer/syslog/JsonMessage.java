package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.NO;

import java.util.Arrays;

/** Takes a message out of a JSON line: the string at {@link Header#messageStart()}, its escapes undone. */
public final class JsonMessage {
    private JsonMessage() {}

    /**
     * The message of a JSON line as the daemon wrote it; for a line that is no JSON object, simply the bytes from there to the end.
     *
     * @param line the line without its LF
     * @param messageStart where {@link HeaderParser} found the message, 0 to the line's length
     * @throws IndexOutOfBoundsException when messageStart is not in that range
     */
    public static byte[] of(byte[] line, int messageStart) {
        if (line.length == 0 || line[0] != '{' || messageStart == 0) {
            return Arrays.copyOfRange(line, messageStart, line.length);
        }
        int close = stringEnd(line, messageStart, line.length);
        int end = close < 0 ? line.length : close;
        byte[] message = new byte[end - messageStart];
        return Arrays.copyOf(message, unescape(line, messageStart, end, message));
    }

    /** Index of the quote that ends a string, or {@link Ascii#NO}. */
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

    /** Undoes the escapes between two indexes; answers how many bytes came out, never more than went in. */
    static int unescape(byte[] line, int from, int to, byte[] out) {
        int length = 0;
        int i = from;
        while (i < to) {
            byte b = line[i++];
            if (b != '\\' || i == to) {
                out[length++] = b;
            } else if (line[i] == 'u' && codeUnit(line, i + 1, to) >= 0) {
                length = utf8(codeUnit(line, i + 1, to), out, length);
                i += 5;
            } else {
                out[length++] = plain(line[i++]);
            }
        }
        return length;
    }

    private static byte plain(byte letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> letter;
        };
    }

    private static int codeUnit(byte[] line, int at, int to) {
        if (to - at < 4) {
            return NO;
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(line[i], 16);
            if (digit < 0) {
                return NO;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** A code unit is written on its own: syslog daemons escape control characters only, and never need a surrogate pair. */
    private static int utf8(int unit, byte[] out, int length) {
        int at = length;
        if (unit < 0x80) {
            out[at++] = (byte) unit;
        } else if (unit < 0x800) {
            out[at++] = (byte) (0xc0 | unit >> 6);
            out[at++] = (byte) (0x80 | (unit & 0x3f));
        } else {
            out[at++] = (byte) (0xe0 | unit >> 12);
            out[at++] = (byte) (0x80 | (unit >> 6 & 0x3f));
            out[at++] = (byte) (0x80 | (unit & 0x3f));
        }
        return at;
    }
}
