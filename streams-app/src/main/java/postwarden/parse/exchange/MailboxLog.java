package postwarden.parse.exchange;

import java.util.List;
import java.util.Locale;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.RuleList;

/**
 * The POP3 and IMAP4 protocol logs: a row is a command with its result. The result is {@code R=OK} or the answer in quotes, in IMAP with
 * the tag that the client chose in front.
 */
final class MailboxLog {
    private static final int FEWEST_COLUMNS = 11;
    private static final int SESSION = 16;

    private final RuleList rules = new RuleList(List.of(
            new Rule("exchange-mailbox/connect", "opensession", kind(Kind.CONNECT)),
            new Rule("exchange-mailbox/disconnect", "closesession", kind(Kind.DISCONNECT)),
            new Rule("exchange-mailbox/logout", "logout", kind(Kind.LOGOUT)),
            new Rule("exchange-mailbox/quit", "quit", kind(Kind.LOGOUT)),
            new Rule("exchange-mailbox/login", "login", MailboxLog::login),
            new Rule("exchange-mailbox/authenticate", "authenticate", MailboxLog::login),
            new Rule("exchange-mailbox/pass", "pass", MailboxLog::login),
            new Rule("exchange-mailbox/auth", "auth", MailboxLog::login),
            new Rule("exchange-mailbox/command", "", MailboxLog::command)));

    List<Rule> rules() {
        return rules.rules();
    }

    boolean read(Row row, Event.Builder event, String service) {
        if (row.size() < FEWEST_COLUMNS || !isSession(row.column(0)) || new Cursor(row.column(1)).number() < 0) {
            return false;
        }
        event.put(Field.SESSION, row.column(0)).put(Field.SERVICE, service);
        Endpoint.of(row.column(2)).put(event, Field.SERVER_IP, Field.SERVER_PORT);
        Endpoint.of(row.column(3)).put(event, Field.CLIENT_IP, Field.CLIENT_PORT);
        if (!row.column(4).isEmpty()) {
            event.put(Field.ACCOUNT, row.column(4));
        }
        String command = row.column(8).toLowerCase(Locale.ROOT);
        return rules.read(new Cursor(command + SmtpRow.BREAK + row.column(10)), event);
    }

    /** Sixteen hexadecimal digits; a row of another log has something else there. */
    private static boolean isSession(String text) {
        return text.length() == SESSION && text.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
    }

    private static Rule.Reading kind(Kind kind) {
        return (cursor, event) -> {
            if (!cursor.take(SmtpRow.BREAK)) {
                return false;
            }
            event.kind(kind);
            return true;
        };
    }

    private static boolean login(Cursor cursor, Event.Builder event) {
        if (!cursor.take(SmtpRow.BREAK)) {
            return false;
        }
        String answer = answer(cursor);
        if (answer.toUpperCase(Locale.ROOT).startsWith("OK")) {
            event.kind(Kind.AUTH_SUCCESS);
        } else if (isRefusal(answer)) {
            event.kind(Kind.AUTH_FAILURE);
        } else {
            event.kind(answer.isEmpty() ? Kind.OTHER : Kind.AUTH_ERROR);
        }
        if (!answer.isEmpty()) {
            event.put(Field.REPLY_TEXT, answer);
        }
        return true;
    }

    /** {@code R=OK;…} or {@code R="a2 NO LOGIN failed.";…}; without the tag of IMAP. */
    private static String answer(Cursor cursor) {
        if (!cursor.take("R=")) {
            return "";
        }
        if (!cursor.take('"')) {
            return cursor.upTo(';').strip();
        }
        String quoted = cursor.upTo('"');
        int blank = quoted.indexOf(' ');
        boolean tagged = !quoted.startsWith("-ERR") && !quoted.startsWith("+OK") && blank > 0;
        return tagged ? quoted.substring(blank + 1) : quoted;
    }

    private static boolean isRefusal(String answer) {
        return answer.startsWith("NO LOGIN failed")
                || answer.startsWith("NO AUTHENTICATE failed")
                || answer.startsWith("-ERR Logon failure")
                || answer.startsWith("-ERR Authentication failure");
    }

    private static boolean command(Cursor cursor, Event.Builder event) {
        String command = cursor.upTo(SmtpRow.BREAK);
        event.kind(Kind.OTHER).put(Field.TEXT, command);
        return !command.isEmpty();
    }
}
