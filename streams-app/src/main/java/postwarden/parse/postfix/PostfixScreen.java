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

/** Postfix's postscreen, dnsblog and tlsproxy (Postfix 3.10, postscreen*.c, tlsproxy.c). */
final class PostfixScreen {
    /**
     * tlsproxy's own words for what others began: a client that postscreen told of already, or a connection that smtp made,
     * which its end does not say.
     */
    static final List<Rule> PROXY = List.of(
            new Rule("tlsproxy/connect", "CONNECT from ", PostfixScreen::proxied),
            new Rule("tlsproxy/disconnect", "DISCONNECT ", PostfixServices.text(Kind.OTHER)));

    private PostfixScreen() {}

    static List<Rule> rules(List<Rule> access) {
        List<Rule> rules = new ArrayList<>(List.of(
                new Rule("postscreen/connect", "CONNECT from ", PostfixScreen::connect),
                new Rule("postscreen/disconnect", "DISCONNECT ", about(Kind.DISCONNECT)),
                new Rule("postscreen/limit", "reject: ", PostfixScreen::limit),
                new Rule("postscreen/pass-old", "PASS OLD ", about(Kind.POSTSCREEN_PASS)),
                new Rule("postscreen/pass-new", "PASS NEW ", about(Kind.POSTSCREEN_PASS)),
                new Rule("postscreen/whitelisted", "WHITELISTED ", about(Kind.POSTSCREEN_PASS)),
                new Rule("postscreen/allowlisted", "ALLOWLISTED ", about(Kind.POSTSCREEN_PASS)),
                new Rule("postscreen/blacklisted", "BLACKLISTED ", about(Kind.POSTSCREEN_TEST)),
                new Rule("postscreen/denylisted", "DENYLISTED ", about(Kind.POSTSCREEN_TEST)),
                new Rule("postscreen/whitelist-veto", "WHITELIST VETO ", about(Kind.POSTSCREEN_TEST)),
                new Rule("postscreen/allowlist-veto", "ALLOWLIST VETO ", about(Kind.POSTSCREEN_TEST)),
                new Rule("postscreen/dnsbl", "DNSBL rank ", PostfixScreen::rank),
                new Rule("postscreen/hangup", "HANGUP after ", PostfixScreen::hangup),
                new Rule("postscreen/pregreet", "PREGREET ", PostfixScreen::pregreet),
                new Rule("postscreen/non-smtp-command", "NON-SMTP COMMAND from ", abuse(Reason.SYNTAX)),
                new Rule("postscreen/bare-newline", "BARE NEWLINE from ", abuse(Reason.SYNTAX)),
                new Rule("postscreen/pipelining", "COMMAND PIPELINING from ", abuse(Reason.TOO_MANY_ERRORS)),
                new Rule("postscreen/command-count", "COMMAND COUNT LIMIT from ", abuse(Reason.TOO_MANY_ERRORS)),
                new Rule("postscreen/command-length", "COMMAND LENGTH LIMIT from ", abuse(Reason.SYNTAX)),
                new Rule("postscreen/no-recipient", "DATA without valid RCPT from ", abuse(Reason.SYNTAX)),
                new Rule("postscreen/no-recipient-chunk", "BDAT without valid RCPT from ", abuse(Reason.SYNTAX)),
                new Rule("postscreen/command-time", "COMMAND TIME LIMIT from ", PostfixScreen::tooSlow),
                new Rule("postscreen/stress-begins", "entering STRESS mode with ", PostfixScreen::stress),
                new Rule("postscreen/stress-ends", "leaving STRESS mode with ", PostfixScreen::stress),
                new Rule("postscreen/cache", "cache ", PostfixServices.text(Kind.STATS)),
                new Rule("dnsblog/listed", "addr ", PostfixScreen::listed),
                new Rule("dnsblog/lookup", "warning: dnsblog_query: ", PostfixNotices.warning()),
                new Rule("postscreen/dnsbl-timeout", "warning: dnsblog reply timeout ", PostfixNotices.warning()),
                new Rule("tlsproxy/connect-out", "CONNECT to ", PostfixScreen::outbound),
                new Rule("tlsproxy/failed", "TLS handshake failed for service=", PostfixScreen::handshakeFailed)));
        rules.addAll(PostfixTls.INBOUND);
        rules.addAll(access);
        return rules;
    }

    private static Rule.Reading about(Kind kind) {
        return (cursor, event) -> {
            Peer.readLast(cursor).asClient(event);
            event.kind(kind);
            return true;
        };
    }

    /** {@code [ip]:port to [ip]:port}. */
    private static boolean connect(Cursor cursor, Event.Builder event) {
        event.kind(Kind.CONNECT);
        Peer client = Peer.read(cursor).asClient(event);
        if (client.certain() && cursor.take(" to ")) {
            Peer server = Peer.read(cursor);
            if (server.certain()) {
                event.put(Field.SERVER_IP, server.ip()).put(Field.SERVER_PORT, server.port());
            }
        }
        return true;
    }

