package postwarden.producer.follow;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.file.Change;
import postwarden.producer.file.Family;
import postwarden.producer.file.FileKey;
import postwarden.producer.file.Look;
import postwarden.producer.file.Print;

/**
 * One open file that is read from a position on. It gets its identity when its first line is complete, and sends nothing before.
 */
final class Tail implements AutoCloseable {
    private final Source source;
    private final Registry registry;
    private final Reading reading;
    private final LentBytes bytes;
    private final Content content;

    private Stat stat;
    private String fileId = "";
    private @Nullable LineStream lines;
    /** What was shown last: of files at rest nothing is made anew. */
    private OpenFile shown;

    private long leftSinceMillis = -1;
    private long idleSinceMillis;
    private boolean idle;
    /** Whether there is more to read than there was room for. */
    private boolean held;

    private Tail(Source source, Stat stat, Registry registry, Reading reading, LentBytes bytes, Content content) {
        this.source = source;
        this.stat = stat;
        this.registry = registry;
        this.reading = reading;
        this.bytes = bytes;
        this.content = content;
        this.shown = new OpenFile(fileId, stat.path(), stat.key(), stat.size(), content.position(), false);
    }

    /** Opens a file that is new, at a position that is the start of a line. */
    static Tail begin(Source source, Stat stat, boolean atEnd, Registry registry, Reading reading) throws IOException {
        Tail tail = open(source, stat, registry, reading);
        if (atEnd) {
            tail.content.seekEnd();
        }
        // At once, and not with the first line that Kafka takes: a checkpoint must know the file while brokers are
        // away.
        tail.identify(false);
        return tail;
    }

    /** Opens a file whose content is known, where reading goes on. */
    static Tail resume(Source source, Stat stat, FileState state, Registry registry, Reading reading)
            throws IOException {
        Tail tail = open(source, stat, registry, reading);
        tail.content.seek(state.offset());
        tail.content.beginsWith(state.beginning());
        tail.resume(state);
        return tail;
    }

    /** The same open file from its first byte, as a new content, wherever the file stands now; this tail is only good to be asked. */
    Tail anew() throws IOException {
        Tail tail = new Tail(source, stat, registry, reading, bytes, content.anew());
        tail.leftSinceMillis = leftSinceMillis;
        tail.identify(false);
        return tail;
    }

    /** The same open file as another source says, from behind what was sent of it; this tail is only good to be asked. */
    Tail under(Source other) throws IOException {
        Tail tail = new Tail(other, stat, registry, reading, bytes, content);
        tail.leftSinceMillis = leftSinceMillis;
        Optional<FileState> state = lines == null ? Optional.empty() : registry.sent(fileId);
        if (state.isPresent()) {
            content.seek(state.get().offset());
            tail.resume(state.get());
        }
        return tail;
    }

    private static Tail open(Source source, Stat stat, Registry registry, Reading reading) throws IOException {
        LentBytes bytes = reading.descriptors().open(stat);
        return new Tail(source, stat, registry, reading, bytes, Content.of(bytes));
    }

    /** What a step found. */
    enum Step {
        READ,
        NOTHING,
        /** There is more, and no room for it. */
        HELD,
        REWRITTEN
    }

    Source source() {
        return source;
    }

    Stat stat() {
        return stat;
    }

    String fileId() {
        return fileId;
    }

    LentBytes bytes() {
        return bytes;
    }

    long position() {
        return content.position();
    }

    /** How it is now, for others to see; of a packed file, as far as it is unpacked. */
    OpenFile asOpenFile() {
        boolean growing = !isLeft() && !Family.isCompressed(stat.name());
        OpenFile now = new OpenFile(
                fileId, stat.path(), stat.key(), growing ? stat.size() : sizeOr(stat.size()), position(), growing);
        if (!now.equals(shown)) {
            shown = now;
        }
        return shown;
    }

    private long sizeOr(long otherwise) {
        try {
            return content.size();
        } catch (IOException unknown) {
            return otherwise;
        }
    }

    /** Whether the last step found nothing more to read. */
    boolean isIdle() {
        return idle;
    }

    /**
     * Whether the bell rings for what is written to it: a name in its folder leads to it, and no other does. What is deleted, or stands
     * behind a link, is asked for.
     */
    boolean isHeard(Bell bell) {
        return !isLeft()
                && stat.single()
                && !stat.links()
                && bell.hears(stat.path().resolveSibling(""));
    }

    /** Reads the next stretch, if there is one. */
    Step step(byte[] chunk) throws IOException {
        Step step = isHeld() ? Step.HELD : next(chunk);
        held = step == Step.HELD;
        if (step != Step.NOTHING || !idle) {
            idleSinceMillis = reading.clock().millis();
        }
        idle = step == Step.NOTHING;
        return step;
    }

    /** For how long nothing was added, in milliseconds; 0 while there is something to read. */
    long quietMillis() {
        return idle ? Math.abs(reading.clock().millis() - idleSinceMillis) : 0;
    }

