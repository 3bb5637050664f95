package postwarden.parse.exim;

import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;

/**
 * A client as Exim names it: {@code name (helo) [address]:port I=[address]:port U=ident}, where only the address always
 * stands.
 *
 * <p>The HELO is a stranger's word, and with {@code helo_accept_junk_hosts} it may hold {@code ) [192.0.2.9]} too. So
 * where a HELO stands and a second address behind it could be the true one, the client is not certain.
 *
 * @param name verified host name; empty when there is none
 * @param helo empty when it equals the name or none came
 * @param ip canonical; empty when what stands in brackets is no address (an anonymised log)
 * @param port -1 when the log does not say
 * @param serverIp canonical; empty when the log does not say
 * @param serverPort -1 when the log does not say
 * @param certain false where another could be meant: then nobody may be named
 */
record EximPeer(String name, String helo, String ip, long port, String serverIp, long serverPort, boolean certain) {
    private static final String BEHIND_HELO = ") [";
    /** An IPv6 address has at most 45 characters (RFC 4291), and a zone may follow; a bound keeps reading linear. */
    private static final int LONGEST_ADDRESS = 64;

    /**
     * Reads the client that stands here, with or without {@code H=}; moves nothing when none does.
     *
     * @param behind one of these follows the client, where the line's form says so; none for anything
     */
    static Optional<EximPeer> read(Cursor cursor, String... behind) {
        int start = cursor.at();
        cursor.take("DS ");
        cursor.take("H=");
        Optional<EximPeer> peer = named(cursor, behind);
        if (peer.isEmpty()) {
            cursor.moveTo(start);
        }
        return peer;
    }

    /** Reads the client that stands here into the event; false, and nothing moved, when none does. */
    static boolean read(Cursor cursor, Event.Builder event, String... behind) {
        Optional<EximPeer> peer = read(cursor, behind);
        peer.ifPresent(found -> found.putInto(event));
        return peer.isPresent();
    }

    /**
     * Moves behind the user of this host who speaks SMTP on a pipe, with or without {@code U=}: there is no client.
     *
     * @return false where a client stands that could not be read
     */
    static boolean skipLocal(Cursor cursor) {
        cursor.take("U=");
        char first = cursor.peek();
        if (first == '(' || first == '[' || cursor.sees("H=")) {
            return false;
        }
        return !EximText.word(cursor).isEmpty();
    }

    /**
     * Finds the client behind a mark, where a stranger's text before it or after it may hold the same mark; with more
     * than one such client none is certain.
     *
     * @return empty when none was found; else the cursor stands behind the last
     */
    static Optional<EximPeer> find(Cursor cursor, String mark) {
        Optional<EximPeer> found = Optional.empty();
        int end = cursor.at();
        for (int at = cursor.text().indexOf(mark, end);
                at >= 0;
                at = cursor.text().indexOf(mark, at + 1)) {
            cursor.moveTo(at + mark.length());
            Optional<EximPeer> peer = read(cursor);
            if (peer.isPresent()) {
                found = Optional.of(
                        found.isPresent() ? peer.get().greeting(peer.get().helo(), false) : peer.get());
                end = cursor.at();
            }
        }
        cursor.moveTo(end);
        return found;
    }

    /** Puts the client into the event, or that nobody can be named. */
    void putInto(Event.Builder event) {
        if (!certain) {
            event.put(Field.AMBIGUOUS, true);
            return;
        }
        if (!serverIp.isEmpty()) {
            event.put(Field.SERVER_IP, serverIp);
        }
        if (serverPort >= 0) {
            event.put(Field.SERVER_PORT, serverPort);
            service(event);
        }
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        if (!name.isEmpty()) {
            event.put(Field.CLIENT_HOSTNAME, name);
        }
        if (!helo.isEmpty()) {
            event.put(Field.HELO, helo);
        }
        if (port >= 0) {
            event.put(Field.CLIENT_PORT, port);
        }
    }

    /** The service of a well-known port (IANA: smtp, submission, submissions). */
    private void service(Event.Builder event) {
        if (serverPort == 25) {
            event.put(Field.SERVICE, "smtp");
        } else if (serverPort == 587) {
            event.put(Field.SERVICE, "submission");
        } else if (serverPort == 465) {
            event.put(Field.SERVICE, "submissions");
        }
    }

    private EximPeer greeting(String said, boolean sure) {
        return new EximPeer(name, said, ip, port, serverIp, serverPort, sure);
    }

