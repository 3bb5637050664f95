package postwarden.parse;

import postwarden.event.Event;
import postwarden.event.Field;

/** The host that Exim delivers to, as {@code name [address]:port}; a star behind it says that the session was used again. */
final class EximRelay {
    private EximRelay() {}

    /** Reads the host that stands here into the event; false, and nothing moved, when none does. */
    static boolean read(Cursor cursor, Event.Builder event) {
        int start = cursor.at();
        String name = cursor.word();
        int open = cursor.at() + 1;
        int close = cursor.text().indexOf(']', cursor.at());
        if (name.isEmpty() || !cursor.sees(" [") || close < 0) {
            cursor.moveTo(start);
            return false;
        }
        String ip = Addresses.canonical(cursor.text().substring(open + 1, close));
        if (ip.isEmpty()) {
            cursor.moveTo(start);
            return false;
        }
        cursor.moveTo(close + 1);
        event.put(Field.RELAY_HOST, name).put(Field.RELAY_IP, ip);
        port(cursor, event);
        if (cursor.take('*')) {
            // Exim says that a session was used again, not how often: 2 is the least it can mean.
            event.put(Field.CONNECTION_USE, 2);
        }
        return true;
    }

    private static void port(Cursor cursor, Event.Builder event) {
        int behind = cursor.at();
        long port = cursor.take(':') ? cursor.number() : -1;
        if (port >= 0) {
            event.put(Field.RELAY_PORT, port);
        } else {
            cursor.moveTo(behind);
        }
    }
}
