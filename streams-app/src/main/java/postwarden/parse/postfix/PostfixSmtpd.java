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

/** What Postfix's smtpd and qmqpd say about sessions and limits (Postfix 3.10, smtpd.c, smtpd_peer.c, smtpd_check.c). */
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
                PostfixNotices.other("smtpd/keywords", "discarding EHLO keywords: "),
                PostfixNotices.other("smtpd/dsn-mapped", "mapping DSN status "),
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
                new Rule("smtpd/etrn-refused", "warning: reject: ETRN ", etrn(Kind.REJECT, Reason.ACCESS_DENIED)),
                new Rule("smtpd/etrn-bad", "warning: bad ETRN ", etrn(Kind.PROTOCOL_ABUSE, Reason.SYNTAX)),
                new Rule("smtpd/no-mx-lookup", "warning: Unable to look up ", PostfixSmtpd::domainLookup),
                new Rule("smtpd/domain-lookup", "warning: ", PostfixSmtpd::domainLookup),
                new Rule("smtpd/chunking", "warning: ", PostfixSmtpd::chunking),
                new Rule("smtpd/request-too-long", "warning: ", PostfixSmtpd::tooLong),
                new Rule("smtpd/name-verification", "warning: ", PostfixSmtpd::unverifiedPeer),
                new Rule("smtpd/list-lookup", "warning: ", PostfixSmtpd::listLookup)));
        rules.addAll(PostfixLogin.rules());
        rules.addAll(PostfixTls.INBOUND);
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
            long size = bytes(cursor);
            if (!cursor.take(" from ")) {
                return false;
            }
            if (size >= 0) {
                event.put(Field.SIZE, size);
            }
            Peer client = Peer.read(cursor);
            boolean ends = cursor.atEnd() || cursor.sees(": ") || cursor.text().endsWith("]:");
            (ends ? client : Peer.UNCERTAIN).asClient(event);
            Stages.ofCommand(stage).ifPresent(reached -> event.put(Field.STAGE, reached));
            event.kind(kind);
            return true;
        };
    }

    /** {@code  (789 bytes)}, perhaps {@code approximately}; -1 when it does not stand here. */
    private static long bytes(Cursor cursor) {
        if (!cursor.take(" (")) {
            return -1;
        }
        cursor.take("approximately ");
        long size = cursor.number();
        cursor.take(" bytes)");
        return size;
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
        event.kind(Kind.WARNING)
                .put(Field.REASON, temporary(text) ? Reason.DNS_TEMPORARY : Reason.DNS_NOT_FOUND)
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

    /** {@code reject: ETRN x... from host[ip]}; the word is a stranger's, but Postfix has cut it at its first space. */
    private static Rule.Reading etrn(Kind kind, Reason reason) {
        return (cursor, event) -> {
            String site = cursor.word();
            if (!site.endsWith("...") || !cursor.take(" from ")) {
                return false;
            }
            Peer.readLast(cursor).asClient(event);
            event.kind(kind).put(Field.REASON, reason);
            return true;
        };
    }

    /** {@code Unable to look up MX host for x: why}, {@code x: MX or address lookup error: why}: x is a stranger's domain. */
    private static boolean domainLookup(Cursor cursor, Event.Builder event) {
        boolean begins = cursor.sees("MX host ") || cursor.sees("NS host ") || cursor.sees("A host ");
        if (!begins) {
            cursor.word();
            begins = cursor.sees(" MX or address lookup error: ") || cursor.sees(" address or MX lookup error: ");
        }
        if (!begins) {
            return false;
        }
        event.kind(Kind.WARNING)
                .put(Field.REASON, temporary(cursor.text()) ? Reason.DNS_TEMPORARY : Reason.DNS_NOT_FOUND)
                .put(Field.TEXT, event.line().message());
        return true;
    }

    private static boolean temporary(String text) {
        return text.endsWith("try again") || text.endsWith("Temporary failure in name resolution");
    }

    /** {@code 6C76C12E9: malformed BDAT command syntax from host[ip]: text}, and the other complaints about BDAT. */
    private static boolean chunking(Cursor cursor, Event.Builder event) {
        String id = QueueIds.take(cursor);
        if ((id.isEmpty() && !cursor.take("NOQUEUE")) || !cursor.take(": ")) {
            return false;
        }
        boolean fits = cursor.take("too much BDAT content -- disabling further input from ")
                || cursor.take("malformed BDAT command syntax from ")
                || cursor.take("null BDAT request from ")
                || cursor.take("BDAT request from ");
        if (!fits) {
            return false;
        }
        if (!id.isEmpty()) {
            event.put(Field.QUEUE_ID, id);
        }
        Peer.read(cursor).asClient(event);
        boolean large = cursor.sees(" exceeds message size limit");
        event.kind(Kind.PROTOCOL_ABUSE)
                .put(Field.STAGE, Stage.DATA)
                .put(Field.REASON, large ? Reason.MESSAGE_TOO_LARGE : Reason.SYNTAX);
        return true;
    }

    /** {@code host[ip]: request longer than 2048: first words...}. */
    private static boolean tooLong(Cursor cursor, Event.Builder event) {
        Peer client = Peer.read(cursor);
        if (!client.certain() || !cursor.take(": request longer than ")) {
            return false;
        }
        client.asClient(event);
        event.kind(Kind.PROTOCOL_ABUSE)
                .put(Field.REASON, Reason.SYNTAX)
                .put(Field.LIMIT_VALUE, Math.max(0, cursor.number()));
        return true;
    }
}
