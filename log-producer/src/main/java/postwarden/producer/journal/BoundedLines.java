package postwarden.producer.journal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a stream, of which each may be longer than will be kept. A last line without its LF is none: its writer did not end it. */
final class BoundedLines {
    private static final int CHUNK = 65_536;
    private static final int FIRST = 4_096;

    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int end;
    private byte[] line = new byte[FIRST];
    private int length;
    private boolean tooLong;

    BoundedLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Reads the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(chunk));
                if (end == 0) {
                    return false;
                }
            }
            int from = at;
            while (at < end && chunk[at] != '\n') {
                at++;
            }
            keep(from, at);
            if (at < end) {
                at++;
                return true;
            }
        }
    }

    /** The line's bytes, as many as {@link #length}. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** Whether the line was longer than is kept of it. */
    boolean isTooLong() {
        return tooLong;
    }

    private void keep(int from, int to) {
        int room = Math.min(to - from, longest - length);
        tooLong |= room < to - from;
        if (length + room > line.length) {
            line = Arrays.copyOf(line, Math.min(longest, Math.max(line.length * 2, length + room)));
        }
        System.arraycopy(chunk, from, line, length, room);
        length += room;
    }
}
