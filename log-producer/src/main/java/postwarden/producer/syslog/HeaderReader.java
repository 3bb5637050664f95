package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.is;
import static postwarden.producer.syslog.Ascii.skipSpaces;
import static postwarden.producer.syslog.Ascii.starts;
import static postwarden.producer.syslog.Ascii.tokenEnd;

import java.util.Arrays;

/**
 * Reads one header after the other. Keeps what is not the next line's alone: a few names, what the top of the file says of its columns,
 * and what a line left open; all that a {@link HeaderParser} needs not hold while its file stands still.
 */
final class HeaderReader {
    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final String UNNAMED = "(none)";

    private final StampReader stamp;
    private final TagReader tag = new TagReader();
    private final Heads heads;
    private final OwnLogs own;
    private final ExchangeLog exchange;
    private final ContainerLine container;
    private final JsonHeader json;
    private final CommonLog common;
    private final EximDump dump = new EximDump();

    HeaderReader(String host, LocalTimes times, ZoneNames zones) {
        stamp = new StampReader(times, zones);
        heads = new Heads(host, stamp, tag);
        own = new OwnLogs(heads, stamp, tag);
        exchange = new ExchangeLog(heads, stamp);
        container = new ContainerLine(heads, tag, this::text);
        json = new JsonHeader(heads, stamp, tag, container);
        common = new CommonLog(heads, stamp);
    }

    /** Whether one made anew would read all that follows as this one. */
    boolean isBlank() {
        return exchange.isBlank() && container.isBlank() && dump.isBlank();
    }

    /** See {@link HeaderParser#top}. */
    void top(byte[] bytes, int to) {
        int start = behindBom(bytes, 0, to);
        boolean heading = is(bytes, start, to, '#');
        for (int i = start; i < to && heading; i++) {
            if (bytes[i] == '\n') {
                heading = bytes[start] == '#';
                Header header = heading ? exchange.heading(bytes, start, start, i) : text(bytes, start, start, i);
                exchange.writtenBy(header.host());
                start = i + 1;
            }
        }
    }

    /** See {@link HeaderParser#parse}. */
    Header parse(byte[] line, int from, int to) {
        int at = behindBom(line, from, to);
        if (at == to) {
            return heads.unparsed("the line is empty");
        }
        if (line[from] == '{') {
            return json.parse(line, from, to);
        }
        if (line[at] == '#') {
            return exchange.heading(line, from, at, to);
        }
        Header header = text(line, from, at, to);
        return dump.read(header.parsed() ? header : common.read(line, from, at, to, header), line, at, to);
    }

    private static int behindBom(byte[] line, int from, int to) {
        boolean marked = to - from >= BOM.length && Arrays.equals(line, from, from + BOM.length, BOM, 0, BOM.length);
        return marked ? from + BOM.length : from;
    }

    /** A line that is no JSON object, as it stands in a file or in the record of a container. */
    private Header text(byte[] line, int from, int start, int to) {
        if (!is(line, start, to, '<')) {
            boolean versioned = starts(line, start, to, "1 ") && Ascii.four(line, start + 2, to) > 0;
            return versioned ? rfc5424(line, from, start + 2, to) : stamped(line, from, start, to);
        }
        int at = behindPriority(line, start, to);
        if (at < 0) {
            return heads.unparsed("a < at the start of the line that is no priority");
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
            return numbered(line, from, at, to);
        }
        if (first == '@') {
            int behind = stamp.tai(line, at, to);
            return behind < 0 ? heads.noStamp() : own.multilog(line, from, skipSpaces(line, behind, to), to);
        }
        if (first == '[') {
            int behind = stamp.bsd(line, StampReader.behindWeekday(line, at + 1, to), to);
            return behind > 0 && starts(line, behind, to, "] ")
                    ? hostAndTag(line, from, behind + 2, to)
                    : own.bracketed(line, from, at, to);
        }
        if (starts(line, at, to, "-- ")) {
            return heads.unparsed("a remark of journalctl, not a line of the log");
        }
        // Cisco's marks for a clock that is not set or not in step.
        int start = first == '*' || first == '.' ? at + 1 : at;
        int date = StampReader.behindWeekday(line, start, to);
        if (Ascii.digit(line, date, to) >= 0) {
            return date > start ? spaced(line, from, stamp.iso(line, date, to), to) : heads.noStamp();
        }
        int behind = stamp.bsd(line, date, to);
        if (behind < 0 || !isEnd(line, behind, to)) {
            return stamp.reason().isEmpty() ? own.unstamped(line, from, start, to) : heads.noStamp();
        }
        Header syslog = hostAndTag(line, from, behind + 1, to);
        return date > start ? own.ctime(line, from, behind + 1, to, syslog) : syslog;
    }

    /** Behind a stamp stands a space; behind that of Cisco's devices a colon too. */
    private static boolean isEnd(byte[] line, int at, int to) {
        return is(line, at, to, ' ') || (is(line, at, to, ':') && is(line, at + 1, to, ' '));
    }

