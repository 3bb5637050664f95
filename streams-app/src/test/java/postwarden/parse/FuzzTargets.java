package postwarden.parse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Addresses;
import postwarden.producer.redact.LineCutter;
import postwarden.producer.redact.Redaction;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;
import postwarden.producer.syslog.JsonMessage;

/**
 * What the fuzzer calls with bytes of its choice: each throws where something does not hold. Each first reads something by itself, so
 * that the fuzzer has prepared the parser, which takes seconds, before its time begins.
 */
final class FuzzTargets {
    private static final HeaderContext HOST =
            new HeaderContext("mx1", ZoneOffset.UTC, Instant.parse("2026-11-21T12:00:00Z"));

    private FuzzTargets() {}

    /** Whole lines of one file: header, then message. */
    public static final class Line {
        private static final LineParser PARSER = new LineParser();

        private Line() {}

        public static void fuzzerInitialize() {
            fuzzerTestOneInput(bytes("Nov 21 08:16:26 mx1 dovecot: auth: Error: Nov 21"));
        }

        public static void fuzzerTestOneInput(byte[] file) {
            HeaderParser headers = new HeaderParser(HOST);
            int start = 0;
            for (int at = 0; at <= file.length; at++) {
                if (at == file.length || file[at] == '\n') {
                    read(headers, file, start, at);
                    start = at + 1;
                }
            }
        }

        private static void read(HeaderParser headers, byte[] file, int from, int to) {
            Header header = headers.parse(file, from, to);
            require(header.messageStart() >= 0 && header.messageStart() <= to - from, "the message lies in the line");
            if (header.time().isPresent()) {
                byte[] line = Arrays.copyOfRange(file, from, to);
                byte[] message = JsonMessage.of(line, header.messageStart());
                check(PARSER.parse(line(header.program(), new String(message, StandardCharsets.UTF_8))));
            }
        }
    }

    /** A message of a program that the first byte chooses. */
    public static final class Message {
        private static final LineParser PARSER = new LineParser();
        private static final List<String> PROGRAMS = Corpus.entries()
                .flatMap(entry -> entry.event().stream())
                .map(event -> event.line().program())
                .distinct()
                .toList();

        private Message() {}

        public static void fuzzerInitialize() {
            fuzzerTestOneInput(bytes("no daemon says this"));
        }

        public static void fuzzerTestOneInput(byte[] input) {
            if (input.length > 0) {
                String program = PROGRAMS.get((input[0] & 0xff) % PROGRAMS.size());
                String message = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
                check(PARSER.parse(line(program, message)));
            }
        }
    }

    /** The text of an SMTP reply. */
    public static final class Reply {
        private Reply() {}

        public static void fuzzerInitialize() {
            fuzzerTestOneInput(bytes("450 4.7.1 try again"));
        }

        public static void fuzzerTestOneInput(byte[] input) {
            String text = new String(input, StandardCharsets.UTF_8);
            Event.Builder event = new Event.Builder(line("postfix/smtp", text), postwarden.event.Daemon.POSTFIX);
            Replies.STANDARD.describe(event, text);
            long code = event.build().number(Field.REPLY_CODE, 250);
            require(code >= 200 && code < 600, "a reply code has three digits");
        }
    }

    /** A password of any bytes, as Dovecot writes it: none of it is left, nor of what stands behind it where that is not certain. */
    public static final class Password {
        private static final String BEFORE =
                "Nov 21 08:16:26 mx1 dovecot: auth: passwd-file(bob,192.0.2.6): Password mismatch (given password: ";

        private Password() {}

        public static void fuzzerInitialize() {
            fuzzerTestOneInput(bytes("secret"));
        }

        public static void fuzzerTestOneInput(byte[] password) {
            String typed = new String(password, StandardCharsets.ISO_8859_1);
            byte[] line = (BEFORE + typed + ")").getBytes(StandardCharsets.ISO_8859_1);
            LineCutter cutter = new LineCutter(Redaction.WITHOUT_KEY);
            cutter.cut(line, 0, line.length, 0, true);
            String left = new String(
                    Arrays.copyOfRange(cutter.bytes(), cutter.from(), cutter.to()), StandardCharsets.ISO_8859_1);
            // A secret that ends inside of the password may be cut too, in one with it or behind it.
            String rest = left.substring(BEFORE.length()).replace(Redaction.CUT, "");
            boolean gone = left.startsWith(BEFORE) && (rest.isEmpty() || rest.equals(")"));
            require(gone, "nothing of a password is left");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static LogRecord.Line line(String program, String message) {
        return new LogRecord.Line(
                "default", "mx1", program, 1, Instant.EPOCH, "", message, new Source("-", "-", 0, 0, -1, -1));
    }

    private static void check(Event event) {
        for (Field field : List.of(Field.CLIENT_IP, Field.SERVER_IP, Field.RELAY_IP)) {
            String ip = event.text(field, "");
            require(ip.isEmpty() || Addresses.canonical(ip).equals(ip), "an address is canonical or absent");
        }
        boolean blamed = event.has(Field.CLIENT_IP) || event.has(Field.ACCOUNT);
        require(!event.has(Field.AMBIGUOUS) || !blamed, "an ambiguous line blames nobody");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
