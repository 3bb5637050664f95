package postwarden.parse.uwimap;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Remarks;
import postwarden.parse.rule.Rule;

/** Sessions and mailboxes (2007, imapd.c, ipop3d.c, ssl_unix.c, env_unix.c): {@code Logout user=sam host=…}. */
final class UwImapSessions {
    static final List<Rule> RULES = List.of(
            new Rule("uw-imap/logout", "Logout user=", ended(Kind.LOGOUT)),
            new Rule("uw-imap/autologout", "Autologout", ended(Kind.TIMEOUT)),
            new Rule("uw-imap/killed", "Killed", ended(Kind.DISCONNECT)),
            new Rule("uw-imap/hangup", "Hangup", ended(Kind.DISCONNECT)),
            new Rule("uw-imap/lost", "", UwImapSessions::lost),
            new Rule("uw-imap/connect", "", UwImapSessions::connect),
            new Rule("uw-imap/before-login", "", UwImapSessions::beforeLogin),
            new Rule("uw-imap/tls-failed", "Unable to accept SSL connection", UwImapSessions::tlsFailed),
            new Rule("uw-imap/tls-error", "SSL error status: ", UwImapSessions::tlsFailed),
            Remarks.beginning(
                    "uw-imap/warning",
                    Kind.WARNING,
                    "SECURITY PROBLEM: ",
                    "Mailbox lock file ",
                    "Mailbox vulnerable - ",
                    "Mailbox is locked",
                    "Killing (lost mailbox lock)"),
            Remarks.framed("uw-imap/moved", Kind.OTHER, "Moved ", " bytes of new mail to "),
            Remarks.framed("uw-imap/update", Kind.OTHER, "Update user=", " host="),
            Remarks.framed("uw-imap/override", Kind.OTHER, "Admin ", " override of user="),
            Remarks.framed("uw-imap/proxied", Kind.OTHER, "IMAP login to host=", " user="));

    private UwImapSessions() {}

    /** {@code Autologout (idle for too long) user=sam host=…}; {@code ???} where nobody had tried to log in. */
    private static Rule.Reading ended(Kind kind) {
        return (cursor, event) -> {
            String text = cursor.text();
            Tail tail = Tail.of(text);
            int user = text.indexOf("user=");
            if (!tail.present() || user < 0 || user > tail.start()) {
                return false;
            }
            String account = text.substring(user + "user=".length(), tail.start());
            boolean known = !account.equals("???") && !account.isEmpty() && tail.isOnly(text);
            event.kind(kind == Kind.LOGOUT && account.equals("???") ? Kind.DISCONNECT : kind);
            if (known) {
                event.put(Field.ACCOUNT, account);
            }
            if (kind == Kind.TIMEOUT) {
                event.put(Field.REASON, Reason.TIMED_OUT);
            }
            tail.put(event);
            return true;
        };
    }

    /** {@code Connection reset by peer, while reading line user=sam host=…}. */
    private static boolean lost(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int why = text.indexOf(", while ");
        int user = text.indexOf(" user=");
        if (why < 0 || user < why || !ended(Kind.LOST_CONNECTION).read(cursor, event)) {
            return false;
        }
        event.put(Field.REASON, Reason.CONNECTION_LOST);
        return true;
    }

    /** {@code port 143 service init from 192.0.2.1}, {@code imaps SSL service init from 192.0.2.1}. */
    private static boolean connect(Cursor cursor, Event.Builder event) {
        boolean own = cursor.sees("port ") || cursor.sees("imap") || cursor.sees("pop");
        int mark = cursor.text().indexOf(" service init from ");
        if (!own || mark < 0) {
            return false;
        }
        event.kind(Kind.CONNECT);
        String ip = Addresses.canonical(cursor.text().substring(mark + " service init from ".length()));
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        return true;
    }

    /** {@code Null command before authentication host=…}. */
    private static boolean beforeLogin(Cursor cursor, Event.Builder event) {
        Tail tail = Tail.of(cursor.text());
        boolean command = cursor.sees("Null ") || cursor.sees("Missing ") || cursor.sees("Line too long ");
        if (!command || !cursor.ahead("before authentication host=")) {
            return false;
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        tail.put(event);
        return true;
    }

    private static boolean tlsFailed(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.REASON, Reason.TLS);
        if (cursor.sees(", host=")) {
            Tail.of(cursor.text()).put(event);
        }
        return true;
    }
}
