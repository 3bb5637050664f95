package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.is;
import static postwarden.producer.syslog.Ascii.skipSpaces;
import static postwarden.producer.syslog.Ascii.starts;
import static postwarden.producer.syslog.Ascii.tokenEnd;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * Understands the header of one line at a time, whatever its form: RFC 3164 with and without priority and year, RFC 3339 stamps in
 * RFC 3164's place, RFC 5424, ISO stamps, Exim's own log, Dovecot's own log, TAI64N, and rsyslog's JSON lines.
 *
 * <p>Total: it answers for any bytes and never throws; what it cannot resolve it says in {@link Header#reason()}. It keeps a few
 * names and the last time for speed and for the hour that exists twice, so one parser belongs to one file and one thread.
 */
public final class HeaderParser {
    private static final String NO_STAMP = "no time stamp at the start of the line";
    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    /** Names are bounded by DNS (RFC 1035). */
    private static final int LONGEST_HOST = 255;

    private final String ownHost;
    private final LocalTimes times;
    private final StampReader stamp;
    private final TagReader tag = new TagReader();
    private final Names names = new Names();
    private final JsonHeader json;

    /** A parser for the lines of one file. */
    public HeaderParser(HeaderContext context) {
        ownHost = context.host();
        times = new LocalTimes(context.zone(), context.now());
        stamp = new StampReader(times);
        json = new JsonHeader(ownHost, stamp, tag, names);
    }

    /** Moves the instant that years are inferred from; to be called now and then while a live file is read. */
    public void now(Instant now) {
        times.now(now);
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
        if (from == to) {
            return unparsed("the line is empty");
        }
        byte first = line[from];
        if (first == '{') {
            return json.parse(line, from, to);
        }
        if (first != '<') {
            return stamped(line, from, from, to);
        }
        int at = behindPriority(line, from, to);
        if (at < 0) {
            return unparsed("a < at the start of the line that is no priority");
        }
        boolean versioned = is(line, at, to, '1') && is(line, at + 1, to, ' ');
        return versioned ? rfc5424(line, from, at + 2, to) : stamped(line, from, at, to);
    }

    private static int behindPriority(byte[] line, int from, int to) {
        int close = from + 1;
        while (close < to && close < from + 5 && line[close] != '>') {
            close++;
        }
        boolean priority = is(line, close, to, '>') && Ascii.number(line, from + 1, close) >= 0;
        return priority ? close + 1 : Ascii.NO;
    }

    private Header stamped(byte[] line, int from, int at, int to) {
        byte first = at < to ? line[at] : 0;
        if (Ascii.isDigit(first)) {
            int behind = stamp.iso(line, at, to);
            boolean spaced = behind > 0 && line[at + 10] == ' ';
            if (behind < 0 || !is(line, behind, to, ' ')) {
                return noStamp();
            }
            return spaced ? spacedIso(line, from, behind + 1, to) : hostAndTag(line, from, behind + 1, to);
        }
        if (first == '@') {
            int behind = stamp.tai(line, at, to);
            return behind < 0 ? noStamp() : header(ownHost, "", Header.NO_PID, skipSpaces(line, behind, to) - from);
        }
        int behind = stamp.bsd(line, at, to);
        return behind < 0 || !is(line, behind, to, ' ') ? noStamp() : hostAndTag(line, from, behind + 1, to);
    }

    /** {@code host program[pid]: message}; Dovecot's own log has no host, the kernel's mark and old repeat notes no program. */
    private Header hostAndTag(byte[] line, int from, int at, int to) {
        int start = skipSpaces(line, at, to);
        int behindTag = tag.read(line, start, to);
        if (behindTag > 0) {
            return tagged(line, from, ownHost, start, behindTag, to);
        }
        int hostEnd = tokenEnd(line, start, to);
        if (!isHost(line, start, hostEnd)) {
            return unparsed("no host name behind the time stamp");
        }
        String host = names.of(line, start, hostEnd);
        int tagStart = skipSpaces(line, hostEnd, to);
        behindTag = tag.read(line, tagStart, to);
        return behindTag > 0
                ? tagged(line, from, host, tagStart, behindTag, to)
                : header(host, "", Header.NO_PID, tagStart - from);
    }

    /**
     * An ISO stamp with a space is a syslog line only where a host and a tag follow; otherwise it is Exim's own. Exim writes
     * {@code pid 81: SIGHUP received}, so a number is no tag here.
     */
    private Header spacedIso(byte[] line, int from, int at, int to) {
        int hostEnd = tokenEnd(line, at, to);
        int tagStart = Math.min(hostEnd + 1, to);
        boolean host = isHost(line, at, hostEnd)
                && !EximLine.isMessageId(line, at, hostEnd)
                && Ascii.digit(line, tagStart, to) < 0;
        int behindTag = host ? tag.read(line, tagStart, to) : Ascii.NO;
        if (behindTag > 0) {
            return tagged(line, from, names.of(line, at, hostEnd), tagStart, behindTag, to);
        }
        int pid = Header.NO_PID;
        int message = at;
        if (is(line, at, hostEnd, '[') && is(line, hostEnd - 1, hostEnd, ']')) {
            pid = Ascii.number(line, at + 1, hostEnd - 1);
            message = pid < 0 ? at : tagStart;
        }
        return header(ownHost, "exim", pid, message - from);
    }

    /** RFC 5424 behind its version: stamp, host, program, process id, message id, structured data, message. */
    private Header rfc5424(byte[] line, int from, int at, int to) {
        boolean timeless = starts(line, at, to, "- ");
        int behind = timeless ? at + 1 : stamp.iso(line, at, to);
        if (behind < 0 || !is(line, behind, to, ' ')) {
            return noStamp();
        }
        int host = behind + 1;
        int hostEnd = tokenEnd(line, host, to);
        int program = Math.min(hostEnd + 1, to);
        int programEnd = tokenEnd(line, program, to);
        int pid = Math.min(programEnd + 1, to);
        int pidEnd = tokenEnd(line, pid, to);
        int idEnd = tokenEnd(line, Math.min(pidEnd + 1, to), to);
        int data = StructuredData.end(line, idEnd + 1, to);
        if (data < 0 || hostEnd == host) {
            return unparsed("an RFC 5424 header that ends early or has broken structured data");
        }
        boolean nilHost = isNil(line, host, hostEnd);
        if (!nilHost && !isHost(line, host, hostEnd)) {
            return unparsed("no host name behind the time stamp");
        }
        int message = skipSpaces(line, data, to);
        if (to - message >= BOM.length && Arrays.equals(line, message, message + BOM.length, BOM, 0, BOM.length)) {
            message = skipSpaces(line, message + BOM.length, to);
        }
        String hostName = nilHost ? ownHost : names.of(line, host, hostEnd);
        String programName = isNil(line, program, programEnd) ? "" : names.of(line, program, programEnd);
        int number = Ascii.number(line, pid, pidEnd);
        return timeless
                ? new Header(hostName, programName, number, 0, TimeQuality.NONE, message - from, "")
                : header(hostName, programName, number, message - from);
    }

    private Header tagged(byte[] line, int from, String host, int tagStart, int behindTag, int to) {
        String program = names.of(line, tagStart, tag.programEnd());
        return header(host, program, tag.pid(), skipSpaces(line, behindTag, to) - from);
    }

    private Header header(String host, String program, int pid, int messageStart) {
        return new Header(host, program, pid, stamp.micros(), stamp.quality(), messageStart, "");
    }

    private Header noStamp() {
        return unparsed(stamp.reason().isEmpty() ? NO_STAMP : stamp.reason());
    }

    private Header unparsed(String reason) {
        return Header.unparsed(ownHost, reason);
    }

    private static boolean isNil(byte[] line, int at, int end) {
        return end - at == 1 && line[at] == '-';
    }

    /** Letters, digits, dot, hyphen and underscore, and what an IPv6 address needs; never more than a name in DNS may have. */
    static boolean isHost(byte[] line, int at, int end) {
        if (at >= end || end - at > LONGEST_HOST || line[end - 1] == ':') {
            return false;
        }
        for (int i = at; i < end; i++) {
            byte b = line[i];
            int folded = b | 0x20;
            boolean letter = folded >= 'a' && folded <= 'z';
            if (!letter && !Ascii.isDigit(b) && b != '-' && b != '.' && b != '_' && b != ':' && b != '%') {
                return false;
            }
        }
        return true;
    }
}
