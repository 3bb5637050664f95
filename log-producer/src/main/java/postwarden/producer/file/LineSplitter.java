package postwarden.producer.file;

import java.util.Arrays;

/**
 * Cuts a file's bytes into lines, at LF and at nothing else: CR, NUL, U+2028 and broken UTF-8 are bytes like any other.
 *
 * <p>A line longer than {@value #LONGEST_PIECE} bytes comes as numbered fragments, so memory is bounded by one of them. A last line
 * without its LF waits for more bytes, or for {@link #finish}. Belongs to one file and one thread.
 */
public final class LineSplitter {
    /** The longest text of one record, in bytes: half of what a topic with {@code max.message.bytes=65536} takes. */
    public static final int LONGEST_PIECE = 32_768;

    private static final byte[] NOTHING = {};

    /** Most files of many stand still with nothing held back, so it grows when there is something. */
    private byte[] carry = NOTHING;

    private int carried;
    private long pieceStart;
    private int fragment;

    /**
     * A splitter that begins anywhere in a file.
     *
     * @param offset where the next byte stands in the file, in bytes, >= 0
     * @param fragment index of the next fragment when that is in the middle of a long line, else 0
     * @throws IllegalArgumentException when one is negative
     */
    public LineSplitter(long offset, int fragment) {
        if (offset < 0 || fragment < 0) {
            throw new IllegalArgumentException("offset " + offset + " or fragment " + fragment + " is negative");
        }
        this.pieceStart = offset;
        this.fragment = fragment;
    }

    /** Where the next byte to be fed stands in the file. */
    public long position() {
        return pieceStart + carried;
    }

    /** How many bytes of an unfinished line are held back, 0 to {@value #LONGEST_PIECE}. */
    public int held() {
        return carried;
    }

    /** Lets go of the room for an unfinished line when there is none. */
    public void rest() {
        if (carried == 0) {
            carry = NOTHING;
        }
    }

    /** Whether the next byte begins a line. */
    public boolean isAtLineStart() {
        return carried == 0 && fragment == 0;
    }

    /**
     * Takes the file's next bytes and hands on the pieces that they complete, as long as they are taken; answers where the first byte
     * stands that it did not take, which is to be fed again.
     */
    public int feed(byte[] bytes, int from, int to, PieceSink sink) {
        int at = from;
        while (at < to && sink.takesMore()) {
            int bound = Math.min(to, at + LONGEST_PIECE - carried);
            int lf = lineFeed(bytes, at, bound);
            if (lf < bound) {
                emit(bytes, at, lf, true, sink);
                at = lf + 1;
            } else if (bound == to) {
                keep(bytes, at, to);
                at = to;
            } else {
                // The piece is full: a LF right here still ends it, anything else makes it a fragment.
                boolean last = bytes[bound] == '\n';
                emit(bytes, at, bound, last, sink);
                at = last ? bound + 1 : bound;
            }
        }
        return at;
    }

    /** Hands on what is held back as a last line without its LF; for the end of an input that will not grow any more. */
    public void finish(PieceSink sink) {
        if (carried > 0) {
            long end = position();
            sink.piece(carry, 0, carried, pieceStart, end, fragment, true);
            pieceStart = end;
            carried = 0;
            fragment = 0;
        }
    }

    private static int lineFeed(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return to;
    }

    private void emit(byte[] bytes, int from, int to, boolean last, PieceSink sink) {
        int length = carried + to - from;
        long end = pieceStart + length + (last ? 1 : 0);
        if (carried == 0) {
            sink.piece(bytes, from, to, pieceStart, end, fragment, last);
        } else {
            keep(bytes, from, to);
            sink.piece(carry, 0, length, pieceStart, end, fragment, last);
        }
        carried = 0;
        pieceStart = end;
        fragment = last ? 0 : fragment + 1;
    }

    private void keep(byte[] bytes, int from, int to) {
        int length = to - from;
        if (carried + length > carry.length) {
            int size = Math.min(LONGEST_PIECE, Math.max(carry.length * 2, carried + length));
            carry = Arrays.copyOf(carry, size);
        }
        System.arraycopy(bytes, from, carry, carried, length);
        carried += length;
    }
}
