package postwarden.parse.postfix;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;

/**
 * The other end of a connection as Postfix writes it: {@code host[ip]}, {@code host[ip]:port} or {@code [ip]:port}.
 *
 * @param hostname verified name; empty when none or {@code unknown}
 * @param ip canonical; empty when unknown, or a socket in the file system
 * @param port 0 to 65535, or -1
 * @param certain false where this is no such form, or where something is glued to it that Postfix does not write: then
 *     nothing of it may be believed
 */
record Peer(String hostname, String ip, int port, boolean certain) {
    /** No peer that may be believed. */
    static final Peer UNCERTAIN = new Peer("", "", -1, false);

    private static final int MOST_PORTS = 65535;

    /** Reads the peer that stands here, moving behind it; moves nothing when it is not certain. */
    static Peer read(Cursor cursor) {
        String text = cursor.text();
        int start = cursor.at();
        int open = nameEnd(text, start);
        int close = text.indexOf(']', open);
        if (open >= text.length() || text.charAt(open) != '[' || close < 0) {
            return UNCERTAIN;
        }
        String inside = text.substring(open + 1, close);
        String ip = Addresses.canonical(inside);
        if (ip.isEmpty() && !isKnownOtherwise(inside)) {
            return UNCERTAIN;
        }
        cursor.moveTo(close + 1);
        int port = port(cursor);
        if (!cursor.atEnd() && " :,;)".indexOf(cursor.peek()) < 0) {
            cursor.moveTo(start);
            return UNCERTAIN;
        }
        boolean named = open > start && !text.regionMatches(start, "unknown[", 0, "unknown[".length());
        return new Peer(named ? text.substring(start, open) : "", ip, port, true);
    }

    /** Reads the peer that ends the text; not certain when anything stands behind it. */
    static Peer readLast(Cursor cursor) {
        Peer peer = read(cursor);
        return cursor.atEnd() ? peer : UNCERTAIN;
    }

    /** Puts it into the event as the client; an uncertain one as no actor and a warning to detectors. */
    Peer asClient(Event.Builder event) {
        return put(event, Field.CLIENT_HOSTNAME, Field.CLIENT_IP, Field.CLIENT_PORT);
    }

    /** Puts it into the event as the host that mail is sent to. */
    Peer asRelay(Event.Builder event) {
        return put(event, Field.RELAY_HOST, Field.RELAY_IP, Field.RELAY_PORT);
    }

    private Peer put(Event.Builder event, Field name, Field address, Field number) {
        if (!certain) {
            event.put(Field.AMBIGUOUS, true);
            return this;
        }
        if (!hostname.isEmpty()) {
            event.put(name, hostname);
        }
        if (!ip.isEmpty()) {
            event.put(address, ip);
        }
        if (port >= 0) {
            event.put(number, port);
        }
        return this;
    }

    private static int nameEnd(String text, int from) {
        int at = from;
        while (at < text.length() && isNameCharacter(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isNameCharacter(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    }

    /** What Postfix writes in place of an address: none is known, or a socket in the file system. */
    private static boolean isKnownOtherwise(String inside) {
        return inside.equals("unknown")
                || inside.startsWith("private/")
                || inside.startsWith("public/")
                || inside.startsWith("/");
    }

    /** A port behind a colon, if digits follow it and nothing is glued to them; {@code unknown} stands for none. */
    private static int port(Cursor cursor) {
        int start = cursor.at();
        if (cursor.take(":unknown")) {
            return -1;
        }
        if (cursor.take(':')) {
            long number = cursor.number();
            if (number >= 0 && number <= MOST_PORTS) {
                return (int) number;
            }
            cursor.moveTo(start);
        }
        return -1;
    }
}
