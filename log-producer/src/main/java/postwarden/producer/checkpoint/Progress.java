package postwarden.producer.checkpoint;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import postwarden.producer.file.Print;

/**
 * How far one file has been sent, and how far it is acknowledged without a hole. Acknowledgements may come in any order and from any
 * thread; the acknowledged position moves only over pieces in front of which nothing is missing.
 */
public final class Progress {
    private static final byte[] NO_TEXT = {};
    private static final long UNDECIDED = -1;

    /** What is on its way: from behind the last piece in front of which nothing is missing to the last one that was sent. */
    private Piece acknowledged;

    private Piece tip;
    private final Runnable moved;
    /** Negative until the file was opened for the first time. */
    private long freshFrom = UNDECIDED;

    /** Begins at a place, all in front of which is acknowledged. */
    public Progress(Position start) {
        this(start, () -> {});
    }

    /** @param moved run whenever the acknowledged position has moved; quick, and safe from any thread */
    Progress(Position start, Runnable moved) {
        this.moved = moved;
        tip = new Piece(start);
        acknowledged = tip;
    }

    /** Notes that nothing behind where it begins was ever sent. */
    Progress exact() {
        freshFrom = acknowledged.end;
        return this;
    }

    /** Whether all that may ever have been sent is acknowledged, when nothing is on its way. */
    synchronized boolean isExact() {
        return freshFrom != UNDECIDED && acknowledged.end >= freshFrom;
    }

    /**
     * The place behind which nothing was ever sent. Earlier runs have sent no more than there was, so what comes behind the size at which
     * this run met the file is new; what was decided first stays.
     *
     * @param size of the file now, in bytes
     */
    public synchronized long freshFrom(long size) {
        if (freshFrom == UNDECIDED) {
            freshFrom = size;
        }
        return freshFrom;
    }

    /**
     * Notes the next piece of the file; to be called in the file's order.
     *
     * @param endOffset first byte behind it and its LF
     * @param tail its bytes without the LF, of more than {@value Print#MARK} the last so many; kept until it is acknowledged
     * @param fragment its index in its line
     * @param last whether the line ends with it
     * @param terminated whether a LF follows it
     * @return to be run once it is acknowledged
     */
    public synchronized Runnable sent(long endOffset, byte[] tail, int fragment, boolean last, boolean terminated) {
        Piece piece = new Piece(endOffset, last ? 0 : fragment + 1, tail, terminated);
        tip.next = piece;
        tip = piece;
        return piece;
    }

    /**
     * Notes the next piece of an input that goes on by words of its own; to be called in the input's order.
     *
     * @param behind where reading goes on once it is acknowledged: in front of it, when it is a part of something that is only read whole
     * @return to be run once it is acknowledged
     */
    public synchronized Runnable sent(Position behind) {
        Piece piece = new Piece(behind);
        tip.next = piece;
        tip = piece;
        return piece;
    }

    /** The place in front of which everything is acknowledged. */
    public synchronized Position acknowledged() {
        return acknowledged.position();
    }

    /** The first byte that is not acknowledged. */
    synchronized long acknowledgedOffset() {
        return acknowledged.end;
    }

    /** The place behind the last piece that was sent. */
    public synchronized Position sent() {
        return tip.position();
    }

    private synchronized void acknowledge(Piece piece) {
        piece.done = true;
        Piece before = acknowledged;
        while (acknowledged.next != null && acknowledged.next.done) {
            Piece passed = acknowledged;
            acknowledged = acknowledged.next;
            // Or a piece that is old and dead would keep those behind it for as long as the old are not collected.
            passed.next = null;
        }
        if (acknowledged != before) {
            moved.run();
        }
    }

    /** One piece on its way, to be run once it is acknowledged; it makes its print only when somebody asks for the position behind it. */
    private final class Piece implements Runnable {
        private final long end;
        private final int nextFragment;
        private final boolean terminated;
        /** Let go of once the print is made: the last piece of each file stays for as long as the file is open. */
        private byte[] tail;

        private boolean done;
        private @Nullable Piece next;
        /** Asked for once a second, and most files stand still. */
        private @Nullable Position position;

        Piece(Position start) {
            this(start.offset(), start.fragment(), NO_TEXT, false);
            position = start;
        }

        Piece(long end, int nextFragment, byte[] tail, boolean terminated) {
            this.end = end;
            this.nextFragment = nextFragment;
            this.tail = tail;
            this.terminated = terminated;
        }

        @Override
        public void run() {
            acknowledge(this);
        }

        Position position() {
            if (position == null) {
                position = made();
                tail = NO_TEXT;
            }
            return position;
        }

        private Position made() {
            int feed = terminated ? 1 : 0;
            int kept = Math.min(tail.length, Print.MARK - feed);
            if (kept + feed == 0) {
                return new Position(end, nextFragment, Print.NOTHING);
            }
            byte[] bytes = Arrays.copyOfRange(tail, tail.length - kept, tail.length + feed);
            if (terminated) {
                bytes[kept] = '\n';
            }
            return new Position(end, nextFragment, Print.of(end - bytes.length, bytes, 0, bytes.length));
        }
    }
}
