package postwarden.parse.exim;

import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;

/**
 * The host that Exim delivers to, as {@code name [address]:port*}; {@code DS} before the address says that DNSSEC vouched
 * for the name (d_hostlog in deliver.c, 4.94 to 4.100).
 *
 * @param ip canonical; empty when what stands in brackets is no address (an anonymised log)
 * @param port -1 when the log does not say
 * @param usedAgain whether a session that had already carried a message was used, which the star says
 */
record EximRelay(String name, String ip, long port, boolean usedAgain) {
    /** An IPv6 address has at most 45 characters (RFC 4291), and a zone may follow; a bound keeps reading linear. */
    private static final int LONGEST_ADDRESS = 64;

    /** Reads the host that stands here; moves nothing when none does. */
    static Optional<EximRelay> read(Cursor cursor) {
        int start = cursor.at();
        String name = cursor.word();
        cursor.take(" DS");
        int open = cursor.at() + 2;
        int close = cursor.sees(" [") ? cursor.text().indexOf(']', open) : -1;
        if (name.isEmpty() || close < 0 || close - open > LONGEST_ADDRESS) {
            cursor.moveTo(start);
            return Optional.empty();
        }
        String inside = cursor.text().substring(open, close);
        if (inside.isEmpty() || inside.indexOf(' ') >= 0) {
            cursor.moveTo(start);
            return Optional.empty();
        }
        cursor.moveTo(close + 1);
        long port = port(cursor);
        return Optional.of(new EximRelay(name, Addresses.canonical(inside), port, cursor.take('*')));
    }

    /** Puts the host into the event. */
    void putInto(Event.Builder event) {
        event.put(Field.RELAY_HOST, name);
        if (!ip.isEmpty()) {
            event.put(Field.RELAY_IP, ip);
        }
        if (port >= 0) {
            event.put(Field.RELAY_PORT, port);
        }
        if (usedAgain) {
            // Exim says that a session was used again, not how often: 2 is the least it can mean.
            event.put(Field.CONNECTION_USE, 2);
        }
    }

    private static long port(Cursor cursor) {
        int behind = cursor.at();
        long port = cursor.take(':') ? cursor.number() : -1;
        if (port < 0) {
            cursor.moveTo(behind);
        }
        return port;
    }
}
