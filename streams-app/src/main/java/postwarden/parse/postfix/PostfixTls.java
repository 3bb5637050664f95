package postwarden.parse.postfix;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** What Postfix's server and client say about handshakes (Postfix 3.7, tls_server.c, tls_client.c). */
final class PostfixTls {
    /** {@code Untrusted TLS connection established to host[ip]:25: TLSv1.3 with cipher …}, by how far the peer is known. */
    static final List<Rule> ESTABLISHED = Stream.of("Anonymous", "Untrusted", "Trusted", "Verified")
            .map(known -> new Rule(
                    "tls/" + known.toLowerCase(Locale.ROOT), known + " TLS connection ", PostfixTls::established))
            .toList();

    private PostfixTls() {}

    private static boolean established(Cursor cursor, Event.Builder event) {
        if (!cursor.take("established ") && !cursor.take("reused ")) {
            return false;
        }
        boolean inbound = cursor.take("from ");
        if (!inbound && !cursor.take("to ")) {
            return false;
        }
        event.kind(Kind.TLS);
        Peer peer = Peer.read(cursor);
        if (inbound) {
            peer.asClient(event);
        } else {
            peer.asRelay(event);
        }
        if (peer.certain() && cursor.take(": ")) {
            putCipher(cursor, event);
        }
        return true;
    }

    private static void putCipher(Cursor cursor, Event.Builder event) {
        String version = cursor.word();
        if (cursor.take(" with cipher ")) {
            event.put(Field.TLS_VERSION, version).put(Field.CIPHER, cursor.word());
        }
    }

    /** A handshake with a client failed. */
    static boolean failed(Cursor cursor, Event.Builder event) {
        Peer.read(cursor).asClient(event);
        return failure(cursor, event);
    }

    /** A handshake with a host that mail is sent to failed, or its certificate is not good enough. */
    static boolean failedOutbound(Cursor cursor, Event.Builder event) {
        Peer.read(cursor).asRelay(event);
        return failure(cursor, event);
    }

    /** A handshake begins; logged only at a high level. */
    static boolean begun(Cursor cursor, Event.Builder event) {
        Peer.read(cursor).asClient(event);
        event.kind(Kind.OTHER).put(Field.TEXT, event.line().message());
        return true;
    }

    private static boolean failure(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.STAGE, Stage.STARTTLS).put(Field.REASON, Reason.TLS);
        if (cursor.take(": ")) {
            event.put(Field.REPLY_TEXT, cursor.rest());
        }
        return true;
    }
}