    private Header spaced(byte[] line, int from, int behind, int to) {
        return behind < 0 || !is(line, behind, to, ' ') ? heads.noStamp() : hostAndTag(line, from, behind + 1, to);
    }

    private Header numbered(byte[] line, int from, int at, int to) {
        int behind = stamp.iso(line, at, to);
        if (behind > 0) {
            return is(line, behind, to, ',')
                    ? exchange.row(line, from, behind, to)
                    : behindIso(line, from, at, behind, to);
        }
        if (!stamp.reason().isEmpty()) {
            return heads.noStamp();
        }
        behind = stamp.unix(line, at, to);
        behind = behind < 0 ? stamp.bsd(line, at, to) : behind;
        if (behind > 0) {
            return spaced(line, from, behind, to);
        }
        if (!stamp.reason().isEmpty()) {
            return heads.noStamp();
        }
        behind = stamp.timeOfDay(line, at, to);
        if (behind < 0 || !is(line, behind, to, ' ')) {
            return heads.noStamp();
        }
        Header header = hostAndTag(line, from, behind + 1, to);
        return header.program().isEmpty() ? heads.unparsed("a time of day with no program behind it") : header;
    }

    private Header behindIso(byte[] line, int from, int at, int behind, int to) {
        if (!is(line, behind, to, ' ')) {
            return heads.noStamp();
        }
        if (line[at + 10] == ' ') {
            return own.spaced(line, from, behind + 1, to, EximLine.isStamp(line, at, behind, to));
        }
        int inner = container.behindStream(line, behind + 1, to);
        return inner > 0 ? container.cri(line, from, inner, to) : hostAndTag(line, from, behind + 1, to);
    }

    /** {@code host program[pid]: message}; Dovecot's own log has no host, the kernel's mark and old repeat notes no program. */
    private Header hostAndTag(byte[] line, int from, int at, int to) {
        int start = Facility.skip(line, skipSpaces(line, at, to), to);
        int behindTag = tag.read(line, start, to);
        if (OwnLogs.isDovecot(line, start, to)) {
            return own.dovecot(from, start);
        }
        if (behindTag > 0) {
            return heads.tagged(line, from, heads.ownHost(), start, behindTag, to);
        }
        int hostEnd = tokenEnd(line, start, to);
        boolean unnamed = isUnnamed(line, start, hostEnd);
        if (!unnamed && !Heads.isHost(line, start, hostEnd)) {
            return heads.unparsed("no host name behind the time stamp");
        }
        String host = unnamed ? heads.ownHost() : heads.name(line, start, hostEnd);
        int tagStart = Facility.skip(line, skipSpaces(line, hostEnd, to), to);
        behindTag = tag.read(line, tagStart, to);
        return behindTag > 0
                ? heads.tagged(line, from, host, tagStart, behindTag, to)
                : heads.of(host, untagged(line, tagStart, to), Header.NO_PID, tagStart - from);
    }

    /** Linux's name for a host that was given none: {@code (none)}. */
    private static boolean isUnnamed(byte[] line, int at, int end) {
        return end - at == UNNAMED.length() && starts(line, at, end, UNNAMED);
    }

    /** The notes that stand for equal lines or for the time are syslogd's own and have no tag (BSD, Solaris, AIX, sysklogd). */
    private static String untagged(byte[] line, int at, int to) {
        boolean own = starts(line, at, to, "last message repeated ")
                || starts(line, at, to, "--- last message repeated ")
                || starts(line, at, to, "-- MARK --")
                || starts(line, at, to, "syslogd ");
        return own ? "syslogd" : "";
    }

    /** RFC 5424 behind its version: stamp, host, program, process id, message id, structured data, message. */
    private Header rfc5424(byte[] line, int from, int at, int to) {
        boolean timeless = starts(line, at, to, "- ");
        int behind = timeless ? at + 1 : stamp.iso(line, at, to);
        if (behind < 0 || !is(line, behind, to, ' ')) {
            return heads.noStamp();
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
            return heads.unparsed("an RFC 5424 header that ends early or has broken structured data");
        }
        boolean nilHost = isNil(line, host, hostEnd);
        if (!nilHost && !Heads.isHost(line, host, hostEnd)) {
            return heads.unparsed("no host name behind the time stamp");
        }
        int message = skipSpaces(line, behindBom(line, skipSpaces(line, data, to), to), to);
        String hostName = nilHost ? heads.ownHost() : heads.name(line, host, hostEnd);
        String programName = isNil(line, program, programEnd) ? "" : heads.name(line, program, programEnd);
        int number = Ascii.number(line, pid, pidEnd);
        return timeless
                ? new Header(hostName, programName, number, 0, TimeQuality.NONE, message - from, "")
                : heads.of(hostName, programName, number, message - from);
    }

    private static boolean isNil(byte[] line, int at, int end) {
        return end - at == 1 && line[at] == '-';
    }
}
