package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.NO;

import java.util.Arrays;

/** Takes a message out of a JSON line: the string or the array of bytes at {@link Header#messageStart()}, its escapes undone. */
public final class JsonMessage {
    private JsonMessage() {}

    /**
     * The message of a JSON line as the daemon wrote it, without line ends behind it; for a line that is no JSON object, simply the
     * bytes from there to the end.
     *
     * @param line the line without its LF
     * @param messageStart where {@link HeaderParser} found the message, 0 to the line's length
     * @throws IndexOutOfBoundsException when messageStart is not in that range
     */
    public static byte[] of(byte[] line, int messageStart) {
        if (line.length == 0 || line[0] != '{' || messageStart == 0) {
            return Arrays.copyOfRange(line, messageStart, line.length);
        }
        if (messageStart < line.length && line[messageStart] == '[' && !isInString(line, messageStart)) {
            return bytes(line, messageStart + 1);
        }
        int close = JsonScan.stringEnd(line, messageStart, line.length);
        int end = close < 0 ? line.length : close;
        byte[] message = new byte[end - messageStart];
        return withoutLineEnd(message, unescape(line, messageStart, end, message));
    }

    private static byte[] withoutLineEnd(byte[] message, int length) {
        int end = length;
        while (end > 0 && (message[end - 1] == '\n' || message[end - 1] == '\r')) {
            end--;
        }
        return Arrays.copyOf(message, end);
    }

    private static boolean isInString(byte[] line, int index) {
        boolean quoted = false;
        for (int i = 0; i < index; i++) {
            if (line[i] == '\\' && quoted) {
                i++;
            } else if (line[i] == '"') {
                quoted = !quoted;
            }
        }
        return quoted;
    }

    /** Numbers 0 to 255 as bytes, up to anything else than a number, a comma or a blank. */
    private static byte[] bytes(byte[] line, int from) {
        byte[] message = new byte[line.length - from];
        int length = 0;
        int at = from;
        while (at < line.length && Ascii.digit(line, at, line.length) >= 0) {
            int value = 0;
            for (; Ascii.digit(line, at, line.length) >= 0; at++) {
                value = (value * 10 + line[at] - '0') & 0xfff;
            }
            message[length++] = (byte) value;
            at = JsonScan.skipBlanks(line, at, line.length);
            at = JsonScan.skipBlanks(line, Ascii.is(line, at, line.length, ',') ? at + 1 : at, line.length);
        }
        return withoutLineEnd(message, length);
    }

    /** Undoes the escapes between two indexes; answers how many bytes came out, never more than went in. */
    static int unescape(byte[] line, int from, int to, byte[] out) {
        int length = 0;
        int i = from;
        while (i < to) {
            int behind = behindOne(line, i, to);
            length = one(line, i, behind, out, length);
            i = behind;
        }
        return length;
    }

    /** Index in the escaped bytes where a number of unescaped ones has been written, or the end. */
    static int escapedIndex(byte[] line, int from, int to, int count) {
        byte[] out = new byte[4];
        int written = 0;
        int i = from;
        while (i < to && written < count) {
            int behind = behindOne(line, i, to);
            written += one(line, i, behind, out, 0);
            i = behind;
        }
        return i;
    }

    /** Index behind the byte or the escape at an index; two code units that make one character are one escape. */
    private static int behindOne(byte[] line, int at, int to) {
        if (line[at] != '\\' || at + 1 == to) {
            return at + 1;
        }
        if (line[at + 1] != 'u' || codeUnit(line, at + 2, to) < 0) {
            return at + 2;
        }
        boolean pair = Character.isHighSurrogate((char) codeUnit(line, at + 2, to))
                && Ascii.starts(line, at + 6, to, "\\u")
                && codeUnit(line, at + 8, to) >= 0
                && Character.isLowSurrogate((char) codeUnit(line, at + 8, to));
        return pair ? at + 12 : at + 6;
    }

    private static int one(byte[] line, int at, int behind, byte[] out, int length) {
        int size = behind - at;
        if (size == 1) {
            out[length] = line[at];
            return length + 1;
        }
        if (size == 2) {
            out[length] = plain(line[at + 1]);
            return length + 1;
        }
        int unit = codeUnit(line, at + 2, behind);
        return size == 6
                ? utf8(unit, out, length)
                : utf8(Character.toCodePoint((char) unit, (char) codeUnit(line, at + 8, behind)), out, length);
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

    private static int utf8(int point, byte[] out, int length) {
        int at = length;
        if (point < 0x80) {
            out[at++] = (byte) point;
            return at;
        }
        if (point < 0x800) {
            out[at++] = (byte) (0xc0 | point >> 6);
        } else if (point < 0x10000) {
            out[at++] = (byte) (0xe0 | point >> 12);
            out[at++] = (byte) (0x80 | (point >> 6 & 0x3f));
        } else {
            out[at++] = (byte) (0xf0 | point >> 18);
            out[at++] = (byte) (0x80 | (point >> 12 & 0x3f));
            out[at++] = (byte) (0x80 | (point >> 6 & 0x3f));
        }
        out[at++] = (byte) (0x80 | (point & 0x3f));
        return at;
    }
}
