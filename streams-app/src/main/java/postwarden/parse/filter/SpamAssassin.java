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
 * spamd of SpamAssassin 4.0, in syslog and, with the level before it, in its own file; spamass-milter 0.4. Its client is the mail
 * daemon's spamc, never the sender's host, so no line names a client.
 */
final class SpamAssassin {
    private static final String[] LEVELS = {"info: ", "warn: ", "error: ", "dbg: "};

    static final Filter FILTER = Filter.of(
            Daemon.SPAMASSASSIN,
            List.of("spamd", "spamassassin", "spamass-milter", "spampd", "sa-update", "sa-compile"),
            List.of(
                    new Rule("spamd/identified", "", behindLevel("identified spam (", verdict(true))),
                    new Rule("spamd/clean", "", behindLevel("clean message (", verdict(false))),
                    new Rule("spamd/result", "", behindLevel("result: ", SpamAssassin::result)),
                    new Rule("spamd/grey", "(", SpamAssassin::openBsd),
                    new Rule("spamd/checking", "", behindLevel("", SpamAssassin::checking)),
                    new Rule("spamd/lifecycle", "", behindLevel("", SpamAssassin::lifecycle)),
                    new Rule("spamd/trouble", "", SpamAssassin::trouble),
                    new Rule("spamd/note", "", Notes.text(Kind.OTHER))));

    private SpamAssassin() {}

    private static Rule.Reading behindLevel(String beginning, Rule.Reading text) {
        return (cursor, event) -> {
            level(cursor);
            cursor.take("spamd: ");
            return cursor.take(beginning) && text.read(cursor, event);
        };
    }

    private static String level(Cursor cursor) {
        for (String level : LEVELS) {
            if (cursor.take(level)) {
                return level;
            }
        }
        return "";
    }

    /** {@code identified spam (7.3/5.0) for lena:1000 in 1.2 seconds, 1234 bytes.}; the user is who spamc says. */
    private static Rule.Reading verdict(boolean spam) {
        return (cursor, event) -> {
            double score = cursor.decimal();
            String text = cursor.text();
            int size = text.lastIndexOf(" seconds, ");
            if (Double.isNaN(score) || size < 0) {
                return false;
            }
            found(spam, event);
            event.put(Field.SCORE, score);
            cursor.moveTo(size + " seconds, ".length());
            long bytes = cursor.number();
            if (bytes >= 0) {
                event.put(Field.SIZE, bytes);
            }
            return true;
        };
    }

    private static void found(boolean spam, Event.Builder event) {
        if (spam) {
            Notes.verdict(event, Kind.SPAM, Reason.SPAM);
        } else {
            Notes.passed(event, "clean message");
        }
    }

    /** {@code result: Y 7 - TEST,TEST scantime=1.2,size=1234,user=…,mid=<…>,…}; spamd leaves no blank or comma in the message id. */
    private static boolean result(Cursor cursor, Event.Builder event) {
        String yes = cursor.word();
        cursor.skipSpaces();
        double score = cursor.decimal();
        if (Double.isNaN(score) || !cursor.take(" - ") || !(yes.equals("Y") || yes.equals("."))) {
            return false;
        }
        found(yes.equals("Y"), event);
        event.put(Field.SCORE, score);
        Frame frame = Frame.of(
                cursor.text(),
                cursor.at(),
                "scantime=",
                ",size=",
                ",user=",
                ",mid=",
                ",rmid=",
                ",bayes=",
                ",autolearn=");
        long size = new Cursor(frame.value(1)).number();
        if (size >= 0) {
            event.put(Field.SIZE, size);
        }
        messageId(frame.value(3), event);
        return true;
    }

    private static void messageId(String text, Event.Builder event) {
        if (text.length() > 2 && text.startsWith("<") && text.indexOf('>') == text.length() - 1) {
            event.put(Field.MESSAGE_ID, text.substring(1, text.length() - 1));
        }
    }

    /** {@code checking message <…> for lena:1000.}, the id as the message has it. */
    private static boolean checking(Cursor cursor, Event.Builder event) {
        if (!cursor.take("checking message ") && !cursor.take("processing message ")) {
            return false;
        }
        String id = cursor.word();
        if (cursor.sees(" for ") && cursor.text().lastIndexOf(" for ") == cursor.at()) {
            messageId(id, event);
        }
        return Notes.text(Kind.OTHER).read(cursor, event);
    }

    /** OpenBSD's program of the same name: {@code (GREY) 203.0.113.7: <a@b> -> <c@d>}. */
    private static boolean openBsd(Cursor cursor, Event.Builder event) {
        boolean grey = cursor.take("GREY) ");
        if ((!grey && !cursor.take("BLACK) ")) || !Notes.client(event, cursor.upTo(": "))) {
            return false;
        }
        Notes.verdict(event, grey ? Kind.GREYLIST : Kind.POLICY, grey ? Reason.GREYLISTED : Reason.BLOCKLISTED);
        String sender = cursor.take('<') ? cursor.upTo("> -> <") : "\"";
        String recipient = cursor.rest();
        if (Notes.isPlain(sender) && recipient.indexOf('>') == recipient.length() - 1 && !recipient.isEmpty()) {
            event.put(Field.SENDER, sender).put(Field.RECIPIENT, recipient.substring(0, recipient.length() - 1));
        }
        return true;
    }

    private static boolean lifecycle(Cursor cursor, Event.Builder event) {
        return Notes.beginning(
                        Kind.LIFECYCLE,
                        "server started on",
                        "server pid: ",
                        "server killed",
                        "server hit by",
                        "server shutting down",
                        "server successfully spawned",
                        "handled cleanup of child",
                        "restarting",
                        "logger: ",
                        "spamass-milter ",
                        "child [")
                .read(cursor, event);
    }

    private static boolean trouble(Cursor cursor, Event.Builder event) {
        String level = level(cursor);
        if (level.equals("error: ")) {
            return Notes.text(Kind.ERROR).read(cursor, event);
        }
        cursor.take("spamd: ");
        return level.equals("warn: ")
                ? Notes.text(Kind.WARNING).read(cursor, event)
                : Notes.beginning(
                                Kind.WARNING,
                                "bad protocol",
                                "unauthorized ",
                                "timeout",
                                "service unavailable",
                                "still running as root",
                                "cannot ",
                                "unable ",
                                "could not ",
                                "Could not ",
                                "Failed ",
                                "failed ",
                                "Thrown error",
                                "popenv failed",
                                "error",
                                "copy_config timeout",
                                "accidental fork",
                                "handle_user ",
                                "fatal ",
                                "plugin: ",
                                "config: ",
                                "dns: ",
                                "pyzor: ",
                                "razor2: ",
                                "dcc: ",
                                "bayes: ",
                                "rules: ",
                                "auto-whitelist: ",
                                "Use of uninitialized",
                                "prefork: select returned",
                                "prefork: killing",
                                "prefork: killed",
                                "prefork: ordered",
                                "prefork: lost",
                                "prefork: write",
                                "prefork: oops",
                                "prefork: cannot",
                                "prefork: child gave",
                                "prefork: syswrite")
                        .read(cursor, event);
    }
}
