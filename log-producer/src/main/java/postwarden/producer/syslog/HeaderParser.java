package postwarden.producer.syslog;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Understands the header of one line at a time, whatever its form: RFC 3164 with and without priority, year and host, RFC 3339 and
 * ISO stamps in RFC 3164's place, RFC 5424, what {@code journalctl} prints, JSON lines, container records, daemons' own logs
 * ({@link OwnLogs}) and Exchange's ({@link ExchangeLog}).
 *
 * <p>Total: it answers for any bytes and never throws; what it cannot resolve it says in {@link Header#reason()}. It keeps a few
 * names, the last time, for the hour that exists twice and for times without a date, and what the top of the file says of its
 * columns, so one parser belongs to one file and one thread.
 */
public final class HeaderParser {
    private final String host;
    private final LocalTimes times;
    private final ZoneNames zones;
    /** Null while the file rests: of ten thousand files few are read at a time, and a reader is a kilobyte of small objects. */
    private @Nullable HeaderReader reader;

    /** A parser for the lines of one file. */
    public HeaderParser(HeaderContext context) {
        host = context.host();
        times = new LocalTimes(context.zone(), context.now());
        zones = ZoneNames.of(context.zone(), context.now());
    }

    /** Moves the instant that years are inferred from; to be called now and then while a live file is read. */
    public void now(Instant now) {
        times.now(now);
    }

    /** Lets go of what can be made again when the next line comes; what was learned stays. */
    public void rest() {
        if (reader != null && reader.isBlank()) {
            reader = null;
        }
    }

    /**
     * Learns what the file's first lines say of all others, for a reader that begins elsewhere in it, and so that the first lines
     * have the date that is said in one of them. Anything but such headings changes nothing.
     *
     * @param bytes the file's beginning, whole lines or not
     * @param to index behind its last byte
     * @throws IndexOutOfBoundsException when the range is not one of the array
     */
    public void top(byte[] bytes, int to) {
        Objects.checkFromToIndex(0, to, bytes.length);
        reader().top(bytes, to);
        rest();
    }

    /**
     * Understands one line.
     *
     * @param line bytes with the line in them, which are not changed or kept
     * @param from index of the line's first byte
     * @param to index behind its last byte, without the LF
     * @throws IndexOutOfBoundsException when the range is not one of the array
     */
    public Header parse(byte[] line, int from, int to) {
        Objects.checkFromToIndex(from, to, line.length);
        return reader().parse(line, from, to);
    }

    private HeaderReader reader() {
        if (reader == null) {
            reader = new HeaderReader(host, times, zones);
        }
        return reader;
    }
}
