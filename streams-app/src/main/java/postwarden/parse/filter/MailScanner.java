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
 * MailScanner 4 and 5: {@code Message QID.A1B2C from 203.0.113.7 (a@b) to example.com is spam, SpamAssassin (score=12.3, …)}. What
 * stands behind {@code to} are domains; the words in brackets are translated.
 */
final class MailScanner {
    private static final String CAME = " came from ";

    static final Filter FILTER = Filter.of(
            Daemon.FILTER,
            List.of("mailscanner", "update.virus.scanners", "update.bad.phishing.sites", "update.phishing.sites"),
            List.of(
                    new Rule("mailscanner/message", "Message ", MailScanner::message),
                    new Rule("mailscanner/infected", "", MailScanner::infected),
                    new Rule("mailscanner/found", "", MailScanner::found),
                    new Rule(
                            "mailscanner/lifecycle",
                            "MailScanner ",
                            Notes.containing(
                                    Kind.LIFECYCLE,
                                    "starting",
                                    "dying",
                                    "caught a SIGHUP",
                                    "Virus Scanner version",
                                    "Scanner Version",
                                    "Processor version",
                                    "shutting down",
                                    "restart")),
                    new Rule(
                            "mailscanner/trouble",
                            "",
                            Notes.containing(
                                    Kind.WARNING,
                                    "timed out",
                                    "Denial Of Service attack detected",
                                    "Cannot ",
                                    "Could not ",
                                    "could not ",
                                    "cannot ",
                                    "ERROR",
                                    "error",
                                    "failed",
                                    "Syntax ",
                                    "WARNING",
                                    "Warning: ")),
                    new Rule("mailscanner/note", "", Notes.text(Kind.OTHER))));

    private MailScanner() {}

    private static boolean message(Cursor cursor, Event.Builder event) {
        queueId(cursor.word(), event);
        if (cursor.sees(" is ")) {
            verdict(cursor, event);
            return true;
        }
        if (!cursor.take(" from ") || !Notes.client(event, cursor.word()) || !cursor.take(" (")) {
            return Notes.text(Kind.OTHER).read(cursor, event);
        }
        Frame frame = Frame.of(cursor.text(), cursor.at(), ") to ");
        if (!frame.isWhole()) {
            return Notes.text(Kind.OTHER).read(cursor, event);
        }
        event.put(Field.SENDER, cursor.upTo(") to "));
        cursor.word();
        verdict(cursor, event);
        return true;
    }

    /** {@code  is spam, …}, {@code  is not spam, …}, {@code  is spam (blacklisted)}. */
    private static void verdict(Cursor cursor, Event.Builder event) {
        String said = cursor.rest().stripLeading();
        boolean listed = said.contains("blacklisted") || said.contains(" RBL") || said.startsWith("is spam, spamhaus");
        if (said.startsWith("is spam") || said.startsWith("is definitely spam")) {
            Notes.verdict(event, Kind.SPAM, listed ? Reason.BLOCKLISTED : Reason.SPAM);
        } else {
            Notes.passed(event, said);
        }
        int points = said.indexOf("SpamAssassin (");
        if (points >= 0) {
            Cursor score = new Cursor(said.substring(points));
            score.upTo('=');
            double value = score.decimal();
            if (!Double.isNaN(value)) {
                event.put(Field.SCORE, value);
            }
        }
    }

    /** {@code Infected message QID.A1B2C came from 203.0.113.7}, which ends the line. */
    private static boolean infected(Cursor cursor, Event.Builder event) {
        if ((!cursor.take("Infected message ") && !cursor.take("infected message "))) {
            return false;
        }
        String id = cursor.word();
        if (!cursor.take(CAME) || !Notes.client(event, cursor.rest())) {
            return false;
        }
        queueId(id, event);
        Notes.verdict(event, Kind.VIRUS, Reason.VIRUS);
        return true;
    }

    /** {@code Clamd::INFECTED:: Name :: ./QID.A1B2C/file}: the name of the file, which is the sender's, comes last. */
    private static boolean found(Cursor cursor, Event.Builder event) {
        String scanner = cursor.upTo("::INFECTED::");
        if (!Host.isName(scanner) || cursor.atEnd()) {
            return false;
        }
        cursor.skipSpaces();
        Notes.verdict(event, Kind.VIRUS, Reason.VIRUS);
        event.put(Field.SIGNATURE, cursor.upTo("::").strip());
        cursor.skipSpaces();
        if (cursor.take("./")) {
            queueId(cursor.upTo('/'), event);
        }
        return true;
    }

    /** With Postfix a random part is added behind a dot. */
    private static void queueId(String text, Event.Builder event) {
        int dot = text.indexOf('.');
        Notes.queueId(event, dot < 0 ? text : text.substring(0, dot));
    }
}
