package postwarden.producer.checkpoint;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import postwarden.producer.file.Print;

/**
 * How far one file has been sent, and how far it is acknowledged without a hole. Acknowledgements may come in any order and from any
 * thread; the acknowledged position moves only over pieces in front of which nothing is missing.
 */
public final class Progress {
    /** Of most files at most one piece is ever on its way, and the default has room for sixteen. */
    private final ArrayDeque<Piece> inFlight = new ArrayDeque<>(1);

    private Piece tip;
    private Piece acknowledged;
    private final Runnable moved;

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

    /**
     * Notes the next piece of the file; to be called in the file's order.
     *
     * @param endOffset first byte behind it and its LF
     * @param text its bytes without the LF; kept until it is acknowledged
     * @param fragment its index in its line
     * @param last whether the line ends with it
     * @param terminated whether a LF follows it
     * @return to be run once it is acknowledged
     */
    public synchronized Runnable sent(long endOffset, byte[] text, int fragment, boolean last, boolean terminated) {
        Piece piece = new Piece(endOffset, last ? 0 : fragment + 1, text, terminated);
        inFlight.add(piece);
        tip = piece;
        return () -> acknowledge(piece);
    }

    /**
     * Notes the next piece of an input that goes on by words of its own; to be called in the input's order.
     *
     * @param behind where reading goes on once it is acknowledged: in front of it, when it is a part of something that is only read whole
     * @return to be run once it is acknowledged
     */
    public synchronized Runnable sent(Position behind) {
        Piece piece = new Piece(behind);
        inFlight.add(piece);
        tip = piece;
        return () -> acknowledge(piece);
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
        boolean some = !inFlight.isEmpty() && inFlight.getFirst().done;
        while (!inFlight.isEmpty() && inFlight.getFirst().done) {
            acknowledged = inFlight.removeFirst();
        }
        if (some) {
            moved.run();
        }
    }

    /** One piece on its way; it makes its print only when somebody asks for the position behind it. */
    private static final class Piece {
        private static final byte[] NO_TEXT = {};

        private final long end;
        private final int nextFragment;
        /** Let go of once the print is made: the last piece of each file stays for as long as the file is open. */
        private byte[] text;

        private final boolean terminated;
        private final Print mark;
        private final String place;
        private boolean done;
        /** Asked for once a second, and most files stand still. */
        private @Nullable Position position;

        Piece(Position start) {
            this(start.offset(), start.fragment(), NO_TEXT, false, start.mark(), start.place());
        }

        Piece(long end, int nextFragment, byte[] text, boolean terminated) {
            this(end, nextFragment, text, terminated, Print.NOTHING, "");
        }

        private Piece(long end, int nextFragment, byte[] text, boolean terminated, Print mark, String place) {
            this.end = end;
            this.nextFragment = nextFragment;
            this.text = text;
            this.terminated = terminated;
            this.mark = mark;
            this.place = place;
        }

        Position position() {
            if (position == null) {
                position = made();
                text = NO_TEXT;
            }
            return position;
        }

        private Position made() {
            int feed = terminated ? 1 : 0;
            int kept = Math.min(text.length, Print.MARK - feed);
            if (kept + feed == 0) {
                return new Position(end, nextFragment, mark, place);
            }
            byte[] bytes = Arrays.copyOfRange(text, text.length - kept, text.length + feed);
            if (terminated) {
                bytes[kept] = '\n';
            }
            return new Position(end, nextFragment, Print.of(end - bytes.length, bytes, 0, bytes.length));
        }
    }
}
