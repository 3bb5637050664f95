package postwarden.parse.pureftpd;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * What Pure-FTPd says at any time of a session, and by its level alone what is of no further interest. A user's file names
 * stand in these lines, before or behind the daemon's words, so none of them names anybody but the session's user.
 */
final class FtpWork {
    static final List<Rule> RULES = List.of(
            new Rule("ftp/logout", "INFO] ", FtpWork::logout),
            new Rule("ftp/timeout", "INFO] ", FtpWork::timeout),
            new Rule("ftp/tls", "INFO] ", FtpWork::tls),
            new Rule("ftp/no-anonymous", "INFO] This is a private system - No anonymous login", FtpWork::notAllowed),
            new Rule("ftp/cleartext", "WARNING] Sorry, cleartext sessions", FtpWork::notAllowed),
            new Rule("ftp/user-limit", "WARNING] I can't accept more than ", FtpWork::userLimit),
            new Rule("ftp/overflow", "WARNING] The client tried to overflow", FtpWork::abuse),
            new Rule("ftp/tls-failed", "ERROR] TLS", FtpWork::tlsFailed),
            new Rule("ftp/ssl-failed", "ERROR] SSL/TLS: ", FtpWork::tlsFailed),
            new Rule("ftp/tls-refused", "WARNING] TLS", FtpWork::tlsFailed),
            new Rule("ftp/transfer", "NOTICE] ", FtpWork::transfer),
            new Rule("ftp/no-server", "ERROR] Unable to start a standalone server", FtpWork::lifecycle),
            new Rule("ftp/command", "DEBUG] ", FtpWork::command),
            new Rule("ftp/info", "INFO] ", (cursor, event) -> say(Kind.OTHER, cursor, event)),
            new Rule("ftp/notice", "NOTICE] ", (cursor, event) -> say(Kind.OTHER, cursor, event)),
            new Rule("ftp/warning", "WARNING] ", (cursor, event) -> say(Kind.WARNING, cursor, event)),
            new Rule("ftp/error", "ERROR] ", (cursor, event) -> say(Kind.ERROR, cursor, event)));

    private FtpWork() {}

    private static boolean logout(Cursor cursor, Event.Builder event) {
        String said = cursor.text().substring(cursor.at());
        for (Language language : Language.ALL) {
            if (Wording.behind(said, 0, language.loggedOut()) == said.length()) {
                event.kind(Kind.LOGOUT);
                return true;
            }
        }
        return false;
    }

    /** {@code Timeout}, {@code Timeout - try typing …}, {@code Timeout (no operation for 900 seconds)}. */
    private static boolean timeout(Cursor cursor, Event.Builder event) {
        String said = cursor.text().substring(cursor.at());
        for (Language language : Language.ALL) {
            int behind = language.timeout().isEmpty() ? -1 : Wording.behind(said, 0, language.timeout());
            if (behind >= 0) {
                event.kind(Kind.TIMEOUT);
                return true;
            }
        }
        return false;
    }

    /** {@code TLS: Enabled TLSv1.3 with TLS_AES_256_GCM_SHA384, 256 secret bits cipher}, {@code SSL/TLS: …} before 1.0.48. */
    private static boolean tls(Cursor cursor, Event.Builder event) {
        if (!cursor.take("SSL/TLS: ") && !cursor.take("TLS: ")) {
            return false;
        }
        event.kind(Kind.TLS);
        if (cursor.take("Enabled ")) {
            event.put(Field.TLS_VERSION, cursor.upTo(" with ")).put(Field.CIPHER, cursor.upTo(", "));
        }
        return true;
    }

    private static boolean tlsFailed(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.REASON, Reason.TLS);
        return true;
    }

    /** {@code /home/sam/a.jpg downloaded  (28000 bytes, 167672.51KB/sec)}; the name is the user's text, so from the right. */
    private static boolean transfer(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int open = text.lastIndexOf("  (");
        if (open < cursor.at() || !text.endsWith("KB/sec)")) {
            return false;
        }
        String moved = text.substring(cursor.at(), open);
        cursor.moveTo(open + 3);
        long size = cursor.number();
        if (size < 0 || !cursor.take(" bytes, ")) {
            return false;
        }
        event.kind(Kind.TRANSFER).put(Field.SIZE, size);
        for (Language language : Language.ALL) {
            if (ends(moved, language.uploaded())) {
                event.put(Field.TEXT, "uploaded");
            } else if (ends(moved, language.downloaded())) {
                event.put(Field.TEXT, "downloaded");
            }
        }
        return true;
    }

    private static boolean ends(String moved, String word) {
        return !word.isEmpty() && Wording.endingFrom(moved, 0, " " + word) >= 0;
    }

    private static boolean userLimit(Cursor cursor, Event.Builder event) {
        long limit = cursor.number();
        if (limit < 0) {
            return false;
        }
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT_VALUE, limit)
                .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS)
                .put(Field.ORIGIN, Origin.LOCAL);
        return true;
    }

    private static boolean notAllowed(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.ACCESS_DENIED);
        return true;
    }

    private static boolean abuse(Cursor cursor, Event.Builder event) {
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        return true;
    }

    /** What a client typed, with verbose logging; its words are of no interest here. */
    private static boolean command(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER);
        return true;
    }

    private static boolean lifecycle(Cursor cursor, Event.Builder event) {
        event.kind(Kind.LIFECYCLE)
                .put(Field.TEXT, cursor.text().substring(cursor.text().indexOf("] ") + 2));
        return true;
    }

    private static boolean say(Kind kind, Cursor cursor, Event.Builder event) {
        event.kind(kind).put(Field.TEXT, cursor.rest());
        return true;
    }
}
