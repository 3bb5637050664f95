package postwarden.parse.exim;

import java.util.List;
import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** Exim's lines about TLS that failed, inbound and outbound (tls-gnu.c, tls-openssl.c, smtp.c, 4.94 to 4.100). */
final class EximTls {
    static final List<Rule> RULES = List.of(
            new Rule("exim/tls-error", "TLS error on connection ", EximTls::inbound),
            new Rule("exim/tls-error-out", "TLS error on connection to ", EximTls::outbound),
            new Rule("exim/tls-error-read", "TLS error (SSL_read): on connection ", EximTls::inbound),
            new Rule("exim/tls-error-other", "TLS error", EximTls::nobody),
            new Rule("exim/tls-alpn", "TLS ALPN ", EximTls::nobody),
            new Rule("exim/tls-error-relay", "H=", EximTls::relay),
            new Rule("exim/tls-client-cert", "TLS client disconnected cleanly", EximTls::silent),
            new Rule("exim/tls-verify", "[", EximTls::verify),
            new Rule("exim/tls-verify-event", "SSL verify ", EximTls::nobody),
            new Rule("exim/tls-write", "SSL_write", EximTls::nobody),
            new Rule("exim/dane-failed", "DANE attempt failed; TLS connection to ", EximTls::outbound),
            new Rule("exim/dane-error", "DANE error: ", EximTls::nobody),
            new Rule("exim/tls-not-offered", "Connection aborted; STARTTLS support by ", EximTls::outbound));

    private EximTls() {}

    /** Puts {@code TLS1.3:CIPHER:256} into the event; a star says that a session was resumed. */
    static void put(String words, Event.Builder event) {
        int colon = words.indexOf(':');
        if (colon > 0) {
            int end = words.endsWith("*") ? words.length() - 1 : words.length();
            event.put(Field.TLS_VERSION, words.substring(0, colon)).put(Field.CIPHER, words.substring(colon + 1, end));
        }
    }

    private static boolean inbound(Cursor cursor, Event.Builder event) {
        if (cursor.take("Ci=")) {
            cursor.word();
            cursor.take(' ');
        }
        if (!cursor.take("from ")) {
            return false;
        }
        Optional<EximPeer> peer = EximPeer.read(cursor);
        if (peer.isEmpty()) {
            cursor.word();
        }
        peer.ifPresent(client -> client.putInto(event));
        return failed(cursor, event);
    }

    private static boolean outbound(Cursor cursor, Event.Builder event) {
        EximRelay relay = EximRelay.read(cursor).orElse(null);
        if (relay == null) {
            return false;
        }
        relay.putInto(event);
        return failed(cursor, event);
    }

    /** GnuTLS: {@code H=host [address] TLS error on connection (recv): …}. */
    private static boolean relay(Cursor cursor, Event.Builder event) {
        EximRelay relay = EximRelay.read(cursor).orElse(null);
        if (relay == null || !cursor.take(" TLS error on connection ")) {
            return false;
        }
        relay.putInto(event);
        return failed(cursor, event);
    }

    private static boolean failed(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.STAGE, Stage.STARTTLS).put(Field.REASON, Reason.TLS);
        cursor.take(':');
        cursor.take(' ');
        event.put(Field.TEXT, cursor.rest());
        return true;
    }

    private static boolean nobody(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR)
                .put(Field.REASON, Reason.TLS)
                .put(Field.TEXT, cursor.rest().strip());
        return true;
    }

    private static boolean silent(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.STAGE, Stage.STARTTLS).put(Field.REASON, Reason.TLS);
        return true;
    }

    /** {@code [address] SSL verify error: …}: the line does not say whether the address is a client's or a relay's. */
    private static boolean verify(Cursor cursor, Event.Builder event) {
        int close = cursor.text().indexOf("] ", cursor.at());
        if (close < 0 || cursor.text().lastIndexOf(' ', close) > cursor.at()) {
            return false;
        }
        cursor.moveTo(close + 2);
        boolean known = cursor.sees("SSL verify error")
                || cursor.sees("SSL verify denied")
                || cursor.sees("tls-cert verify denied")
                || cursor.ahead(" verify denied by event-action")
                || cursor.ahead(" Received TLS cert (DN: ");
        if (!known) {
            return false;
        }
        event.kind(Kind.TLS_ERROR).put(Field.REASON, Reason.TLS).put(Field.TEXT, cursor.rest());
        return true;
    }
}
