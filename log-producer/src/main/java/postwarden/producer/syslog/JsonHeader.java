package postwarden.producer.syslog;

import static postwarden.producer.syslog.Ascii.NO;
import static postwarden.producer.syslog.Ascii.is;

import java.util.Arrays;

/**
 * Reads the header out of a flat JSON object of strings, the way rsyslog's list template with {@code format="jsonf"} writes it:
 * {@code @timestamp} or {@code timestamp}, {@code host} or {@code hostname}, {@code tag} (or {@code program} and {@code pid}),
 * {@code message} or {@code msg}. The message stays escaped and is followed by the rest of the object; {@link JsonMessage} takes it
 * out.
 */
final class JsonHeader {
    private static final String[] TIME = {"@timestamp", "timestamp"};
    private static final String[] HOST = {"host", "hostname"};
    private static final String[] TAG = {"tag", "syslogtag"};
    private static final String[] MESSAGE = {"message", "msg"};
    /** A tag is at most this long once its escapes are undone; a longer one is no tag. */
    private static final int LONGEST_TAG = 256;

    private final String ownHost;
    private final StampReader stamp;
    private final TagReader tag;
    private final Names names;
    private final byte[] unescaped = new byte[LONGEST_TAG + 1];

    private int time;
    private int timeEnd;
    private String host;
    private String program = "";
    private int pid = Header.NO_PID;
    private int message;

    JsonHeader(String ownHost, StampReader stamp, TagReader tag, Names names) {
        this.ownHost = ownHost;
        this.host = ownHost;
        this.stamp = stamp;
        this.tag = tag;
        this.names = names;
    }

    Header parse(byte[] line, int from, int to) {
        time = NO;
        host = ownHost;
        program = "";
        pid = Header.NO_PID;
        message = NO;
        if (!members(line, from + 1, to) || message < 0) {
            return Header.unparsed(
                    ownHost, "a { at the start of the line, but no JSON object of strings with a message");
        }
        if (time < 0 || stamp.iso(line, time, timeEnd) != timeEnd) {
            String reason = stamp.reason();
            return Header.unparsed(ownHost, reason.isEmpty() || time < 0 ? "no time stamp in the JSON object" : reason);
        }
        return new Header(host, program, pid, stamp.micros(), stamp.quality(), message - from, "");
    }

    private boolean members(byte[] line, int from, int to) {
        int at = Ascii.skipSpaces(line, from, to);
        while (is(line, at, to, '"')) {
            int keyEnd = JsonMessage.stringEnd(line, at + 1, to);
            int colon = keyEnd < 0 ? NO : Ascii.skipSpaces(line, keyEnd + 1, to);
            if (colon < 0 || !is(line, colon, to, ':')) {
                return false;
            }
            int value = Ascii.skipSpaces(line, colon + 1, to);
            int valueEnd = is(line, value, to, '"') ? JsonMessage.stringEnd(line, value + 1, to) : NO;
            if (valueEnd < 0) {
                return false;
            }
            member(line, at + 1, keyEnd, value + 1, valueEnd);
            int comma = Ascii.skipSpaces(line, valueEnd + 1, to);
            if (!is(line, comma, to, ',')) {
                return is(line, comma, to, '}');
            }
            at = Ascii.skipSpaces(line, comma + 1, to);
        }
        return false;
    }

    private void member(byte[] line, int key, int keyEnd, int value, int valueEnd) {
        if (isOneOf(TIME, line, key, keyEnd)) {
            time = value;
            timeEnd = valueEnd;
        } else if (isOneOf(HOST, line, key, keyEnd)) {
            host = HeaderParser.isHost(line, value, valueEnd) ? names.of(line, value, valueEnd) : ownHost;
        } else if (isOneOf(MESSAGE, line, key, keyEnd)) {
            message = Ascii.skipSpaces(line, value, valueEnd);
        } else if (isOneOf(TAG, line, key, keyEnd)) {
            tag(line, value, valueEnd);
        }
    }

    private void tag(byte[] line, int value, int valueEnd) {
        if (valueEnd - value > LONGEST_TAG) {
            return;
        }
        int length = JsonMessage.unescape(line, value, valueEnd, unescaped);
        Arrays.fill(unescaped, length, Math.min(length + 1, unescaped.length), (byte) ':');
        boolean colon = length > 0 && unescaped[length - 1] == ':';
        if (tag.read(unescaped, 0, colon ? length : length + 1) > 0) {
            program = names.of(unescaped, 0, tag.programEnd());
            pid = tag.pid();
        }
    }

    private static boolean isOneOf(String[] words, byte[] line, int at, int end) {
        for (String word : words) {
            if (end - at == word.length() && Ascii.starts(line, at, end, word)) {
                return true;
            }
        }
        return false;
    }
}
