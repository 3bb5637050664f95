package postwarden.producer.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * A program's output as one stream a line, so that what reads a line can neither run into the next one nor has to hold a long one
 * whole. Extends Java's stream because a parser wants one.
 */
final class OneLine extends InputStream {
    private static final int CHUNK = 1 << 16;

    private final Program program;
    private final byte[] buffer = new byte[CHUNK];
    private int at;
    private int end;
    private boolean lineEnded = true;

    OneLine(Program program) {
        this.program = program;
    }

    /**
     * Goes to the beginning of the next line, past what was not read of this one.
     *
     * @return false when there is none
     */
    boolean next() throws IOException {
        while (!lineEnded && fill()) {
            toLineEnd(end - at);
        }
        lineEnded = false;
        return fill();
    }

    /** Whether the output ends here because it was cut: then the last line is no whole one. */
    boolean isCut() {
        return !program.cut().isEmpty();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!lineEnded && fill()) {
            int from = at;
            int read = toLineEnd(Math.min(length, end - at));
            System.arraycopy(buffer, from, into, offset, read);
            if (read > 0) {
                return read;
            }
        }
        return -1;
    }

    /** Moves over at most so many bytes of this line, and over its end; how many were not its end. */
    private int toLineEnd(int most) {
        int from = at;
        while (at - from < most) {
            if (buffer[at++] == '\n') {
                lineEnded = true;
                return at - from - 1;
            }
        }
        return at - from;
    }

    private boolean fill() throws IOException {
        if (at < end) {
            return true;
        }
        try {
            at = 0;
            end = Math.max(0, program.read(buffer));
            return end > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the agent stops").initCause(e);
        }
    }
}
