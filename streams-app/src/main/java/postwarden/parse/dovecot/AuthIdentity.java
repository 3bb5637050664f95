package postwarden.parse.dovecot;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;

/**
 * Whom a line of Dovecot's authentication is about: {@code sql(user,ip,master,<session>): } up to 2.3
 * (auth_request_get_log_prefix), {@code auth(user,ip,sasl:plain,master)<session>: } since 2.4 (get_log_prefix).
 *
 * <p>The user is a stranger's text and stands first, a password that is logged in clear stands behind, and either may hold
 * all of this. An end of the brackets counts only behind an address; with more than one such end nobody is named.
 *
 * @param ends how many places could be the end of the brackets
 * @param firstRestAt where the message would begin if the first possible end of the brackets were the true one
 * @param restAt where the message begins behind the last possible end; -1 when there is none
 */
record AuthIdentity(
        int ends, int firstRestAt, int restAt, String account, String clientIp, String session, String mechanism) {
    /** What stands for a line that is about nobody. */
    static final AuthIdentity NOBODY = new AuthIdentity(0, -1, -1, "", "", "", "");
    /** Longest text behind the user: an IPv6 address (RFC 4291), a session, a mechanism (RFC 4422), {@code master}. */
    private static final int LONGEST_TAIL = 200;

    /** The identity in the brackets that open at an index. */
    static AuthIdentity read(String text, int open) {
        AuthIdentity found = NOBODY;
        int unaddressed = -1;
        for (int close = text.indexOf(')', open); close >= 0; close = text.indexOf(')', close + 1)) {
            int rest = restAt(text, close);
            if (rest >= 0) {
                unaddressed = unaddressed < 0 ? rest : unaddressed;
                AuthIdentity candidate = at(text, open, close, rest);
                if (candidate.isSaid()) {
                    int first = found.isSaid() ? found.firstRestAt : rest;
                    found = new AuthIdentity(
                            found.ends + 1,
                            first,
                            rest,
                            candidate.account,
                            candidate.clientIp,
                            candidate.session,
                            candidate.mechanism);
                }
            }
        }
        // Without an address there is nothing to tell a user from what only looks like one.
        return found.isSaid() || unaddressed < 0
                ? found
                : new AuthIdentity(1, unaddressed, unaddressed, "", "", "", "");
    }

    boolean isSaid() {
        return restAt >= 0;
    }

    /** Whether more than one place could be the end of the brackets. */
    boolean isAmbiguous() {
        return ends > 1;
    }

    void put(Event.Builder event) {
        if (isAmbiguous()) {
            event.put(Field.AMBIGUOUS, true);
            return;
        }
        put(event, Field.CLIENT_IP, clientIp);
        put(event, Field.SESSION, session);
        put(event, Field.AUTH_MECHANISM, mechanism);
        put(event, Field.ACCOUNT, account.equals("?") ? "" : account);
    }

    private static void put(Event.Builder event, Field field, String value) {
        if (!value.isEmpty()) {
            event.put(field, value);
        }
    }

    /** Where a message begins behind a closing bracket, {@code <pid>} and {@code <session>}; -1 when none does. */
    private static int restAt(String text, int close) {
        int at = close + 1;
        for (int group = 0; group < 2 && text.startsWith("<", at); group++) {
            int end = at;
            int bound = Math.min(text.length(), at + LONGEST_TAIL);
            while (end < bound && text.charAt(end) != '>') {
                end++;
            }
            if (end == bound) {
                return -1;
            }
            at = end + 1;
        }
        return text.startsWith(": ", at) ? at + 2 : -1;
    }

    /** Reads the brackets from the right. */
    private static AuthIdentity at(String text, int open, int close, int rest) {
        int end = close;
        String session = behind(text, close, rest);
        String mechanism = "";
        int bound = Math.max(open, close - LONGEST_TAIL);
        for (int comma = comma(text, end, bound); comma > 0; comma = comma(text, end, bound)) {
            String word = text.substring(comma + 1, end);
            if (word.startsWith("<") && word.endsWith(">") && session.isEmpty()) {
                session = word.substring(1, word.length() - 1);
            } else if (word.startsWith("sasl:") && mechanism.isEmpty()) {
                mechanism = word.substring("sasl:".length());
            } else if (!word.equals("master") && !word.isEmpty()) {
                String ip = Addresses.canonical(word);
                return ip.isEmpty()
                        ? NOBODY
                        : new AuthIdentity(1, rest, rest, text.substring(open + 1, comma), ip, session, mechanism);
            }
            end = comma;
        }
        return NOBODY;
    }

    /** The next comma to the left that is not behind a bound, or -1. */
    private static int comma(String text, int end, int bound) {
        for (int at = end - 1; at > bound; at--) {
            if (text.charAt(at) == ',') {
                return at;
            }
        }
        return -1;
    }

    /** The session behind the brackets: the last of {@code <pid><session>}, as a process id alone is none. */
    private static String behind(String text, int close, int rest) {
        int end = rest - 2;
        if (end == close + 1) {
            return "";
        }
        int start = end - 1;
        while (text.charAt(start) != '<') {
            start--;
        }
        String last = text.substring(start + 1, end - 1);
        boolean pid = start == close + 1 && last.chars().allMatch(c -> c >= '0' && c <= '9');
        return pid ? "" : last;
    }
}