    /** The client has too many connections, or all ports behind or in postscreen are taken. */
    private static boolean limit(Cursor cursor, Event.Builder event) {
        if (!cursor.take("CONNECT from ") && !cursor.take("connect from ")) {
            return false;
        }
        Peer client = Peer.read(cursor);
        if (!client.certain() || !cursor.take(": ")) {
            return false;
        }
        String text = cursor.rest();
        boolean ports = text.equals("all server ports busy") || text.equals("all screening ports busy");
        if (!ports && !text.equals("too many connections")) {
            return false;
        }
        client.asClient(event);
        event.kind(Kind.CONNECTION_LIMIT)
                .put(Field.LIMIT, ports ? Limit.SERVER_CONNECTIONS : Limit.CLIENT_CONCURRENCY)
                .put(Field.REASON, ports ? Reason.OVERLOADED : Reason.TOO_MANY_CONNECTIONS)
                .put(Field.ORIGIN, Origin.LOCAL)
                .put(Field.STAGE, Stage.CONNECT)
                .put(Field.REPLY_TEXT, text);
        return true;
    }

    private static boolean rank(Cursor cursor, Event.Builder event) {
        long rank = cursor.number();
        if (rank < 0 || !cursor.take(" for ")) {
            return false;
        }
        Peer.read(cursor).asClient(event);
        event.kind(Kind.DNSBL).put(Field.REASON, Reason.BLOCKLISTED).put(Field.OBSERVED, rank);
        return true;
    }

    /** {@code HANGUP after 0.5 from [ip]:port in tests before SMTP handshake}. */
    private static boolean hangup(Cursor cursor, Event.Builder event) {
        double seconds = cursor.decimal();
        if (Double.isNaN(seconds) || !cursor.take(" from ")) {
            return false;
        }
        Peer.read(cursor).asClient(event);
        boolean greeted = cursor.sees(" in tests after SMTP handshake");
        event.kind(Kind.LOST_CONNECTION)
                .put(Field.STAGE, greeted ? Stage.HELO : Stage.CONNECT)
                .put(Field.DURATION, seconds);
        return true;
    }

    /** {@code PREGREET 14 after 0.2 from [ip]:port: what the client said too early}. */
    private static boolean pregreet(Cursor cursor, Event.Builder event) {
        long bytes = cursor.number();
        if (bytes < 0 || !cursor.take(" after ")) {
            return false;
        }
        double seconds = cursor.decimal();
        if (Double.isNaN(seconds) || !cursor.take(" from ")) {
            return false;
        }
        Peer.read(cursor).asClient(event);
        event.kind(Kind.PROTOCOL_ABUSE)
                .put(Field.STAGE, Stage.GREETING)
                .put(Field.SIZE, bytes)
                .put(Field.DURATION, seconds);
        return true;
    }

    private static Rule.Reading abuse(Reason reason) {
        return (cursor, event) -> {
            after(cursor, event);
            event.kind(Kind.PROTOCOL_ABUSE).put(Field.REASON, reason);
            return true;
        };
    }

    private static boolean tooSlow(Cursor cursor, Event.Builder event) {
        after(cursor, event);
        event.kind(Kind.TIMEOUT).put(Field.REASON, Reason.TIMED_OUT);
        return true;
    }

    /** {@code [ip]:port after COMMAND}. */
    private static void after(Cursor cursor, Event.Builder event) {
        if (Peer.read(cursor).asClient(event).certain() && cursor.take(" after ")) {
            String word = cursor.word();
            String command = word.endsWith(":") ? word.substring(0, word.length() - 1) : word;
            Stages.ofCommand(command).ifPresent(stage -> event.put(Field.STAGE, stage));
        }
    }

    /** tlsproxy's side of a connection that smtp made. */
    private static boolean outbound(Cursor cursor, Event.Builder event) {
        Peer.read(cursor).asRelay(event);
        event.kind(Kind.OTHER).put(Field.TEXT, event.line().message());
        return true;
    }

    private static boolean proxied(Cursor cursor, Event.Builder event) {
        Peer.read(cursor).asClient(event);
        event.kind(Kind.OTHER).put(Field.TEXT, event.line().message());
        return true;
    }

    private static boolean handshakeFailed(Cursor cursor, Event.Builder event) {
        cursor.upTo(" peer=");
        return PostfixTls.failed(cursor, event);
    }

    private static boolean stress(Cursor cursor, Event.Builder event) {
        event.kind(Kind.WARNING)
                .put(Field.REASON, Reason.OVERLOADED)
                .put(Field.OBSERVED, Math.max(0, cursor.number()))
                .put(Field.TEXT, event.line().message());
        return true;
    }

    /** {@code addr ip listed by domain list as 127.0.0.2}. */
    private static boolean listed(Cursor cursor, Event.Builder event) {
        String ip = Addresses.canonical(cursor.word());
        if (ip.isEmpty() || !cursor.take(" listed by domain ")) {
            return false;
        }
        String found = cursor.rest();
        int end = found.indexOf(' ');
        event.kind(Kind.DNSBL)
                .put(Field.CLIENT_IP, ip)
                .put(Field.REASON, Reason.BLOCKLISTED)
                .put(Field.LIST, end < 0 ? found : found.substring(0, end))
                .put(Field.REPLY_TEXT, found);
        return true;
    }
}
