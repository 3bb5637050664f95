package postwarden.producer.follow;

import java.io.IOException;
import java.util.Arrays;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.file.Family;
import postwarden.producer.file.Print;

/** The bytes of one open file, how far they are read, and whether they are still those that were read. */
final class Content implements AutoCloseable {
    /** Of an offset, those that a compressed file states. */
    private static final long LOW_BITS = 0xFFFF_FFFFL;
    /** How much of two files' ends is compared, in bytes: hundreds of lines, whose stamps no other content has. */
    private static final int COMPARED = 65_536;

    private final Bytes bytes;
    private long position;
    private byte[] mark = {};
    private Print beginning = Print.NOTHING;

    private Content(Bytes bytes) {
        this.bytes = bytes;
    }

    static Content open(Stat stat) throws IOException {
        return new Content(Bytes.open(stat));
    }

    /** Bytes that somebody else opened. */
    static Content of(Bytes bytes) {
        return new Content(bytes);
    }

    /** The same open file from its first byte, as a content of which nothing is known. */
    Content anew() {
        return new Content(bytes);
    }

    /** Whether a file holds a known content, at least up to the state's offset. */
    static boolean holds(Stat stat, FileState state) throws IOException {
        boolean packed = Family.isCompressed(stat.name());
        if ((!packed && stat.size() < state.offset()) || state.beginning().length() == 0) {
            return false;
        }
        try (Content content = open(stat)) {
            if (packed) {
                return content.matches(state.beginning()) && content.holdsPacked(stat, state);
            }
            return content.matches(state.beginning())
                    && content.matches(state.mark())
                    && (isInItsPlace(stat, state)
                            || stat.size() == state.offset()
                            || content.beginsWithWhole(state.beginning()));
        }
    }

    /**
     * Whether a file stands where the content stood. With the number of a file that is gone it does not: packing makes a file of its own,
     * unpacking another, and what was rotated away does not come back as the log. Nor does a file that was made after the content was
     * changed last: it only got its number.
     */
    private static boolean isInItsPlace(Stat stat, FileState state) {
        boolean returned = !stat.isRotated() && !state.path().equals(state.family());
        return stat.key().equals(state.key())
                && Family.isCompressed(stat.name()) == Family.isCompressed(state.path())
                && !returned
                && stat.bornMillis() <= state.modifiedMillis();
    }

    /** Whether a file begins as a known content does, and ends before that was read to. */
    static boolean beginsAlike(Stat stat, FileState state) throws IOException {
        if (state.beginning().length() == 0 || wholeSize(stat) >= state.offset()) {
            return false;
        }
        try (Content content = open(stat)) {
            return content.matches(state.beginning());
        }
    }

    /** Whether another file's last bytes stand here too, at the same place. */
    boolean holdsEndOf(Stat other) throws IOException {
        long end = wholeSize(other);
        long from = Math.max(0, end - COMPARED);
        byte[] theirs = new byte[(int) (end - from)];
        byte[] ours = new byte[theirs.length];
        try (Content content = open(other)) {
            int count = content.read(theirs, theirs.length, from);
            return count == read(ours, ours.length, from) && Arrays.equals(ours, theirs);
        }
    }

    /** In bytes; of a packed file as it says itself, which is right below 4 GiB. */
    private static long wholeSize(Stat stat) throws IOException {
        return Family.isCompressed(stat.name()) ? Unpacked.statedSize(stat.path()) : stat.size();
    }

    /** Whether all of it was read, which its size says, or it has the mark too, up to which it must be unpacked. */
    private boolean holdsPacked(Stat stat, FileState state) throws IOException {
        long size = Unpacked.statedSize(stat.path());
        boolean same =
                isInItsPlace(stat, state) || size == state.beginning().length() || beginsWithWhole(state.beginning());
        return size == (state.offset() & LOW_BITS) || (same && matches(state.mark()));
    }

    /** Whether a file that holds a content has more of it than the state's offset. */
    static boolean hasMore(Stat stat, FileState state) throws IOException {
        return Family.isCompressed(stat.name())
                ? Unpacked.statedSize(stat.path()) != (state.offset() & LOW_BITS)
                : stat.size() > state.offset();
    }

    /**
     * Whether a beginning ends with its line. One that was cut in the middle, as the only bytes of a file that was rotated away, may be
     * the beginning of another file too: of any that was begun in the same hour, if no more than half a stamp was written.
     */
    private boolean beginsWithWhole(Print print) throws IOException {
        byte[] last = new byte[1];
        return print.length() == Print.PREFIX || (read(last, 1, print.length() - 1L) == 1 && last[0] == '\n');
    }

    /** First byte that was not read. */
    long position() {
        return position;
    }

    long size() throws IOException {
        return bytes.size();
    }

    /** What the file began with when it got its identity; {@link Print#NOTHING} before. */
    Print beginning() {
        return beginning;
    }

    void beginsWith(Print print) {
        beginning = print;
    }

    /** Print of the bytes in front of the position. */
    Print mark() {
        return Print.of(position - mark.length, mark, 0, mark.length);
    }

    /** Goes to the start of a line. */
    void seek(long offset) throws IOException {
        byte[] before = new byte[(int) Math.min(Print.MARK, offset)];
        read(before, before.length, offset - before.length);
        mark = before;
        position = offset;
    }

    /** Goes behind the file's last whole line. */
    void seekEnd() throws IOException {
        seek(LastLine.end(bytes));
    }

    /** Reads on; answers how many bytes were left, at most the array's length. */
    int next(byte[] into) throws IOException {
        int count = ahead(into);
        passed(into, count);
        return count;
    }

    /** Reads what comes next and stays where it is; answers how many bytes were left, at most the array's length. */
    int ahead(byte[] into) throws IOException {
        return read(into, into.length, position);
    }

    /** Goes behind so many of the bytes that were read ahead. */
    void passed(byte[] ahead, int count) {
        byte[] both = Arrays.copyOf(mark, mark.length + Math.min(count, Print.MARK));
        int fresh = both.length - mark.length;
        System.arraycopy(ahead, count - fresh, both, mark.length, fresh);
        mark = Arrays.copyOfRange(both, Math.max(0, both.length - Print.MARK), both.length);
        position += count;
    }

    /** Reads from a place, whatever the position; answers how many bytes there were. */
    int read(byte[] into, int length, long from) throws IOException {
        return bytes.read(into, length, from);
    }

    /**
     * Whether the bytes in front of the position and the file's beginning are still there. Both are asked: lines of a log end alike, so
     * the few bytes in front of a position may well be the same in another content.
     */
    boolean holds() throws IOException {
        byte[] now = new byte[mark.length];
        int count = read(now, now.length, position - mark.length);
        return count == mark.length && Arrays.equals(now, mark) && matches(beginning);
    }

    private boolean matches(Print print) throws IOException {
        byte[] now = new byte[print.length()];
        return print.matches(now, read(now, now.length, print.from()));
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
