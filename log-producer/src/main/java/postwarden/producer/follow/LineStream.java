package postwarden.producer.follow;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.Position;
import postwarden.producer.checkpoint.Progress;
import postwarden.producer.file.LineSplitter;
import postwarden.producer.file.PieceSink;
import postwarden.producer.file.Print;
import postwarden.producer.publish.Outgoing;
import postwarden.producer.redact.LineCutter;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;
import postwarden.producer.syslog.TimeQuality;

/** The lines of one content, from its bytes to the outlet. */
final class LineStream implements PieceSink {
    private static final Logger LOG = LoggerFactory.getLogger(LineStream.class);

    private static final ByteBuffer NO_TEXT = ByteBuffer.allocate(0);

    /** The next piece begins a line and so brings a header of its own. */
    private static final Header AT_REST =
            new Header("-", "", Header.NO_PID, 0, TimeQuality.NONE, 0, "no line was read");

    private final Source source;
    private final String fileId;
    private final Places places;
    private final Reading reading;
    private final LineSplitter splitter;
    private final HeaderParser parser;
    /** Null at the start of a line that has not come. */
    private @Nullable LineCutter cutter;

    private String file;
    private String lastHost;
    /** Whether nothing has said so far that this is whose lines these are. */
    private boolean guessed;
    /** Whether lines are taken without asking for room. */
    private boolean pressed;

    private Header header;
    private long readMicros;
    private boolean saidLong;
    /** Whether nobody but one host is known to write the file, all of which was seen where headers say who does. */
    private boolean alone;

    private String onlyHost = "";
    /** The first place behind which nothing was ever sent. */
    private long freshFrom = Long.MAX_VALUE;

    /** Goes on behind what was sent of the content. */
    LineStream(Source source, String file, String fileId, Progress progress, Reading reading) {
        this(source, file, fileId, progress.sent(), Places.inFile(progress), reading);
    }

    /** Goes on at a place, and tells readers and the checkpoint by rules of the input's own where each piece stands. */
    LineStream(Source source, String file, String fileId, Position start, Places places, Reading reading) {
        this.source = source;
        this.file = file;
        this.fileId = fileId;
        this.places = places;
        this.reading = reading;
        splitter = new LineSplitter(start.offset(), start.fragment());
        guessed = source.host().fixed().isEmpty();
        lastHost = guessed ? reading.reporter() : source.host().fixed();
        parser = parser(source, lastHost, reading.clock().instant());
        if (start.fragment() > 0) {
            cutter().beginWithin();
        }
        alone = source.isFiles() && (!source.host().fixed().isEmpty() || start.offset() == 0);
        header = new Header(
                lastHost, "", Header.NO_PID, 0, TimeQuality.NONE, 0, "the line's beginning was sent by an earlier run");
    }

    /**
     * Takes again, in their order, the fragments of a line that an earlier run has sent: what of the rest is a secret, and whose line it
     * is, stands there. What comes again says so as it did.
     */
    void sentBefore(byte[] bytes, int length, int fragment) {
        LineCutter cutter = cutter();
        int unused = cutter.cut(bytes, 0, length, fragment, false);
        if (fragment == 0) {
            header = parser.parse(cutter.bytes(), cutter.from(), cutter.to());
        }
    }

    private LineCutter cutter() {
        if (cutter == null) {
            cutter = new LineCutter(reading.redaction());
        }
        return cutter;
    }

    /** Nothing more is there now: what can be made again with the next line is let go of. */
    void rest() {
        if (splitter.isAtLineStart()) {
            cutter = null;
            parser.rest();
            splitter.rest();
            header = AT_REST;
        }
    }

    static HeaderParser parser(Source source, String host, Instant now) {
        return new HeaderParser(new HeaderContext(host, source.zone(), now));
    }

    /** What the file begins with, wherever reading goes on: its first lines may say what the others are. */
    void top(byte[] bytes, int length) {
        parser.top(bytes, length);
    }

    void renamed(String path) {
        file = path;
    }

    /** Lines whose header names no host belong to the host of the line before, at first to this one. */
    void firstHost(String host) {
        lastHost = host;
        guessed = false;
    }

    /** From this place on nothing was ever sent, by this run or one before it; unless told, anything may have been. */
    void freshFrom(long offset) {
        freshFrom = offset;
    }