    private Step next(byte[] chunk) throws IOException {
        long size = content.size();
        if (size == position()) {
            return Step.NOTHING;
        }
        boolean parked = bytes.isParked();
        if (change(stat.key(), size, content.holds()) == Change.REWRITTEN) {
            // While nobody held it, another file may have got its number: a look tells the two apart.
            return parked && bytes.park() ? Step.NOTHING : Step.REWRITTEN;
        }
        LineStream stream = lines == null ? identify(false) : lines;
        if (stream == null) {
            return Step.NOTHING;
        }
        if (!stream.takesMore()) {
            return Step.HELD;
        }
        int taken = stream.feed(chunk, content.ahead(chunk));
        content.passed(chunk, taken);
        if (position() == size) {
            stream.rest();
        }
        return Step.READ;
    }

    /** A file that waits is only asked again when there is room: it is awake all the time. */
    private boolean isHeld() {
        return held && lines != null && !lines.takesMore();
    }

    /** What has become of the file, by a fresh look at its path; empty when nothing stands there. */
    Change look(Optional<Stat> now) throws IOException {
        if (now.isEmpty() || !now.get().key().equals(stat.key())) {
            // Somebody may have written another content to it before it went; nothing but its bytes would tell.
            boolean same = bytes.isParked() || content.holds();
            Change rest = change(stat.key(), content.size(), same);
            return rest == Change.REWRITTEN
                    ? rest
                    : Change.between(stat.key(), position(), now.map(other -> new Look(other.key(), 0, true, true)));
        }
        Stat fresh = now.get();
        boolean touched = fresh.modifiedMillis() != stat.modifiedMillis();
        // Of a parked one this was asked just now, of whatever stands there.
        boolean same = !touched || bytes.isParked() || content.holds();
        seen(fresh);
        return change(fresh.key(), fresh.size(), same);
    }

    private Change change(FileKey key, long size, boolean same) {
        return Change.between(stat.key(), position(), Optional.of(new Look(key, size, same, same)));
    }

    /** Whether another file's last bytes stand in this one too, at the same place. */
    boolean holdsEndOf(Stat other) throws IOException {
        return content.holdsEndOf(other);
    }

    /** Notes where the file stands now. */
    void seen(Stat fresh) {
        Stat now = fresh.after(stat);
        stat = now;
        bytes.standsAt(now);
        leftSinceMillis = -1;
        if (lines != null) {
            lines.renamed(now.path().toString());
            registry.update(
                    fileId,
                    state -> state.seen(
                            now.path().toString(),
                            now.key(),
                            now.modifiedMillis(),
                            reading.clock().millis()));
        }
    }

    /** Whether no watched path led here at the last look. */
    boolean isLeft() {
        return leftSinceMillis >= 0;
    }

    /** Notes that no watched path leads here any more; answers for how long, in milliseconds. */
    long leftForMillis() {
        long now = reading.clock().millis();
        if (leftSinceMillis < 0) {
            leftSinceMillis = now;
        }
        return Math.abs(now - leftSinceMillis);
    }

    /** Gives the file its identity when its first line is whole, before others are compared with it. */
    void identify() throws IOException {
        if (lines == null) {
            identify(false);
        }
    }

    /**
     * Gives the file its identity from what is there, even if that is no whole line: it has been rotated, so the checkpoint must know
     * it before newer generations make it look old.
     */
    void identifyNow() throws IOException {
        if (lines == null) {
            identify(true);
        }
    }

    /** The file will not grow any more: a last line without its LF is a line. */
    void finish() throws IOException {
        LineStream stream = lines == null ? identify(true) : lines;
        if (stream != null) {
            byte[] rest = new byte[Print.PREFIX];
            // A parked file is not opened only to see that nothing more is in it.
            int count = content.size() == position() ? 0 : content.next(rest);
            while (count > 0) {
                stream.feedAll(rest, count);
                count = content.next(rest);
            }
            stream.finish();
        }
    }

    /** Says that bytes were gone before they were read, and why; the file need not be open any more. */
    void lost(String why) {
        lost(position(), why);
    }

    /** Says the same of all up to a place. */
    void lost(long end, String why) {
        if (lines != null) {
            String held = lines.held() > 0 ? " (" + lines.held() + " bytes of an unfinished line among them)" : "";
            lines.lost(position() - lines.held(), end, why + held);
        }
    }

    /** Learns from the first line with a header which host writes the file, so that it is known before its lines come. */
    void peek() throws IOException {
        opening().peek();
    }

    private Opening opening() {
        return new Opening(source, registry, reading, content);
    }

    private void resume(FileState state) throws IOException {
        LineStream stream = identified(state);
        seen(stat);
        opening().readAgain(stream, state);
    }

    private @Nullable LineStream identify(boolean ended) throws IOException {
        if (content.size() == 0) {
            return null;
        }
        String path = isLeft() ? "" : stat.path().toString();
        Optional<FileState> state = opening().identity(stat, path, ended);
        return state.isPresent() ? identified(state.get()) : null;
    }

    private LineStream identified(FileState state) throws IOException {
        fileId = state.fileId();
        bytes.identified();
        LineStream stream = opening().lines(stat, state);
        lines = stream;
        return stream;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
