package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.skipSpaces;

/** Makes headers of what was read of one line: its stamp, its tag, its names. Belongs to one parser. */
final class Heads {
    private static final String NO_STAMP = "no time stamp at the start of the line";
    /** Names are bounded by DNS (RFC 1035). */
    private static final int LONGEST_HOST = 255;

    private final String ownHost;
    private final StampReader stamp;
    private final TagReader tag;
    private final Names names = new Names();

    Heads(String ownHost, StampReader stamp, TagReader tag) {
        this.ownHost = ownHost;
        this.stamp = stamp;
        this.tag = tag;
    }

    /** The host of lines that name none. */
    String ownHost() {
        return ownHost;
    }

    /** The name in a range of bytes. */
    String name(byte[] line, int at, int end) {
        return names.of(line, at, end);
    }

    /** A line with the stamp read last. */
    Header of(String host, String program, int pid, int messageStart) {
        return new Header(host, program, pid, stamp.micros(), stamp.quality(), messageStart, "");
    }

    /** A line with the stamp and the tag read last. */
    Header tagged(byte[] line, int from, String host, int tagStart, int behindTag, int to) {
        int start = tag.programStart(line, tagStart);
        String program = names.of(line, start, tag.nameEnd(line, start));
        int message = Facility.skipSolaris(line, skipSpaces(line, behindTag, to), to);
        return of(host, program, tag.pid(), message - from);
    }

    Header noStamp() {
        return unparsed(stamp.reason().isEmpty() ? NO_STAMP : stamp.reason());
    }

    Header unparsed(String reason) {
        return Header.unparsed(ownHost, reason);
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
