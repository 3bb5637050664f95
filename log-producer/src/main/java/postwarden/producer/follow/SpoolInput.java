package postwarden.producer.follow;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Progress;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.file.FileId;
import postwarden.producer.file.FileKey;
import postwarden.producer.file.LineSplitter;
import postwarden.producer.file.Print;
import postwarden.producer.receive.ReceiveMetrics;
import postwarden.producer.receive.Receiver;
import postwarden.producer.receive.Segment;
import postwarden.producer.receive.Spool;

/**
 * Lines that came over TCP or TLS, out of the spool that they were written to: file after file in their order, each only as far as the
 * disk has confirmed it. A file that is acknowledged to its end is deleted as soon as there is another one.
 */
final class SpoolInput implements Input {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolInput.class);
    private static final FileKey NO_FILE = new FileKey(0, 0);
    /** Stands in a checkpoint where a log file has nothing. */
    private static final String PLACE = "spool";

    private static final long RETRY_MILLIS = 1_000;

    private final Source source;
    private final Feed.Syslog feed;
    private final Registry registry;
    private final boolean once;
    private final Reading reading;
    private final byte[] chunk;
    private final Spool spool;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Set<Long> opened = new HashSet<>();

    private @Nullable Receiver receiver;
    private long triedMillis = Long.MIN_VALUE / 2;
    private String saidListening = "";
    private String saidReading = "";

    /** One file of the spool that is being read. */
    private static final class Part {
        private final Segment segment;
        private final String id;
        private final Progress progress;
        private final LineStream lines;
        private final Bytes bytes;
        private long position;

        Part(Segment segment, String id, Progress progress, LineStream lines, Bytes bytes) {
            this.segment = segment;
            this.id = id;
            this.progress = progress;
            this.lines = lines;
            this.bytes = bytes;
            position = progress.sent().offset();
        }

        boolean isSent(long size) {
            return position == size && progress.acknowledged().offset() == size;
        }
    }

    /**
     * An input that listens when it is told to begin.
     *
     * @throws IOException when the spool cannot be opened
     */
    SpoolInput(Source source, Feed.Syslog feed, Registry registry, boolean once, int chunk, Reading reading)
            throws IOException {
        this.source = source;
        this.feed = feed;
        this.registry = registry;
        this.once = once;
        this.reading = reading;
        this.chunk = new byte[chunk];
        spool = Spool.open(feed.spool(), feed.params(), receiveMetrics(), reading.clock());
    }

    @Override
    public Source source() {
        return source;
    }

    @Override
    public void begin() {
        listen();
    }

    @Override
    public boolean step() {
        listen();
        try {
            open();
            parts.forEach(this::remember);
            boolean read = false;
            for (Part part : parts) {
                read = read(part);
                if (read || part.position < spool.durable(part.segment)) {
                    // Its rest first: lines of one sender stand in several files, in their order.
                    break;
                }
            }
            clear();
            saidReading = "";
            return read;
        } catch (IOException e) {
            saidReading = say(String.valueOf(e.getMessage()), saidReading);
            return false;
        }
    }

    @Override
    public List<OpenFile> files() {
        return parts.stream()
                .map(part -> new OpenFile(
                        part.id, part.segment.path(), NO_FILE, spool.durable(part.segment), part.position, false))
                .toList();
    }

    @Override
    public boolean ended() {
        return once && readToItsEnd();
    }

    @Override
    public boolean readToItsEnd() {
        return spool.isWritten()
                && spool.segments().size() == parts.size()
                && parts.stream().allMatch(part -> part.position == spool.durable(part.segment));
    }

    @Override
    public void close() {
        if (receiver != null) {
            receiver.close();
        }
        spool.close();
        parts.forEach(this::close);
    }

    /** Another program may have the port when this one starts; it is tried again. */
    private void listen() {
        long now = reading.clock().millis();
        if (once || receiver != null || Math.abs(now - triedMillis) < RETRY_MILLIS) {
            return;
        }
        triedMillis = now;
        try {
            receiver = Receiver.start(feed.params(), spool, receiveMetrics());
        } catch (IOException e) {
            saidListening = say(String.valueOf(e.getMessage()), saidListening);
        }
    }

    private void open() throws IOException {
        for (Segment segment : spool.segments()) {
            if (opened.add(segment.number())) {
                parts.add(part(segment));
            }
        }
    }

    private Part part(Segment segment) throws IOException {
        String id = FileId.of(PLACE + '\n' + segment.name(), Print.NOTHING, 0);
        FileState state = registry.acknowledged(id).orElseGet(() -> begun(segment, id));
        Progress progress = registry.track(state);
        LineStream lines = new LineStream(source, source.path(), id, progress, reading);
        Bytes bytes = PlainBytes.open(Stat.of(segment.path(), false));
        sentBefore(lines, bytes, state);
        return new Part(segment, id, progress, lines, bytes);
    }

    private FileState begun(Segment segment, String id) {
        String path = String.valueOf(segment.path());
        long now = reading.clock().millis();
        return new FileState(id, path, path, NO_FILE, Print.NOTHING, 0, 0, Print.NOTHING, 0, now, PLACE);
    }

    /** Of a line of which an earlier run sent fragments, what is a secret in the rest is told by its beginning. */
    private static void sentBefore(LineStream lines, Bytes bytes, FileState state) throws IOException {
        byte[] piece = new byte[state.fragment() > 0 ? LineSplitter.LONGEST_PIECE : 0];
        long begin = state.offset() - (long) state.fragment() * piece.length;
        for (int fragment = 0; fragment < state.fragment(); fragment++) {
            int count = bytes.read(piece, piece.length, begin + (long) fragment * piece.length);
            lines.sentBefore(piece, count, fragment);
        }
    }

    private boolean read(Part part) throws IOException {
        long at = part.position;
        int most = (int) Math.min(chunk.length, spool.durable(part.segment) - at);
        int count = most <= 0 ? 0 : part.bytes.read(chunk, most, at);
        if (count > 0) {
            part.position = at + part.lines.feed(chunk, count);
        } else if (most > 0) {
            throw new IOException(part.segment.path() + ": ends before its size");
        }
        return part.position > at;
    }

    /** Keeps the checkpoint from forgetting a file that is quiet for long. */
    private void remember(Part part) {
        long now = reading.clock().millis();
        registry.update(part.id, state -> state.seen(state.path(), state.key(), 0, now));
    }

    /** Deletes what Kafka has, but for the last file: that one is still written to. */
    private void clear() throws IOException {
        while (parts.size() > 1 && parts.getFirst().isSent(spool.durable(parts.getFirst().segment))) {
            Part sent = parts.getFirst();
            spool.remove(sent.segment);
            parts.removeFirst();
            close(sent);
            opened.remove(sent.segment.number());
            registry.forget(sent.id);
        }
    }

    private void close(Part part) {
        try {
            part.bytes.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", part.segment.path(), e.getMessage());
        }
    }

    private ReceiveMetrics receiveMetrics() {
        return reading.metrics().receive();
    }

    /** Each trouble is said once, and again when it changes. */
    private String say(String what, String before) {
        if (!what.equals(before)) {
            LOG.warn("{}: {}; trying again", source.path(), what);
        }
        return what;
    }
}