    private static Optional<EximPeer> named(Cursor cursor, String... behind) {
        String name = "";
        if (cursor.peek() != '[' && cursor.peek() != '(') {
            name = cursor.word();
            if (name.isEmpty() || name.indexOf('[') >= 0 || name.indexOf('(') >= 0 || !cursor.take(' ')) {
                return Optional.empty();
            }
        }
        return cursor.take('(') ? behindHelo(cursor, name, behind) : at(cursor, name, behind);
    }

    private static Optional<EximPeer> behindHelo(Cursor cursor, String name, String... behind) {
        String text = cursor.text();
        int from = cursor.at();
        for (int close = text.indexOf(BEHIND_HELO, from); close >= 0; close = text.indexOf(BEHIND_HELO, close + 1)) {
            cursor.moveTo(close + 2);
            Optional<EximPeer> peer = at(cursor, name, behind);
            if (peer.isPresent()) {
                String helo = text.substring(from, close);
                boolean certain = !another(cursor, behind);
                return peer.map(found -> found.greeting(helo, certain));
            }
        }
        return Optional.empty();
    }

    /** Whether behind this client something stands that would be the client if the HELO went on until there. */
    private static boolean another(Cursor cursor, String... behind) {
        int end = cursor.at();
        boolean found = false;
        int close = cursor.text().indexOf(BEHIND_HELO, end);
        while (close >= 0 && !found) {
            cursor.moveTo(close + 2);
            found = at(cursor, "", behind).isPresent();
            close = cursor.text().indexOf(BEHIND_HELO, close + 1);
        }
        cursor.moveTo(end);
        return found;
    }

    /** Reads {@code [address]:port I=[address]:port U=ident Ci=connection}, and how inetd or ODMR began it. */
    private static Optional<EximPeer> at(Cursor cursor, String name, String... behind) {
        int start = cursor.at();
        String ip = address(cursor);
        long port = port(cursor);
        if (cursor.at() == start || !ends(cursor)) {
            return Optional.empty();
        }
        String serverIp = "";
        long serverPort = -1;
        int end = cursor.at();
        if (cursor.take(" I=")) {
            int from = cursor.at();
            serverIp = address(cursor);
            serverPort = port(cursor);
            if (cursor.at() == from) {
                cursor.moveTo(end);
            }
        }
        boolean known = cursor.take(" (via inetd)") || cursor.take(" (ODMR customer)");
        if (!known && cursor.take(" TFO")) {
            cursor.take('*');
        }
        if (cursor.take(" U=")) {
            EximText.word(cursor);
        }
        if (cursor.take(" Ci=")) {
            EximText.word(cursor);
        }
        if (!follows(cursor, behind)) {
            return Optional.empty();
        }
        return Optional.of(new EximPeer(name, "", ip, port, serverIp, serverPort, true));
    }

    private static boolean follows(Cursor cursor, String... behind) {
        boolean found = behind.length == 0;
        for (String text : behind) {
            found |= cursor.sees(text);
        }
        return found;
    }

    /** Reads what stands in brackets; the cursor moves when it has the characters of an address, be it one or not. */
    private static String address(Cursor cursor) {
        int start = cursor.at();
        if (!cursor.take('[')) {
            return "";
        }
        int most = Math.min(cursor.text().length(), start + LONGEST_ADDRESS);
        int close = start + 1;
        while (close < most && isAddressPart(cursor.text().charAt(close))) {
            close++;
        }
        if (close == start + 1 || close == most || cursor.text().charAt(close) != ']') {
            cursor.moveTo(start);
            return "";
        }
        cursor.moveTo(close + 1);
        return Addresses.canonical(cursor.text().substring(start + 1, close));
    }

    private static boolean isAddressPart(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ".:%-_".indexOf(c) >= 0;
    }

    private static long port(Cursor cursor) {
        int start = cursor.at();
        long port = cursor.take(':') ? cursor.number() : -1;
        if (port < 0) {
            cursor.moveTo(start);
        }
        return port;
    }

    /** Whether nothing is glued to the address that Exim would not write there; a closing bracket only at the end. */
    private static boolean ends(Cursor cursor) {
        char next = cursor.peek();
        return cursor.atEnd()
                || next == ' '
                || next == ':'
                || next == ','
                || (next == ')' && cursor.at() == cursor.text().length() - 1);
    }
}
