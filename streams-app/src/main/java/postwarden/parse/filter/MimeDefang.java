package postwarden.parse.filter;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * MIMEDefang 2 and 3: {@code MDLOG,QID,event,value,value,sender,recipient,subject}, in which a comma within a value is written
 * {@code %2C}. The event and its values are the administrator's filter's; the suggested one gives points or a name, then the client.
 */
final class MimeDefang {
    private static final int FIELDS = 8;
    private static final int DELETE = 0x7f;

    static final Filter FILTER = Filter.of(
            Daemon.FILTER,
            List.of("mimedefang", "mimedefang.pl", "mimedefang-multiplexor"),
            List.of(
                    new Rule("mimedefang/logged", "MDLOG,", MimeDefang::logged),
                    new Rule("mimedefang/message", "", Dkim.about(MimeDefang::message)),
                    new Rule(
                            "mimedefang/lifecycle",
                            "",
                            Notes.containing(
                                    Kind.LIFECYCLE,
                                    "MIMEDefang alive",
                                    "version ",
                                    "Starting worker",
                                    "Starting slave",
                                    "Reap: ",
                                    "started; ",
                                    "Killing ",
                                    "Bringing workers",
                                    "Received SIG",
                                    "Multiplexor")),
                    new Rule(
                            "mimedefang/trouble",
                            "",
                            Notes.containing(
                                    Kind.WARNING,
                                    "failed",
                                    "Error",
                                    "error",
                                    "Could not",
                                    "could not",
                                    "Unable",
                                    "Out of memory",
                                    "died prematurely",
                                    "All workers are busy",
                                    "No free workers",
                                    "skipped",
                                    "Timeout",
                                    "taking too long")),
                    new Rule("mimedefang/note", "", Notes.text(Kind.OTHER))));

    private MimeDefang() {}

    private static boolean message(Cursor cursor, Event.Builder event) {
        return cursor.take("MDLOG,")
                ? logged(cursor, event)
                : Notes.text(Kind.OTHER).read(cursor, event);
    }

    private static boolean logged(Cursor cursor, Event.Builder event) {
        String[] fields = ("MDLOG," + cursor.rest()).split(",", -1);
        if (fields.length != FIELDS) {
            return Notes.text(Kind.OTHER).read(cursor, event);
        }
        Notes.queueId(event, decoded(fields[1]));
        found(fields[2], fields[3], event);
        Notes.client(event, fields[4]);
        event.put(Field.SENDER, bare(decoded(fields[5])));
        String recipient = decoded(fields[6]);
        if (recipient.startsWith("rcpts=")) {
            Cursor count = new Cursor(recipient);
            count.take("rcpts=");
            event.put(Field.RECIPIENT_COUNT, Math.max(0, count.number()));
        } else {
            event.put(Field.RECIPIENT, bare(recipient));
        }
        event.put(Field.SUBJECT, decoded(fields[7]));
        return true;
    }

    private static void found(String name, String value, Event.Builder event) {
        switch (name) {
            case "spam" -> {
                Notes.verdict(event, Kind.SPAM, Reason.SPAM);
                double score = new Cursor(value).decimal();
                if (!Double.isNaN(score)) {
                    event.put(Field.SCORE, score);
                }
            }
            case "virus" -> {
                Notes.verdict(event, Kind.VIRUS, Reason.VIRUS);
                event.put(Field.SIGNATURE, decoded(value));
            }
            default -> Notes.passed(event, value.isEmpty() ? name : name + ": " + decoded(value));
        }
    }

    private static String bare(String address) {
        boolean bracketed = address.startsWith("<") && address.endsWith(">");
        return bracketed ? address.substring(1, address.length() - 1) : address;
    }

    /** What is written as a control character stays as it is written. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(at + 2), 16);
            int code = high * 16 + low;
            if (text.charAt(at) == '%' && low >= 0 && code >= ' ' && code < DELETE) {
                plain.append((char) code);
                at += 2;
            } else {
                plain.append(text.charAt(at));
            }
        }
        return plain.toString();
    }
}
