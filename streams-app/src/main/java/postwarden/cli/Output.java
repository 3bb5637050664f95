package postwarden.cli;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output that does not lose anything in silence, as Java's own does: once the disk is full or the reader has left, the
 * command ends and says so. Bytes pass through unbuffered.
 */
final class Output extends OutputStream {
    /** What a shell shows of a filter whose reader has left, as with {@code | head -1}: 128 and the number of SIGPIPE. */
    static final int NOBODY_READS = 141;

    /** Java passes on the operating system's words and nothing else of its error. */
    private static final String READER_LEFT = "Broken pipe";

    private final OutputStream to;

    Output(OutputStream to) {
        this.to = to;
    }

    /**
     * What was printed is lost. An error, because {@link java.io.PrintStream} forgets every {@link IOException}, and because
     * nothing between here and {@link Main} may take it for a failure of its own.
     */
    static final class Lost extends Error {
        private static final long serialVersionUID = 1L;

        private Lost(IOException cause) {
            super("standard output cannot be written: " + cause.getMessage(), cause);
        }

        /** Whether there is nobody to write for any more, who knows. */
        boolean readerLeft() {
            return String.valueOf(getMessage()).endsWith(READER_LEFT);
        }
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        try {
            to.write(bytes, from, length);
        } catch (IOException refused) {
            throw new Lost(refused);
        }
    }

    @Override
    public void flush() {
        try {
            to.flush();
        } catch (IOException refused) {
            throw new Lost(refused);
        }
    }
}
