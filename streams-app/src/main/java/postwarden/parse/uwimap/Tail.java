package postwarden.parse.uwimap;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;

/**
 * What stands behind the last {@code host=} of a line: {@code host [192.0.2.1]}, {@code [192.0.2.1]} or a name alone
 * (tcp_unix.c, tcp_clienthost), cut at 80 characters. It is the server's own, and nothing of a stranger's follows it.
 *
 * @param start where {@code host=} begins in the line, with its blank
 */
record Tail(String host, int start) {
    private static final String MARK = " host=";
    /** The templates write {@code host=%.80s}. */
    private static final int CUT = 80;

    /** The tail of a line; {@code start} is negative where it has none. */
    static Tail of(String text) {
        int start = text.lastIndexOf(MARK);
        return start < 0 ? new Tail("", start) : new Tail(text.substring(start + MARK.length()), start);
    }

    boolean present() {
        return start >= 0;
    }

    /** Whether the line has no second mark, so that what stands before this one is certain as well. */
    boolean isOnly(String text) {
        return text.indexOf(MARK) == start;
    }

    /** Puts the client, as far as it is certain. */
    void put(Event.Builder event) {
        int open = host.indexOf('[');
        int close = host.indexOf(']', Math.max(open, 0));
        String name = (open < 0 ? word() : host.substring(0, open)).strip();
        String ip = open < 0 || close < 0 ? "" : Addresses.canonical(host.substring(open + 1, close));
        boolean whole = close >= 0 || (open < 0 && name.length() < CUT);
        if (!whole || !isName(name) || (open >= 0 && ip.isEmpty())) {
            return;
        }
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        if (!name.isEmpty()
                && !name.equals("UNKNOWN")
                && Addresses.canonical(name).isEmpty()) {
            event.put(Field.CLIENT_HOSTNAME, name);
        }
    }

    private String word() {
        int blank = host.indexOf(' ');
        return blank < 0 ? host : host.substring(0, blank);
    }

    private static boolean isName(String name) {
        return name.chars().allMatch(c -> (Character.isLetterOrDigit(c) && c < 128) || ".-_:".indexOf(c) >= 0);
    }
}
