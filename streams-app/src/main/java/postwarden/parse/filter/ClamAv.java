package postwarden.parse.filter;

import java.util.List;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** ClamAV 1.4: clamd, clamav-milter and freshclam, which log free text but for what they find; clamsmtp 1.10. */
final class ClamAv {
    private static final String FOUND = " FOUND";
    private static final String INFECTED = " infected by ";

    static final Filter FILTER = Filter.of(
            Daemon.CLAMAV,
            List.of("clamd", "clamav-milter", "freshclam", "clamsmtpd", "clamonacc", "clamav", "clamav-daemon"),
            List.of(
                    new Rule("clamav/found", "", ClamAv::found),
                    new Rule("clamav/infected", "Message ", ClamAv::infected),
                    new Rule("clamav/clean", "Clean message ", ClamAv::clean),
                    new Rule("clamav/smtp", "", ClamAv::clamsmtp),
                    new Rule("clamav/error", "ERROR: ", Notes.text(Kind.ERROR)),
                    new Rule("clamav/warning", "WARNING: ", Notes.text(Kind.WARNING)),
                    new Rule(
                            "clamav/lifecycle",
                            "",
                            Notes.beginning(
                                    Kind.LIFECYCLE,
                                    "+++ Started",
                                    "--- Stopped",
                                    "clamd daemon ",
                                    "freshclam daemon ",
                                    "ClamAV update process started",
                                    "clamav-milter: ",
                                    "Pid file removed",
                                    "Socket file removed",
                                    "Exiting",
                                    "Update process terminated",
                                    "Update process interrupted",
                                    "Reading databases from",
                                    "Database correctly reloaded",
                                    "Database correctly (re)loaded",
                                    "Activating the newly loaded database",
                                    "SelfCheck: ",
                                    "Waiting for all threads",
                                    "Running as user",
                                    "Listening daemon",
                                    "Clamd successfully notified",
                                    "Received signal")),
                    new Rule(
                            "clamav/trouble",
                            "",
                            Notes.containing(
                                    Kind.WARNING,
                                    "Can't ",
                                    "Cannot ",
                                    "cannot ",
                                    "failed",
                                    "Failed",
                                    "Unable ",
                                    "Invalid",
                                    "invalid",
                                    "OUTDATED",
                                    "older than ",
                                    "not available",
                                    "No reply",
                                    "Unknown ",
                                    "timed out",
                                    "Timed out",
                                    " ERROR",
                                    "error")),
                    new Rule("clamav/note", "", Notes.text(Kind.OTHER))));

    private ClamAv() {}

    /** {@code instream(127.0.0.1@40412): Name(md5:size) FOUND}; a file may be called anything, but the name of the find holds no blank. */
    private static boolean found(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int end = text.length() - FOUND.length();
        int mark = text.lastIndexOf(": ", end);
        if (!text.endsWith(FOUND) || mark < 0 || mark + 2 >= end || text.lastIndexOf(' ', end - 1) > mark + 1) {
            return false;
        }
        Notes.verdict(event, Kind.VIRUS, Reason.VIRUS);
        event.put(Field.SIGNATURE, bare(text.substring(mark + 2, end)));
        return true;
    }

    /** The name without the digest and size that clamd adds with ExtendedDetectionInfo. */
    private static String bare(String name) {
        int open = name.lastIndexOf('(');
        return open > 0 && name.endsWith(")") && name.indexOf(':', open) > 0 ? name.substring(0, open) : name;
    }

    /** {@code Message QID from <a> to <b> with subject '…' message-id '…' date '…' infected by Name}, or without what stands between. */
    private static boolean infected(Cursor cursor, Event.Builder event) {
        int by = cursor.text().lastIndexOf(INFECTED);
        if (by < 0 || !message(cursor, by, event)) {
            return false;
        }
        Notes.verdict(event, Kind.VIRUS, Reason.VIRUS);
        event.put(Field.SIGNATURE, cursor.text().substring(by + INFECTED.length()));
        return true;
    }

    private static boolean clean(Cursor cursor, Event.Builder event) {
        Notes.passed(event, "clean message");
        return message(cursor, cursor.text().length(), event);
    }

    private static boolean message(Cursor cursor, int end, Event.Builder event) {
        if (!cursor.sees("from <")) {
            Notes.queueId(event, cursor.word());
            cursor.take(' ');
        }
        if (!cursor.sees("from <")) {
            return false;
        }
        Frame frame = Frame.of(
                cursor.text().substring(0, end),
                cursor.at(),
                "from <",
                "> to <",
                "> with subject '",
                "' message-id '",
                "' date '");
        if (frame.has(0) && frame.has(1)) {
            event.put(Field.SENDER, frame.value(0));
            recipient(frame, event);
        }
        String id = frame.value(3);
        if (id.length() > 2 && id.startsWith("<") && id.indexOf('>') == id.length() - 1) {
            event.put(Field.MESSAGE_ID, id.substring(1, id.length() - 1));
        }
        if (frame.has(2)) {
            event.put(Field.SUBJECT, frame.value(2));
        }
        return true;
    }

    /** Without a subject behind it the recipient's bracket ends the text. */
    private static void recipient(Frame frame, Event.Builder event) {
        String to = frame.value(1);
        String recipient = frame.has(2) ? to : to.substring(0, Math.max(0, to.length() - 1));
        if (Notes.isPlain(recipient)) {
            event.put(Field.RECIPIENT, recipient);
        }
    }

    /** {@code 100081: from=a@b, to=c@d, to=e@f, status=VIRUS:Name}. */
    private static boolean clamsmtp(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        Frame frame = Frame.of(text, 0, ": from=", ", to=", ", status=");
        int status = text.lastIndexOf(", status=");
        if (status < 0 || text.indexOf(": from=") != 6) {
            return false;
        }
        if (frame.isWhole()) {
            event.put(Field.SENDER, frame.value(0)).put(Field.RECIPIENT, frame.value(1));
        }
        String said = text.substring(status + ", status=".length());
        if (said.startsWith("VIRUS:")) {
            Notes.verdict(event, Kind.VIRUS, Reason.VIRUS);
            event.put(Field.SIGNATURE, said.substring("VIRUS:".length()));
        } else {
            Notes.passed(event, said);
        }
        return true;
    }
}