    /** Takes the next bytes as long as there is room for lines of the host that spoke last; answers how many it took. */
    int feed(byte[] bytes, int length) {
        parser.now(reading.clock().instant());
        readMicros = Reading.micros(reading.clock());
        return splitter.feed(bytes, 0, length, this);
    }

    /** Takes the next bytes, whether there is room or not. */
    void feedAll(byte[] bytes, int length) {
        pressed = true;
        int unused = feed(bytes, length);
        pressed = false;
    }

    /** Whether there is room for a line of the host that spoke last: whose the next one is, only it can say. */
    @Override
    public boolean takesMore() {
        return pressed || guessed || reading.room().isFor(lastHost);
    }

    /** The input has ended: a last line without its LF is a line. */
    void finish() {
        splitter.finish(this);
    }

    /** How many bytes of an unfinished line are held back. */
    int held() {
        return splitter.held();
    }

    @Override
    public void piece(byte[] bytes, int from, int to, long start, long end, int fragment, boolean last) {
        // Everything behind this line sees what is left of the text; places in the file stay those of the file.
        LineCutter cutter = cutter();
        int cuts = cutter.cut(bytes, from, to, fragment, last);
        if (fragment == 0) {
            header = parser.parse(cutter.bytes(), cutter.from(), cutter.to());
            reading.metrics().lines().increment();
            if (!header.parsed()) {
                reading.metrics().unparsed().increment();
            }
        } else {
            sayLong(start);
            header = new Header(
                    header.host(),
                    header.program(),
                    header.pidOrMinusOne(),
                    header.timeMicros(),
                    header.quality(),
                    0,
                    header.reason());
        }
        reading.metrics().bytes().increment((double) (end - start));
        reading.metrics().secrets().increment(cuts);
        ByteBuffer text = cuts == 0
                ? ByteBuffer.wrap(bytes, from, to - from)
                : ByteBuffer.wrap(cutter.bytes(), cutter.from(), cutter.to() - cutter.from());
        byte[] tail = Arrays.copyOfRange(bytes, Math.max(from, to - Print.MARK), to);
        Places.Place place = places.of(start, end, tail, end - start > to - from, fragment, last);
        Outgoing line = record(Outgoing.Kind.LINE, host(), text, place.start(), place.end(), fragment, last, "");
        reading.outlet().send(line, place.acknowledged());
    }

    /** Says that bytes of the content were gone before they were read. */
    void lost(long fromOffset, long toOffset, String note) {
        lost(fromOffset, toOffset, note, () -> {});
    }

    /** Says the same, and what to do once Kafka has it. */
    void lost(long fromOffset, long toOffset, String note, Runnable acknowledged) {
        readMicros = Reading.micros(reading.clock());
        header = new Header(lastHost, "", Header.NO_PID, 0, TimeQuality.NONE, 0, "");
        reading.roster().meet(source, lastHost);
        Outgoing loss = record(Outgoing.Kind.LOSS, lastHost, NO_TEXT, fromOffset, toOffset, 0, true, note);
        reading.outlet().send(loss, acknowledged);
    }

    private void sayLong(long offset) {
        if (!saidLong) {
            LOG.atWarn()
                    .addKeyValue("path", file)
                    .addKeyValue("offset", offset)
                    .addKeyValue("longest", LineSplitter.LONGEST_PIECE)
                    .log("a line that is longer than a record is sent in fragments");
            saidLong = true;
        }
    }

    private String host() {
        if (!source.host().fixed().isEmpty()) {
            lastHost = source.host().fixed();
        } else if (header.parsed() && reading.roster().meet(source, header.host())) {
            lastHost = header.host();
        } else if (header.parsed()) {
            reading.metrics().strangers().increment();
            header = header.notUnderstood("the header names one host more than this agent may read for");
        }
        guessed = false;
        reading.roster().heard(source, lastHost, header);
        if (onlyHost.isEmpty()) {
            onlyHost = lastHost;
        }
        alone &= onlyHost.equals(lastHost);
        return lastHost;
    }

    private Outgoing record(
            Outgoing.Kind kind,
            String host,
            ByteBuffer text,
            long start,
            long end,
            int fragment,
            boolean last,
            String note) {
        return new Outgoing(
                kind,
                source.tenant(),
                reading.reporter(),
                host,
                header,
                readMicros,
                text,
                file,
                fileId,
                start,
                end,
                fragment,
                last,
                List.of(),
                note,
                alone,
                kind == Outgoing.Kind.LINE && start >= freshFrom ? reading.run() : Outgoing.NOT_FRESH);
    }
}
