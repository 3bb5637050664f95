package postwarden.parse.exim;

import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;

/**
 * The host that Exim delivers to, as {@code name [address]:port*}.
 *
 * @param ip canonical
 * @param port -1 when the log does not say
 * @param usedAgain whether a session that had already carried a message was used, which the star says
 */
record EximRelay(String name, String ip, long port, boolean usedAgain) {

    /** Reads the host that stands here; moves nothing when none does. */
    static Optional<EximRelay> read(Cursor cursor) {
        int start = cursor.at();
        String name = cursor.word();
        int open = cursor.at() + 1;
        int close = cursor.text().indexOf(']', cursor.at());
        boolean bracketed = !name.isEmpty() && cursor.sees(" [") && close >= 0;
        String ip = bracketed ? Addresses.canonical(cursor.text().substring(open + 1, close)) : "";
        if (ip.isEmpty()) {
            cursor.moveTo(start);
            return Optional.empty();
        }
        cursor.moveTo(close + 1);
        long port = port(cursor);
        return Optional.of(new EximRelay(name, ip, port, cursor.take('*')));
    }

    /** Puts the host into the event. */
    void putInto(Event.Builder event) {
        event.put(Field.RELAY_HOST, name).put(Field.RELAY_IP, ip);
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
