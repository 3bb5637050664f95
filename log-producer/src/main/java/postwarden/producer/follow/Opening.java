package postwarden.producer.follow;

import java.io.IOException;
import java.util.Optional;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Progress;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.file.Family;
import postwarden.producer.file.FileId;
import postwarden.producer.file.LineSplitter;
import postwarden.producer.file.Print;

/**
 * Gives the content of an open file its identity, and the stream of its lines what the file's beginning says of all of them.
 *
 * @param source which names the file
 * @param registry of what is known
 * @param reading what all inputs share
 * @param content the open file
 */
record Opening(Source source, Registry registry, Reading reading, Content content) {
    /** How much of a file is read to learn its columns, in bytes; Exchange's five headings have about 800. */
    private static final int TOP = 4_096;

    /**
     * What is to be known of a new content from now on; empty as long as it has no first line.
     *
     * @param stat how it was seen last
     * @param path where it stands; empty when no watched path leads to it any more
     * @param ended whether what is there is all that there will be, so that half a line is one
     */
    Optional<FileState> identity(Stat stat, String path, boolean ended) throws IOException {
        byte[] bytes = new byte[Print.PREFIX];
        int count = content.read(bytes, bytes.length, 0);
        Print print = Print.ofBeginning(bytes, count);
        Print beginning = ended && print.length() == 0 ? Print.of(0, bytes, 0, count) : print;
        if (beginning.length() == 0) {
            return Optional.empty();
        }
        String family = stat.family();
        String id = FileId.of(family, beginning, registry.turns(family, beginning));
        content.beginsWith(beginning);
        return Optional.of(new FileState(
                id,
                family,
                path,
                stat.key(),
                beginning,
                content.position(),
                0,
                content.mark(),
                stat.modifiedMillis(),
                reading.clock().millis()));
    }

    /** The lines of a content from where reading goes on; from now on it is known. */
    LineStream lines(Stat stat, FileState state) throws IOException {
        Progress progress = registry.track(state);
        LineStream stream = new LineStream(source, stat.path().toString(), state.fileId(), progress, reading);
        // How long a packed file is, is known at its end; nothing is added to it.
        stream.freshFrom(progress.freshFrom(Family.isCompressed(stat.name()) ? Long.MAX_VALUE : content.size()));
        byte[] top = new byte[TOP];
        stream.top(top, content.read(top, TOP, 0));
        String peeked = source.host().fixed().isEmpty() ? FirstHost.of(source, content, reading) : "";
        if (!peeked.isEmpty() && reading.roster().meet(source, peeked)) {
            stream.firstHost(peeked);
        }
        return stream;
    }

    /** A line of which an earlier run sent fragments: what is a secret in the rest is told by its beginning. */
    void readAgain(LineStream stream, FileState state) throws IOException {
        byte[] piece = new byte[state.fragment() > 0 ? LineSplitter.LONGEST_PIECE : 0];
        long begin = state.offset() - (long) state.fragment() * piece.length;
        for (int fragment = 0; fragment < state.fragment(); fragment++) {
            int count = content.read(piece, piece.length, Math.max(0, begin + (long) fragment * piece.length));
            stream.sentBefore(piece, count, fragment);
        }
    }

    /** Makes the host known that the first line with a header names. */
    void peek() throws IOException {
        String fixed = source.host().fixed();
        String host = fixed.isEmpty() ? FirstHost.of(source, content, reading) : fixed;
        if (!host.isEmpty()) {
            reading.roster().meet(source, host);
        }
    }
}
