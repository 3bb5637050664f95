package postwarden.parse.postfix;

import java.util.ArrayList;
import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Origin;
import postwarden.event.Reason;
import postwarden.parse.reply.Replies;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * What header and body checks decided (Postfix 3.10, cleanup_message.c, cleanup_milter.c):
 * {@code reject: header Subject: … from host[ip]; from=<a> to=<b> proto=ESMTP helo=<c>: 5.7.1 text}. The header's text is
 * a stranger's and stands before the client, so a line that holds the mark behind the client twice names nobody. The
 * delivery agents' checks (header_body_checks.c) name no client at all.
 */
final class PostfixContent {
    private static final String MARK = "; from=<";
    private static final String FROM = " from ";

    private final Replies replies;

    PostfixContent(Replies replies) {
        this.replies = replies;
    }

    /** The rules of cleanup, to be read top to bottom. */
    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        action(rules, "reject", Kind.REJECT);
        action(rules, "hold", Kind.HELD);
        action(rules, "discard", Kind.POLICY);
        action(rules, "filter", Kind.POLICY);
        action(rules, "redirect", Kind.POLICY);
        action(rules, "delay", Kind.OTHER);
        action(rules, "bcc", Kind.OTHER);
        action(rules, "replace", Kind.OTHER);
        action(rules, "prepend", Kind.OTHER);
        action(rules, "strip", Kind.OTHER);
        action(rules, "pass", Kind.OTHER);
        action(rules, "info", Kind.OTHER);
        action(rules, "warning", Kind.OTHER);
        rules.add(new Rule("content/milter-header", "milter-header-", this::afterMilter));
        rules.add(new Rule("content/milter-body", "milter-body-", this::afterMilter));
        return rules;
    }

    /** What a delivery agent changes on the way out: {@code replace: header Subject: … : text}. */
    static List<Rule> outbound() {
        return List.of(
                outbound("delivery/header-replaced", "replace: "),
                outbound("delivery/header-prepended", "prepend: "),
                outbound("delivery/header-stripped", "strip: "),
                outbound("delivery/header-noted", "info: "),
                outbound("delivery/header-warned", "warning: "));
    }

    private static Rule outbound(String name, String prefix) {
        return new Rule(name, prefix, (cursor, event) -> {
            boolean content = cursor.sees("header ") || cursor.sees("body ");
            if (!content || !event.has(Field.QUEUE_ID) || !event.has(Field.TRANSPORT)) {
                return false;
            }
            event.kind(Kind.OTHER).put(Field.TEXT, event.line().message());
            return true;
        });
    }

    private void action(List<Rule> rules, String word, Kind kind) {
        rules.add(new Rule("content/" + word, word + ": ", (cursor, event) -> decided(cursor, event, kind)));
    }

    /** {@code milter-header-reject: header Subject: …}: the checks of what a milter added. */
    private boolean afterMilter(Cursor cursor, Event.Builder event) {
        Kind kind = switch (cursor.upTo(": ")) {
            case "reject" -> Kind.REJECT;
            case "hold" -> Kind.HELD;
            case "discard", "filter", "redirect" -> Kind.POLICY;
            default -> Kind.OTHER;
        };
        return decided(cursor, event, kind);
    }

    private boolean decided(Cursor cursor, Event.Builder event, Kind kind) {
        boolean malformed = cursor.take("mime-error ");
        if (!malformed && !cursor.take("header ") && !cursor.take("body ") && !cursor.take("content ")) {
            return false;
        }
        event.kind(kind).put(Field.ORIGIN, Origin.LOCAL);
        String text = cursor.text();
        int mark = text.indexOf(MARK, cursor.at());
        if (mark < 0 || text.indexOf(MARK, mark + 1) >= 0) {
            event.put(Field.AMBIGUOUS, true);
            return true;
        }
        boolean brought = client(cursor, mark, event);
        String envelope = text.substring(mark);
        if (brought && !malformed) {
            Envelope.split(envelope, event, true);
        } else {
            Envelope.splitAddresses(envelope, event);
        }
        if (!malformed) {
            reply(envelope, kind, event);
        }
        return true;
    }

    /** The client stands between the last {@code from} and the mark; false for {@code local}, which no client brought. */
    private static boolean client(Cursor cursor, int mark, Event.Builder event) {
        int from = cursor.text().lastIndexOf(FROM, mark);
        cursor.moveTo(Math.max(cursor.at(), from + FROM.length()));
        if (cursor.sees("local;") || cursor.sees("unknown;")) {
            return false;
        }
        Peer client = Peer.read(cursor);
        if (client.certain() && cursor.at() != mark) {
            event.put(Field.AMBIGUOUS, true);
        } else {
            client.asClient(event);
        }
        return true;
    }

    private void reply(String envelope, Kind kind, Event.Builder event) {
        int helo = Math.max(0, envelope.lastIndexOf(" helo=<"));
        int said = helo == 0 ? envelope.lastIndexOf(">: ") : envelope.indexOf(">: ", helo);
        if (said < 0) {
            return;
        }
        String text = envelope.substring(said + 3);
        if (kind != Kind.REJECT) {
            event.put(kind == Kind.OTHER ? Field.TEXT : Field.REPLY_TEXT, text);
            return;
        }
        Reason reason = replies.describe(event, text);
        if (reason == Reason.SPAM || reason == Reason.VIRUS) {
            event.kind(reason == Reason.SPAM ? Kind.SPAM : Kind.VIRUS);
        } else if (text.startsWith("4")) {
            event.kind(Kind.DEFER_REJECT);
        }
    }
}
