package postwarden.parse.postfix;

import java.util.ArrayList;
import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Limit;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.event.Stage;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.Stages;

/** What Postfix's smtpd says about sessions, limits and logins (Postfix 3.7, smtpd.c, smtpd_peer.c, smtpd_sasl_glue.c). */
final class PostfixSmtpd {
    private PostfixSmtpd() {}

    static List<Rule> rules(List<Rule> access) {
        List<Rule> rules = new ArrayList<>(List.of(
                new Rule("smtpd/connect", "connect from ", PostfixSmtpd::connect),
                new Rule("smtpd/disconnect", "disconnect from ", PostfixSession::disconnect),
                new Rule("smtpd/client", "client=", PostfixSession::received),
                new Rule("smtpd/lost-connection", "lost connection after ", ended(Kind.LOST_CONNECTION)),
                new Rule("smtpd/timeout", "timeout after ", ended(Kind.TIMEOUT)),
                new Rule("smtpd/too-many-errors", "too many errors after ", ended(Kind.PROTOCOL_ABUSE)),
                new Rule("smtpd/pipelining", "improper command pipelining after ", ended(Kind.PROTOCOL_ABUSE)),
                new Rule("smtpd/bare-newline", "bare <LF> received after ", ended(Kind.PROTOCOL_ABUSE)),
                new Rule("smtpd/tls-error", "SSL_accept error from ", PostfixTls::failed),
                new Rule("smtpd/tls-begin", "setting up TLS connection from ", PostfixTls::begun),
                limit("Connection concurrency limit", "concurrency", Limit.CLIENT_CONCURRENCY),
                limit("Connection rate limit", "connection-rate", Limit.CLIENT_CONNECTION_RATE),
                limit("Message delivery request rate limit", "message-rate", Limit.CLIENT_MESSAGE_RATE),
                limit("Recipient address rate limit", "recipient-rate", Limit.CLIENT_RECIPIENT_RATE),
                limit("New TLS session rate limit", "tls-rate", Limit.CLIENT_TLS_RATE),
                limit("AUTH command rate limit", "auth-rate", Limit.CLIENT_AUTH_RATE),
                new Rule("smtpd/non-smtp-command", "warning: non-SMTP command from ", PostfixSmtpd::nonSmtp),
                new Rule(
                        "smtpd/illegal-address", "warning: Illegal address syntax from ", PostfixSmtpd::illegalAddress),
                new Rule("smtpd/hostname", "warning: hostname ", PostfixSmtpd::unverifiedName),
                new Rule("smtpd/wrapper-dropped", "warning: Wrapper-mode request dropped from ", PostfixTls::failed),
                new Rule("smtpd/auth-connect", "warning: SASL: Connect to ", PostfixSmtpd::authUnreachable),
                new Rule("smtpd/auth-library", "warning: SASL authentication failure: ", PostfixNotices.warning()),
                new Rule("smtpd/auth-none", "fatal: no SASL authentication mechanisms", PostfixSmtpd::authUnreachable),
                new Rule("smtpd/sasl", "warning: ", PostfixLogin::failed),
                new Rule("smtpd/name-verification", "warning: ", PostfixSmtpd::unverifiedPeer),
                new Rule("smtpd/list-lookup", "warning: ", PostfixSmtpd::listLookup)));
        rules.addAll(PostfixTls.ESTABLISHED);
        rules.addAll(access);
        return rules;
    }

    private static Rule limit(String words, String name, Limit limit) {
        return new Rule("smtpd/limit-" + name, "warning: " + words + " exceeded: ", (cursor, event) -> {
            long observed = cursor.number();
            if (observed < 0 || !cursor.take(" from ")) {
                return false;
            }
            Peer client = Peer.read(cursor).asClient(event);
            if (client.certain() && cursor.take(" for service ")) {
                event.put(Field.SERVICE, PostfixProgram.serviceOf(cursor.rest()));
            }
            Reason reason = limit == Limit.CLIENT_CONCURRENCY ? Reason.TOO_MANY_CONNECTIONS : Reason.RATE_LIMITED;
            event.kind(Kind.CONNECTION_LIMIT)
                    .put(Field.LIMIT, limit)
                    .put(Field.OBSERVED, observed)
                    .put(Field.ORIGIN, Origin.LOCAL)
                    .put(Field.REASON, reason);
            return true;
        });
    }

