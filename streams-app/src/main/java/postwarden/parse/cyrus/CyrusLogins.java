package postwarden.parse.cyrus;

import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.SaslCodes;

/**
 * Logins (3.10, imapd.c, pop3d.c, lmtpengine.c, timsieved/parser.c): {@code badlogin: host [192.0.2.1] PLAIN (sam)
 * [SASL(-13): …]}. The client stands first, behind it the mechanism, then what a stranger typed, then the library's
 * words, which may repeat it: its code is the last one of the line.
 */
final class CyrusLogins {
    static final List<Rule> RULES = List.of(
            new Rule("cyrus/login", "login: ", CyrusLogins::login),
            new Rule("cyrus/login-failed", "badlogin: ", CyrusLogins::failed),
            new Rule("cyrus/limit", "Too many open connections (", CyrusLogins::limit));

    private static final String CODE = "SASL(";

    private CyrusLogins() {}

    /** Reads {@code host [192.0.2.1]}, {@code host[192.0.2.1]} or {@code [192.0.2.1]}; false where it is none. */
    static boolean client(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int open = text.indexOf('[', cursor.at());
        int close = text.indexOf(']', Math.max(open, 0));
        if (open < 0 || close < 0) {
            return false;
        }
        String host = text.substring(cursor.at(), open).stripTrailing();
        String ip = Addresses.canonical(text.substring(open + 1, close));
        boolean name = host.chars().allMatch(c -> (Character.isLetterOrDigit(c) && c < 128) || ".-_".indexOf(c) >= 0);
        if (ip.isEmpty() || !name || (close + 1 < text.length() && text.charAt(close + 1) != ' ')) {
            return false;
        }
        event.put(Field.CLIENT_IP, ip);
        if (!host.isEmpty()) {
            event.put(Field.CLIENT_HOSTNAME, host);
        }
        cursor.moveTo(close + 1);
        cursor.skipSpaces();
        return true;
    }

    /** {@code login: host [192.0.2.1] sam plaintext+TLS User logged in SESSIONID=<…>}. */
    private static boolean login(Cursor cursor, Event.Builder event) {
        if (!client(cursor, event)) {
            return unclear(Kind.OTHER, event);
        }
        String user = cursor.word();
        cursor.skipSpaces();
        String mechanism = cursor.word();
        event.kind(Kind.AUTH_SUCCESS).put(Field.ACCOUNT, user);
        if (!user.equals("anonymous")) {
            event.put(
                    Field.AUTH_MECHANISM,
                    mechanism.endsWith("+TLS") ? mechanism.substring(0, mechanism.length() - 4) : mechanism);
        }
        cursor.upTo("SESSIONID=<");
        String session = cursor.upTo('>');
        if (!session.isEmpty()) {
            event.put(Field.SESSION, session);
        }
        return true;
    }

    private static boolean failed(Cursor cursor, Event.Builder event) {
        boolean certain = client(cursor, event);
        String mechanism = cursor.word();
        String rest = cursor.rest().strip();
        verdict(mechanism, rest, event);
        if (!certain) {
            event.put(Field.AMBIGUOUS, true);
            return true;
        }
        if (!mechanism.equals("anonymous") && !mechanism.equals("kpop")) {
            event.put(Field.AUTH_MECHANISM, mechanism);
        }
        String user = user(mechanism, rest);
        if (!user.isEmpty()) {
            event.put(Field.ACCOUNT, user);
        }
        return true;
    }

    private static void verdict(String mechanism, String rest, Event.Builder event) {
        int code = rest.lastIndexOf(CODE);
        if (mechanism.equals("anonymous")) {
            event.kind(Kind.AUTH_ABUSE).put(Field.REASON, Reason.ACCESS_DENIED);
        } else if (code >= 0) {
            SaslCodes.put(new Cursor(rest.substring(code + CODE.length())).upTo(')'), event);
        } else if (rest.endsWith("invalid user")
                || rest.endsWith("authentication failure")
                || rest.endsWith("[authentication failure]")
                || rest.endsWith("[user not found]")
                || rest.endsWith("access denied")) {
            event.kind(Kind.AUTH_FAILURE).put(Field.REASON, Reason.AUTHENTICATION);
        } else {
            // The exchange was not in order, or why it failed is not told.
            event.kind(Kind.NO_AUTH);
        }
    }

    /** {@code (sam) [SASL…]} since 3.0; until then {@code sam SASL…} or {@code sam invalid user}, with plaintext alone. */
    private static String user(String mechanism, String rest) {
        if (mechanism.equals("APOP") || mechanism.equals("kpop")) {
            return "";
        }
        boolean framed = rest.startsWith("(");
        if (!framed && !mechanism.equals("plaintext")) {
            return "";
        }
        String mark = framed ? ") [" : " SASL(";
        int end = rest.indexOf(mark);
        if (end < 0 || rest.indexOf(mark, end + 1) >= 0) {
            mark = framed ? ") invalid user" : " invalid user";
            end = rest.endsWith(mark) ? rest.length() - mark.length() : -1;
        }
        String user = end < 0 ? "" : rest.substring(framed ? 1 : 0, end);
        return user.startsWith("[") ? "" : user;
    }

    /** {@code Too many open connections (11 of 10 from host [192.0.2.1], 5 of 5 for sam)}; either part may be missing. */
    private static boolean limit(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        boolean reached = count(cursor, event);
        boolean ofClient = cursor.take(" from ");
        int second = text.lastIndexOf(", ");
        if (ofClient && !reached && second > cursor.at()) {
            cursor.moveTo(second + 2);
            count(cursor, event);
            ofClient = false;
        }
        if (!event.has(Field.LIMIT_VALUE) || !(ofClient || cursor.take(" for "))) {
            return false;
        }
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.REASON, Reason.TOO_MANY_CONNECTIONS);
        if (ofClient) {
            event.put(Field.LIMIT, Limit.CLIENT_CONCURRENCY);
            int close = text.indexOf(']', cursor.at());
            client(new Cursor(text.substring(cursor.at(), Math.max(close + 1, cursor.at()))), event);
        } else {
            event.put(Field.LIMIT, Limit.USER_IP_CONNECTIONS);
            String user = cursor.rest();
            event.put(Field.ACCOUNT, user.endsWith(")") ? user.substring(0, user.length() - 1) : user);
        }
        return true;
    }

    /** Reads {@code 11 of 10}; whether the limit was reached. */
    private static boolean count(Cursor cursor, Event.Builder event) {
        long observed = cursor.number();
        long allowed = cursor.take(" of ") ? cursor.number() : -1;
        if (allowed >= 0) {
            event.put(Field.OBSERVED, observed).put(Field.LIMIT_VALUE, allowed);
        }
        return observed > allowed;
    }

    private static boolean unclear(Kind kind, Event.Builder event) {
        event.kind(kind).put(Field.AMBIGUOUS, true).put(Field.TEXT, event.line().message());
        return true;
    }
}
