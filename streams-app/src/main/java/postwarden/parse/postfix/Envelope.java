package postwarden.parse.postfix;

import postwarden.event.Event;
import postwarden.event.Field;

/**
 * The end of a decision's line: {@code ; from=<a> to=<b> proto=ESMTP helo=<c> sasl_username=<d>}, each part optional
 * (Postfix 3.7, smtpd_check.c); since 3.9 {@code sasl_method=e sasl_username=d sasl_sender=f} without brackets; postscreen
 * puts commas between. Sender, recipient and HELO may hold anything, so a part is taken only where its mark stands once in
 * the line and in its place, and an account only behind a {@code proto=} that stands once: Postfix always writes that one.
 */
final class Envelope {
    private static final String PROTOCOL = " proto=";
    private static final String METHOD = " sasl_method=";
    private static final String USER = " sasl_username=";
    private static final String SENDER = " sasl_sender=";

    private Envelope() {}

    /** Puts what the end says into the event; the text before it is returned. */
    static String split(String line, Event.Builder event) {
        String text = line.stripTrailing();
        int end = begin(text);
        if (end < 0) {
            return text;
        }
        put(text, end, "; from=<", event, Field.SENDER);
        put(text, end, " to=<", event, Field.RECIPIENT);
        put(text, end, " helo=<", event, Field.HELO);
        int protocol = only(text, PROTOCOL, end);
        if (protocol >= 0) {
            putProtocol(text, protocol + PROTOCOL.length(), event);
            putLogin(text, protocol, event);
        }
        return text.substring(0, end);
    }

    private static int begin(String text) {
        for (String mark : new String[] {"; from=<", "; to=<", "; proto="}) {
            int at = text.lastIndexOf(mark);
            if (at >= 0) {
                return at;
            }
        }
        return -1;
    }

    /** Where the mark stands, at or behind {@code from}; -1 when it does not, or more than once in the text. */
    private static int only(String text, String mark, int from) {
        int at = text.indexOf(mark);
        return at >= from && text.indexOf(mark, at + 1) < 0 ? at : -1;
    }

    private static void put(String text, int from, String mark, Event.Builder event, Field field) {
        int at = only(text, mark, from);
        int end = at < 0 ? -1 : close(text, at + mark.length());
        if (end >= 0) {
            event.put(field, text.substring(at + mark.length(), end));
        }
    }

    /** The bracket that closes a value: the first one before the next part or the line's end. */
    private static int close(String text, int from) {
        int at = text.indexOf('>', from);
        while (at >= 0 && at + 1 < text.length() && !isPart(text, at + 1)) {
            at = text.indexOf('>', at + 1);
        }
        return at;
    }

    private static boolean isPart(String text, int at) {
        int from = text.charAt(at) == ',' ? at + 1 : at;
        return text.startsWith(" to=<", from)
                || text.startsWith(PROTOCOL, from)
                || text.startsWith(" helo=<", from)
                || text.startsWith(" sasl_", from)
                || text.startsWith(": ", from);
    }

    private static void putProtocol(String text, int from, Event.Builder event) {
        int end = from;
        while (end < text.length() && " ,:".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        event.put(Field.PROTOCOL, text.substring(from, end));
    }

    /** Behind the protocol stand only HELO, in which Postfix lets no bracket pass, and then what the login says. */
    private static void putLogin(String text, int protocol, Event.Builder event) {
        int helo = text.indexOf(" helo=<", protocol);
        int from = helo < 0 ? protocol : Math.max(protocol, text.indexOf('>', helo));
        int method = only(text, METHOD, from);
        int user = only(text, USER, from);
        if (method >= 0 && user > method) {
            event.put(Field.AUTH_MECHANISM, text.substring(method + METHOD.length(), user));
        }
        if (user >= 0) {
            event.put(Field.ACCOUNT, account(text, user + USER.length()));
        }
    }

    private static String account(String text, int from) {
        if (text.startsWith("<", from) && text.endsWith(">")) {
            return text.substring(from + 1, text.length() - 1);
        }
        int sender = text.lastIndexOf(SENDER);
        return text.substring(from, sender < from ? text.length() : sender);
    }
}