    private static boolean connect(Cursor cursor, Event.Builder event) {
        Peer.readLast(cursor).asClient(event);
        event.kind(Kind.CONNECT);
        return true;
    }

    /** {@code after STAGE from host[ip]}, {@code after DATA (789 bytes) from host[ip]}, perhaps {@code : text}. */
    private static Rule.Reading ended(Kind kind) {
        return (cursor, event) -> {
            String stage = cursor.word();
            if (cursor.take(" (")) {
                event.put(Field.SIZE, Math.max(0, cursor.number()));
                cursor.take(" bytes)");
            }
            if (!cursor.take(" from ")) {
                return false;
            }
            Peer client = Peer.read(cursor);
            boolean ends = cursor.atEnd() || cursor.sees(": ");
            (ends ? client : Peer.UNCERTAIN).asClient(event);
            Stages.ofCommand(stage).ifPresent(reached -> event.put(Field.STAGE, reached));
            event.kind(kind);
            return true;
        };
    }

    private static boolean nonSmtp(Cursor cursor, Event.Builder event) {
        Peer.read(cursor).asClient(event);
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        return true;
    }

    private static boolean illegalAddress(Cursor cursor, Event.Builder event) {
        if (Peer.read(cursor).asClient(event).certain() && cursor.take(" in ")) {
            Stages.ofCommand(cursor.word()).ifPresent(stage -> event.put(Field.STAGE, stage));
        }
        event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, Reason.SYNTAX);
        return true;
    }

    /** {@code hostname x does not resolve to address ip: why}: the name is a claim, only the address is known. */
    private static boolean unverifiedName(Cursor cursor, Event.Builder event) {
        cursor.word();
        if (!cursor.take(" does not resolve to address ")) {
            return false;
        }
        putUnresolved(cursor.rest(), event);
        return true;
    }

    /** {@code ip: hostname x verification failed: why} and {@code ip: address not listed for hostname x}, to Postfix 2.8. */
    private static boolean unverifiedPeer(Cursor cursor, Event.Builder event) {
        String ip = Addresses.canonical(cursor.upTo(": "));
        boolean known = cursor.sees("hostname ") || cursor.sees("address not listed for hostname ");
        if (ip.isEmpty() || !known) {
            return false;
        }
        putUnresolved(ip + ": " + cursor.rest(), event);
        return true;
    }

    /** @param text an address, alone or before a colon and the cause */
    private static void putUnresolved(String text, Event.Builder event) {
        int cause = text.indexOf(": ");
        String ip = Addresses.canonical(cause < 0 ? text : text.substring(0, cause));
        if (ip.isEmpty()) {
            event.put(Field.AMBIGUOUS, true);
        } else {
            event.put(Field.CLIENT_IP, ip);
        }
        boolean temporary = text.endsWith("Temporary failure in name resolution");
        event.kind(Kind.WARNING)
                .put(Field.REASON, temporary ? Reason.DNS_TEMPORARY : Reason.DNS_NOT_FOUND)
                .put(Field.TEXT, event.line().message());
    }

    /** {@code 2.0.0.127.zen.spamhaus.org: RBL lookup error: why}. */
    private static boolean listLookup(Cursor cursor, Event.Builder event) {
        cursor.word();
        if (!cursor.take(" RBL lookup error: ")) {
            return false;
        }
        event.kind(Kind.WARNING)
                .put(Field.REASON, Reason.DNS_TEMPORARY)
                .put(Field.TEXT, event.line().message());
        return true;
    }

    private static boolean authUnreachable(Cursor cursor, Event.Builder event) {
        event.kind(Kind.AUTH_ERROR)
                .put(Field.STAGE, Stage.AUTH)
                .put(Field.REASON, Reason.TEMPORARY_ERROR)
                .put(Field.TEXT, event.line().message());
        return true;
    }
}
