package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.NO;
import static postwarden.producer.syslog.Ascii.is;

import java.util.Arrays;

/**
 * Reads the header out of a JSON object, by the names of {@link JsonMember}. The message stays escaped and is followed by the rest of
 * the object; {@link JsonMessage} takes it out. What a container wrote, and what a shipper sends as it stood in its file, is read
 * again as the line of a log.
 */
final class JsonHeader {
    private static final JsonMember[] MEMBERS = JsonMember.values();
    /** A name or a stamp is at most this long once its escapes are undone; a longer one is none. */
    private static final int LONGEST_NAME = 256;

    private final Heads heads;
    private final StampReader stamp;
    private final TagReader tag;
    private final ContainerLine container;
    /** Made with the first name, since most logs are no JSON. */
    private byte[] unescaped = {};

    private final int[] value = new int[MEMBERS.length];
    private final int[] end = new int[MEMBERS.length];
    private final int[] rank = new int[MEMBERS.length];

    JsonHeader(Heads heads, StampReader stamp, TagReader tag, ContainerLine container) {
        this.heads = heads;
        this.stamp = stamp;
        this.tag = tag;
        this.container = container;
    }

    Header parse(byte[] line, int from, int to) {
        Arrays.fill(rank, Integer.MAX_VALUE);
        if (!members(line, from + 1, to) || !has(JsonMember.MESSAGE)) {
            return heads.unparsed("a { at the start of the line, but no JSON object with a message");
        }
        if (!time(line)) {
            return heads.unparsed(
                    stamp.reason().isEmpty() || !has(JsonMember.TIME)
                            ? "no time stamp in the JSON object"
                            : stamp.reason());
        }
        int message = at(JsonMember.MESSAGE);
        if (is(line, message, to, '[')) {
            return header(line, message - from);
        }
        if (!is(line, message, to, '"')) {
            return heads.unparsed(
                    "the message is not in the JSON object: null stands for one that the journal found too long to print");
        }
        int text = message + 1;
        int textEnd = end(JsonMember.MESSAGE) - 1;
        boolean raw = has(JsonMember.STREAM) || has(JsonMember.SHIPPER);
        return raw && !has(JsonMember.PROGRAM) && !has(JsonMember.TAG)
                ? inner(line, from, text, textEnd)
                : header(line, Ascii.skipSpaces(line, text, textEnd) - from);
    }

    private boolean members(byte[] line, int from, int to) {
        int at = JsonScan.skipBlanks(line, from, to);
        while (is(line, at, to, '"')) {
            int keyEnd = JsonScan.stringEnd(line, at + 1, to);
            int start = keyEnd < 0 ? NO : JsonScan.behindColon(line, keyEnd + 1, to);
            int behind = start < 0 ? NO : JsonScan.valueEnd(line, start, to);
            if (behind < 0) {
                return false;
            }
            member(line, at + 1, keyEnd, start, behind);
            int comma = JsonScan.skipBlanks(line, behind, to);
            if (!is(line, comma, to, ',')) {
                return is(line, comma, to, '}');
            }
            at = JsonScan.skipBlanks(line, comma + 1, to);
        }
        return false;
    }

    private void member(byte[] line, int key, int keyEnd, int start, int behind) {
        for (JsonMember member : MEMBERS) {
            int place = member.rank(line, key, keyEnd);
            if (place >= 0 && line[start] == '{') {
                object(line, member, place, start, behind);
            } else if (place >= 0) {
                take(line, member, place, JsonScan.first(line, start, behind), behind);
            }
        }
    }

    /** {@code "host":{"name":"mx1"}} and {@code "process":{"name":"postfix/smtpd","pid":1}} (Elastic Common Schema). */
    private void object(byte[] line, JsonMember member, int place, int start, int behind) {
        if (member == JsonMember.SHIPPER) {
            take(line, member, place, start, behind);
        } else if (member == JsonMember.HOST) {
            nested(line, member, place, start, behind, "name", "hostname");
        } else if (member == JsonMember.PROCESS) {
            nested(line, JsonMember.PROGRAM, place, start, behind, "name", "program");
            nested(line, JsonMember.PID, place, start, behind, "pid", "id");
        }
    }

