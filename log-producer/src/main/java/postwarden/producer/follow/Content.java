package postwarden.producer.follow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.file.Print;

/** The bytes of one open file, how far they are read, and whether they are still those that were read. */
final class Content implements AutoCloseable {
    private final FileChannel channel;
    private long position;
    private byte[] mark = {};
    private Print beginning = Print.NOTHING;

    private Content(FileChannel channel) {
        this.channel = channel;
    }

    static Content open(Stat stat) throws IOException {
        return new Content(FileChannel.open(stat.path(), StandardOpenOption.READ));
    }

    /** The same open file from its first byte, as a content of which nothing is known. */
    Content anew() {
        return new Content(channel);
    }

    /** Whether a file holds a known content, at least up to the state's offset. */
    static boolean holds(Stat stat, FileState state) throws IOException {
        if (stat.size() < state.offset() || state.beginning().length() == 0) {
            return false;
        }
        try (Content content = open(stat)) {
            return content.matches(state.beginning())
                    && content.matches(state.mark())
                    && (stat.key().equals(state.key())
                            || stat.size() == state.offset()
                            || content.beginsWithWhole(state.beginning()));
        }
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
        return channel.size();
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
        seek(LastLine.end(channel));
    }

    /** Reads on; answers how many bytes were left, at most the array's length. */
    int next(byte[] into) throws IOException {
        int count = read(into, into.length, position);
        byte[] both = Arrays.copyOf(mark, mark.length + Math.min(count, Print.MARK));
        int fresh = both.length - mark.length;
        System.arraycopy(into, count - fresh, both, mark.length, fresh);
        mark = Arrays.copyOfRange(both, Math.max(0, both.length - Print.MARK), both.length);
        position += count;
        return count;
    }

    /** Reads from a place, whatever the position; answers how many bytes there were. */
    int read(byte[] into, int length, long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        int count = 0;
        while (buffer.hasRemaining() && count >= 0) {
            count = channel.read(buffer, from + buffer.position());
        }
        return buffer.position();
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
        channel.close();
    }
}
