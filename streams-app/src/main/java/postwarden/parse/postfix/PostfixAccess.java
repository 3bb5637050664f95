package postwarden.parse.postfix;

import java.util.List;
import java.util.Set;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;
import postwarden.parse.rule.Stages;

/**
 * What restrictions, milters and postscreen decided about a command:
 * {@code reject: RCPT from host[ip]: 554 5.7.1 text; from=<a> to=<b> proto=ESMTP helo=<c>} (Postfix 3.10, smtpd_check.c).
 */
final class PostfixAccess {
    /** Before the name of a block list, in the reply that Postfix gives unless it is told another one. */
    private static final String LIST = "] blocked using ";

    /** Commands that come before any that names a recipient. */
    private static final Set<String> BEFORE_RECIPIENT =
            Set.of("CONNECT", "HELO", "EHLO", "STARTTLS", "AUTH", "MAIL", "ETRN");

    private final Replies replies;

    PostfixAccess(Replies replies) {
        this.replies = replies;
    }

    /** The rules, to be read top to bottom. */
    List<Rule> rules() {
        return List.of(
                decision("access/reject", "reject: ", Kind.REJECT),
                new Rule("access/milter-reject", "milter-reject: ", fromMilter(Kind.REJECT)),
                new Rule("access/milter-hold", "milter-hold: ", fromMilter(Kind.HELD)),
                new Rule("access/milter-discard", "milter-discard: ", fromMilter(Kind.POLICY)),
                new Rule("access/proxy-reject", "proxy-reject: ", fromProxy(Kind.REJECT)),
                new Rule("access/proxy-accept", "proxy-accept: ", fromProxy(Kind.OTHER)),
                decision("access/reject-warning", "reject_warning: ", Kind.WARNING),
                decision("access/hold", "hold: ", Kind.HELD),
                decision("access/discard", "discard: ", Kind.POLICY),
                decision("access/filter", "filter: ", Kind.POLICY),
                decision("access/redirect", "redirect: ", Kind.POLICY),
                decision("access/hangup", "hangup: ", Kind.POLICY),
                decision("access/delay", "delay: ", Kind.OTHER),
                decision("access/bcc", "bcc: ", Kind.OTHER),
                decision("access/prepend", "prepend: ", Kind.OTHER),
                decision("access/warn", "warn: ", Kind.OTHER),
                decision("access/info", "info: ", Kind.OTHER),
                decision("access/permit", "permit: ", Kind.OTHER),
                new Rule("access/tls-abort", "abort: TLS from ", PostfixTls::failed));
    }

    private Rule decision(String name, String prefix, Kind kind) {
        return new Rule(name, prefix, (cursor, event) -> decided(cursor, event, kind));
    }

    private Rule.Reading fromMilter(Kind kind) {
        return (cursor, event) -> {
            if (!decided(cursor, event, kind)) {
                return false;
            }
            event.put(Field.ORIGIN, Origin.POLICY_SERVICE);
            return true;
        };
    }

    /** A filter before the queue; the line names no client: {@code proxy-reject: END-OF-MESSAGE: 550 text; from=<a> …}. */
    private Rule.Reading fromProxy(Kind kind) {
        return (cursor, event) -> {
            String command = cursor.upTo(':');
            if (!isCommand(command) || !cursor.take(' ')) {
                return false;
            }
            event.kind(kind).put(Field.ORIGIN, Origin.POLICY_SERVICE);
            Stages.ofCommand(command).ifPresent(stage -> event.put(Field.STAGE, stage));
            putReply(Envelope.split(cursor.rest(), event, true), event, kind);
            return true;
        };
    }

    private boolean decided(Cursor cursor, Event.Builder event, Kind kind) {
        String command = cursor.word();
        if (!isCommand(command) || !cursor.take(" from ")) {
            return false;
        }
        event.kind(kind).put(Field.ORIGIN, Origin.LOCAL);
        Stages.ofCommand(command).ifPresent(stage -> event.put(Field.STAGE, stage));
        Peer client = Peer.read(cursor).asClient(event);
        if (client.certain() && cursor.take(": ")) {
            putReply(Envelope.split(cursor.rest(), event, !BEFORE_RECIPIENT.contains(command)), event, kind);
        }
        return true;
    }

    private void putReply(String said, Event.Builder event, Kind kind) {
        if (kind == Kind.REJECT) {
            event.kind(refusal(said, describe(event, said)));
        } else if (kind == Kind.WARNING) {
            describe(event, said);
            event.put(Field.TEXT, said);
        } else {
            event.put(kind == Kind.OTHER ? Field.TEXT : Field.REPLY_TEXT, said);
        }
    }

    /** Postfix 3.9 logs what its smuggling check refused without the reply: {@code reject: DATA from x: bare <LF> received}. */
    private Reason describe(Event.Builder event, String said) {
        if (said.equals("bare <LF> received")) {
            event.put(Field.REPLY_TEXT, said).put(Field.REASON, Reason.SYNTAX);
            return Reason.SYNTAX;
        }
        Reason reason = replies.describe(event, said);
        int list = reason == Reason.BLOCKLISTED ? said.indexOf(LIST) : -1;
        if (list >= 0) {
            event.put(Field.LIST, firstWord(said, list + LIST.length()));
        }
        return reason;
    }

    private static String firstWord(String text, int from) {
        int end = from;
        while (end < text.length() && " ;,".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(from, end);
    }

    private static Kind refusal(String said, Reason reason) {
        return switch (reason) {
            case GREYLISTED -> Kind.GREYLIST;
            case BLOCKLISTED -> Kind.DNSBL;
            case SPAM -> Kind.SPAM;
            case VIRUS -> Kind.VIRUS;
            default -> said.startsWith("4") ? Kind.DEFER_REJECT : Kind.REJECT;
        };
    }

    /** Postfix's names of commands are upper case, with hyphens. */
    private static boolean isCommand(String word) {
        for (int at = 0; at < word.length(); at++) {
            char c = word.charAt(at);
            if ((c < 'A' || c > 'Z') && c != '-') {
                return false;
            }
        }
        return !word.isEmpty();
    }
}