    private void nested(byte[] line, JsonMember member, int place, int start, int behind, String... names) {
        for (String name : names) {
            int found = JsonScan.member(line, start, behind, name);
            if (found >= 0) {
                take(line, member, place, found, behind);
                return;
            }
        }
    }

    private void take(byte[] line, JsonMember member, int place, int start, int bound) {
        int of = member.ordinal();
        int behind = JsonScan.valueEnd(line, start, bound);
        if (place <= rank[of] && behind > 0) {
            rank[of] = place;
            value[of] = start;
            end[of] = behind;
        }
    }

    private boolean has(JsonMember member) {
        return rank[member.ordinal()] < Integer.MAX_VALUE;
    }

    private int at(JsonMember member) {
        return value[member.ordinal()];
    }

    private int end(JsonMember member) {
        return end[member.ordinal()];
    }

    private boolean time(byte[] line) {
        if (!has(JsonMember.TIME)) {
            return false;
        }
        boolean text = line[at(JsonMember.TIME)] == '"';
        int at = at(JsonMember.TIME) + (text ? 1 : 0);
        int behind = end(JsonMember.TIME) - (text ? 1 : 0);
        if (stamp.iso(line, at, behind) == behind) {
            return true;
        }
        if (!stamp.reason().isEmpty()) {
            return false;
        }
        return stamp.epoch(line, at, behind) || stamp.bsd(line, at, behind) == behind;
    }

    private Header header(byte[] line, int messageStart) {
        String host = host(line);
        String program = "";
        int pid = Header.NO_PID;
        int length = text(line, JsonMember.TAG);
        if (length > 0) {
            boolean colon = unescaped[length - 1] == ':';
            unescaped[length] = ':';
            if (tag.read(unescaped, 0, colon ? length : length + 1) > 0) {
                program = heads.name(unescaped, tag.programStart(unescaped, 0), tag.programEnd());
                pid = tag.pid();
            }
        }
        length = text(line, JsonMember.PROGRAM);
        if (length > 0) {
            program = heads.name(unescaped, 0, length);
        }
        int number = text(line, JsonMember.PID);
        int stated = number > 0 ? Ascii.number(unescaped, 0, number) : Header.NO_PID;
        return heads.of(host, program, stated < 0 ? pid : stated, messageStart);
    }

    private String host(byte[] line) {
        int length = text(line, JsonMember.HOST);
        return length > 0 && Heads.isHost(unescaped, 0, length) ? heads.name(unescaped, 0, length) : heads.ownHost();
    }

    /** Undoes the escapes of a string or copies a number; answers its length, 0 for none or one that is too long. */
    private int text(byte[] line, JsonMember member) {
        if (!has(member)) {
            return 0;
        }
        int at = at(member);
        int behind = end(member);
        if (line[at] == '"') {
            at++;
            behind--;
        } else if (!Ascii.isDigit(line[at])) {
            return 0;
        }
        boolean name = behind > at && behind - at <= LONGEST_NAME;
        if (name && unescaped.length == 0) {
            unescaped = new byte[LONGEST_NAME + 1];
        }
        return name ? JsonMessage.unescape(line, at, behind, unescaped) : 0;
    }

    /** A line of a log within a string: read with its escapes undone, its message found again among them. */
    private Header inner(byte[] line, int from, int at, int behind) {
        byte[] text = new byte[behind - at];
        int length = JsonMessage.unescape(line, at, behind, text);
        while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) {
            length--;
        }
        Header header = container.inner(text, 0, 0, length);
        int start = JsonMessage.escapedIndex(line, at, behind, header.messageStart()) - from;
        String host = header.host().equals(heads.ownHost()) ? host(line) : header.host();
        return new Header(
                host, header.program(), header.pidOrMinusOne(), header.timeMicros(), header.quality(), start, "");
    }
}
