package postwarden.parse.exchange;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;

/**
 * One end of a connection, {@code 192.0.2.1:25} or {@code [2001:db8::1]:25}.
 *
 * @param ip in its canonical spelling; empty when the text is no address
 * @param port 0 to 65535, or -1
 */
record Endpoint(String ip, long port) {
    private static final long HIGHEST_PORT = 65_535;

    static Endpoint of(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean bare = colon < 0 || text.endsWith("]") || (!bracketed && text.indexOf(':') != colon);
        String address = bare ? text : text.substring(0, colon);
        boolean closed = bracketed && address.endsWith("]");
        Cursor digits = new Cursor(bare ? "" : text.substring(colon + 1));
        long port = digits.number();
        return new Endpoint(
                Addresses.canonical(closed ? address.substring(1, address.length() - 1) : address),
                digits.atEnd() && port <= HIGHEST_PORT ? port : -1);
    }

    void put(Event.Builder event, Field address, Field number) {
        if (!ip.isEmpty()) {
            event.put(address, ip);
            if (port >= 0) {
                event.put(number, port);
            }
        }
    }
}
