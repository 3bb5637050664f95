package postwarden.parse.postfix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/** What Postfix's server and client say about handshakes (Postfix 3.10, tls_server.c, tls_client.c, tls_verify.c, tls_misc.c). */
final class PostfixTls {
    /** {@code Untrusted TLS connection established to host[ip]:25: TLSv1.3 with cipher …}, by how far the peer is known (before 2.5 not said). */
    private static final List<Rule> ESTABLISHED = Stream.of("Anonymous ", "Untrusted ", "Trusted ", "Verified ", "")
            .map(known -> new Rule(
                    "tls/" + (known.isEmpty() ? "plain" : known.strip().toLowerCase(Locale.ROOT)),
                    known + "TLS connection ",
                    PostfixTls::established))
            .toList();

    /** About clients. */
    static final List<Rule> INBOUND = with(
            new Rule("smtpd/tls-error", "SSL_accept error from ", PostfixTls::failed),
            new Rule("smtpd/tls-begin", "setting up TLS connection from ", noted(Peer::asClient)),
            new Rule("smtpd/wrapper-dropped", "warning: Wrapper-mode request dropped from ", PostfixTls::failed),
            new Rule("smtpd/starttls-refused", "warning: Refusing STARTTLS request from ", PostfixTls::failed),
            new Rule("smtpd/tls-refused", "warning: Refusing TLS service request from ", PostfixTls::failed),
            new Rule("smtpd/unverified", "certificate verification failed for ", PostfixTls::failed),
            new Rule("smtpd/client-unverified", "client certificate verification failed for ", PostfixTls::failed),
            new Rule("smtpd/authority-unverified", "CA certificate verification failed for ", PostfixTls::failed),
            new Rule("smtpd/sni-invalid", "warning: TLS SNI from ", PostfixTls::failed),
            new Rule("smtpd/sni-changed", "warning: TLS SNI changed from ", PostfixTls::failed),
            new Rule("smtpd/sni-unknown", "TLS SNI ", PostfixTls::unknownName),
            new Rule("smtpd/tls-note", "", note("smtpd", Peer::asClient)));

    /** About hosts that mail is sent to: with a port, which smtp always writes and smtpd only when it is asked to. */
    static final List<Rule> OUTBOUND = with(
            new Rule("delivery/tls-error", "SSL_connect error to ", PostfixTls::failedOutbound),
            new Rule("delivery/tls-begin", "setting up TLS connection to ", noted(Peer::asRelay)),
            new Rule("delivery/unverified", "certificate verification failed for ", PostfixTls::failedOutbound),
            new Rule(
                    "delivery/server-unverified",
                    "server certificate verification failed for ",
                    PostfixTls::failedOutbound),
            new Rule(
                    "delivery/authority-unverified",
                    "CA certificate verification failed for ",
                    PostfixTls::failedOutbound),
            new Rule(
                    "delivery/certificate-name",
                    "certificate peer name verification failed for ",
                    PostfixTls::failedOutbound),
            new Rule("delivery/tls-note", "", note("smtp", Peer::asRelay)));

    private PostfixTls() {}

    private static List<Rule> with(Rule... own) {
        List<Rule> rules = new ArrayList<>(List.of(own));
        rules.addAll(0, ESTABLISHED);
        return List.copyOf(rules);
    }

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
        if (peer.certain()) {
            skipServerName(cursor);
            putCipher(cursor, event);
        }
        return true;
    }

    /** {@code  to mail.example.com} behind the peer: the name that the client asked for, a syntactically valid one. */
    private static void skipServerName(Cursor cursor) {
        if (cursor.take(" to ")) {
            cursor.upTo(':');
            cursor.take(' ');
        } else {
            cursor.take(": ");
        }
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
    private static boolean failedOutbound(Cursor cursor, Event.Builder event) {
        Peer relay = Peer.read(cursor);
        if (!event.has(Field.TRANSPORT) && relay.port() < 0) {
            return false;
        }
        relay.asRelay(event);
        return failure(cursor, event);
    }

    private static boolean failure(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.STAGE, Stage.STARTTLS).put(Field.REASON, Reason.TLS);
        if (cursor.take(": ")) {
            event.put(Field.REPLY_TEXT, cursor.rest());
        }
        return true;
    }

    /** {@code TLS SNI x from host[ip] not matched, using default chain}; Postfix has found x to be a valid host name. */
    private static boolean unknownName(Cursor cursor, Event.Builder event) {
        cursor.word();
        if (!cursor.take(" from ")) {
            return false;
        }
        return noted(Peer::asClient).read(cursor, event);
    }

    /** Something logged at a high level only. */
    private static Rule.Reading noted(BiConsumer<Peer, Event.Builder> put) {
        return (cursor, event) -> {
            put.accept(Peer.read(cursor), event);
            event.kind(Kind.OTHER).put(Field.TEXT, event.line().message());
            return true;
        };
    }

    /** {@code host[ip]: subject_CN=…}, {@code host[ip]:25: Matched …}: the peer begins the line. */
    private static Rule.Reading note(String service, BiConsumer<Peer, Event.Builder> put) {
        return (cursor, event) -> {
            boolean mine = service.equals("smtpd") ? event.has(Field.SERVICE) : event.has(Field.TRANSPORT);
            Peer peer = mine ? Peer.read(cursor) : Peer.UNCERTAIN;
            if (!peer.certain() || !cursor.sees(": ")) {
                return false;
            }
            put.accept(peer, event);
            event.kind(Kind.OTHER).put(Field.TEXT, event.line().message());
            return true;
        };
    }
}
