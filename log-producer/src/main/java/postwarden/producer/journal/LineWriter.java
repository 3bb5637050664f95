package postwarden.producer.journal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes lines in the form that rsyslog gives to files: {@code 2026-11-21T08:16:24.230000Z mx1 postfix/smtpd[233]: text}. Whatever a
 * writer put into a name, the header's words stand where they belong; and one entry is one line: a LF in its text becomes
 * {@code #012}, as rsyslog writes it, so that no text can pass for a line of its own.
 */
final class LineWriter {
    private static final long MICROS = 1_000_000;
    /** 9999-12-31T23:59:59: later stamps have more digits than a year has. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final int LONGEST_HOST = 255;
    /** Longer names are no tag to the reader of headers. */
    private static final int LONGEST_PROGRAM = 100;

    private static final long MOST_PID = Integer.MAX_VALUE;
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final byte[] LINE_FEED = "#012".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 160;

    private final String ownHost;
    private long second = Long.MIN_VALUE;
    private String secondText = "";

    LineWriter(String ownHost) {
        this.ownHost = hostOr(ownHost, "localhost");
    }

    /** A line; a pid below 0 stands for none. */
    byte[] line(long micros, String host, String program, long pid, byte[] message) {
        StringBuilder header = new StringBuilder(HEADER)
                .append(stamp(micros))
                .append(' ')
                .append(hostOr(host, ownHost))
                .append(' ')
                .append(name(program));
        if (pid >= 0 && pid <= MOST_PID) {
            header.append('[').append(pid).append(']');
        }
        return line(header.append(": "), message);
    }

    /** A line that says who wrote it, in a form that no reader of headers takes for one. */
    byte[] unbelieved(long user, String program, byte[] message) {
        return line(
                new StringBuilder(HEADER)
                        .append("(logged by user ")
                        .append(user)
                        .append(" as ")
                        .append(name(program))
                        .append(") "),
                message);
    }

    private static byte[] line(StringBuilder header, byte[] message) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(header.length() + message.length + 1);
        line.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
        int end = message.length;
        while (end > 0 && message[end - 1] == '\n') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (message[i] == '\n') {
                line.writeBytes(LINE_FEED);
            } else {
                line.write(message[i]);
            }
        }
        line.write('\n');
        return line.toByteArray();
    }

    private String stamp(long micros) {
        long now = Math.min(micros / MICROS, LAST_SECOND);
        if (now != second) {
            second = now;
            secondText = SECOND.format(LocalDateTime.ofEpochSecond(now, 0, ZoneOffset.UTC)) + '.';
        }
        String fraction = Long.toString(MICROS + micros % MICROS);
        return secondText + fraction.substring(1) + 'Z';
    }

    /** A host's name as headers take it, or another one. */
    static String hostOr(String host, String otherwise) {
        boolean name = !host.isEmpty()
                && host.length() <= LONGEST_HOST
                && host.chars().allMatch(c -> isLetterOrDigit(c) || c == '-' || c == '.' || c == '_');
        return name ? host : otherwise;
    }

    /** A program's name without what would end it in a header. */
    private static String name(String program) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < Math.min(program.length(), LONGEST_PROGRAM); i++) {
            char c = program.charAt(i);
            boolean plain = c > ' ' && c < 0x7f && c != ':' && c != '[' && c != ']' && c != '<' && c != '>';
            name.append(plain ? c : '_');
        }
        return name.length() == 0 ? "unknown" : name.toString();
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
