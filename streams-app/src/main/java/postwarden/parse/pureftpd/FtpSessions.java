package postwarden.parse.pureftpd;

import java.util.List;
import java.util.function.Function;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** What Pure-FTPd says before anybody has logged in: connections, limits, logins (ftpd.c: doit, dopass, accept_client). */
final class FtpSessions {
    /** Said by the process that listens. */
    static final List<Rule> SERVER = List.of(new Rule("ftp/client-limit", "WARNING] ", FtpSessions::clientLimit));

    static final List<Rule> BEFORE_LOGIN = List.of(
            new Rule("ftp/connect", "INFO] ", FtpSessions::connect),
            new Rule("ftp/anonymous", "INFO] ", FtpSessions::anonymous),
            new Rule("ftp/login", "INFO] ", FtpSessions::login),
            new Rule("ftp/login-failed", "WARNING] ", FtpSessions::loginFailed),
            new Rule("ftp/disabled", "WARNING] ", FtpSessions::disabled),
            new Rule("ftp/too-many-failures", "ERROR] ", FtpSessions::tooManyFailures),
            new Rule("ftp/total-limit", "", FtpSessions::totalLimit));

    private FtpSessions() {}

    private static boolean connect(Cursor cursor, Event.Builder event) {
        for (Language language : Language.ALL) {
            if (!value(cursor, language.connected()).isEmpty()) {
                event.kind(Kind.CONNECT);
                return true;
            }
        }
        return false;
    }

    private static boolean anonymous(Cursor cursor, Event.Builder event) {
        if (!begins(cursor, Language::anonymous)) {
            return false;
        }
        event.kind(Kind.AUTH_SUCCESS).put(Field.ACCOUNT, "anonymous");
        return true;
    }

    private static boolean login(Cursor cursor, Event.Builder event) {
        for (Language language : Language.ALL) {
            String user = value(cursor, language.loggedIn());
            if (!user.isEmpty()) {
                event.kind(Kind.AUTH_SUCCESS).put(Field.ACCOUNT, user);
                return true;
            }
        }
        return false;
    }

    /** The user stands between the brackets that the daemon writes to the end of the line, and may be called anything. */
    private static boolean loginFailed(Cursor cursor, Event.Builder event) {
        String user = Language.ALL.stream()
                .map(language -> value(cursor, language.failed()))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        // A line that was cut has no end to the user.
        if (user.isEmpty() && !begins(cursor, Language::failed)) {
            return false;
        }
        event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        if (!user.isEmpty()) {
            event.put(Field.ACCOUNT, user);
        }
        return true;
    }

    /** The password was right; the account may not log in. */
    private static boolean disabled(Cursor cursor, Event.Builder event) {
        if (!begins(cursor, Language::disabled)) {
            return false;
        }
        cursor.upTo('[');
        if (cursor.ahead("]")) {
            event.put(Field.ACCOUNT, cursor.upToLast("]"));
        }
        return denied(event, Reason.ACCESS_DENIED);
    }

    private static boolean tooManyFailures(Cursor cursor, Event.Builder event) {
        return begins(cursor, Language::tooMany) && denied(event, Reason.TOO_MANY_ERRORS);
    }

    private static boolean denied(Event.Builder event, Reason why) {
        event.kind(Kind.AUTH_ABUSE).put(Field.REASON, why);
        return true;
    }

    /** {@code Too many connections (8) from this IP: [198.51.100.207]}; only when another was refused before. */
    private static boolean clientLimit(Cursor cursor, Event.Builder event) {
        for (Language language : Language.ALL) {
            int behind = behindNumber(cursor, language.clientLimit());
            if (behind >= 0) {
                cursor.moveTo(cursor.text().indexOf('(', cursor.at()) + 1);
                limit(event, Limit.FTP_CLIENT_CONNECTIONS, cursor.number());
                event.put(Field.LOWER_BOUND, true);
                cursor.moveTo(behind);
                refusedClient(cursor, event);
                return true;
            }
        }
        return false;
    }

    private static void refusedClient(Cursor cursor, Event.Builder event) {
        if (cursor.take(": [")) {
            String ip = Addresses.canonical(cursor.upTo(']'));
            if (!ip.isEmpty() && cursor.atEnd()) {
                event.put(Field.CLIENT_IP, ip);
            }
        }
    }

    private static boolean totalLimit(Cursor cursor, Event.Builder event) {
        cursor.upTo("] ");
        long limit = cursor.number();
        if (limit < 0 || !cursor.take(" users (the maximum) are already logged in")) {
            return false;
        }
        limit(event, Limit.FTP_TOTAL, limit);
        return true;
    }

    private static void limit(Event.Builder event, Limit limit, long value) {
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT, limit)
                .put(Field.LIMIT_VALUE, value)
                .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS)
                .put(Field.ORIGIN, Origin.LOCAL);
    }

    /** Whether what is left begins with this text of any language. */
    private static boolean begins(Cursor cursor, Function<Language, String> text) {
        return Language.ALL.stream().anyMatch(language -> begins(cursor, text.apply(language)));
    }

    /** Whether what is left begins with the part of the form before its value, of more than a bracket. */
    private static boolean begins(Cursor cursor, String form) {
        int value = form.indexOf('%');
        String text = value < 0 ? form : form.substring(0, value);
        return text.length() > 1 && Wording.behind(cursor.text(), cursor.at(), text) >= 0;
    }

    /** What stands where the form has its value, when it fits all that is left; empty when it does not. */
    private static String value(Cursor cursor, String form) {
        int at = form.indexOf('%');
        if (at < 0) {
            return "";
        }
        int from = Wording.behind(cursor.text(), cursor.at(), form.substring(0, at));
        int to = from < 0 ? -1 : Wording.endingFrom(cursor.text(), from, form.substring(at + 1));
        return to > from ? cursor.text().substring(from, to) : "";
    }

    /** Where the line goes on behind a form whose value is a number; -1 when it does not fit. */
    private static int behindNumber(Cursor cursor, String form) {
        int at = form.indexOf('%');
        int number = Wording.behind(cursor.text(), cursor.at(), form.substring(0, at));
        if (number < 0) {
            return -1;
        }
        Cursor digits = new Cursor(cursor.text());
        digits.moveTo(number);
        return digits.number() < 0 ? -1 : Wording.behind(cursor.text(), digits.at(), form.substring(at + 1));
    }
}
