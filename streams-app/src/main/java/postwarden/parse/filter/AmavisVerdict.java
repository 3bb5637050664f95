package postwarden.parse.filter;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.Reason;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;
import postwarden.parse.rule.Rule;

/**
 * What amavis did with a message ({@code $log_short_templ}, {@code $log_verbose_templ}):
 *
 * <pre>
 * Blocked SPAM {DiscardedInbound,Quarantined}, BANK [203.0.113.7]:40412 [198.51.100.1] &lt;a@b&gt; -&gt; &lt;c@d&gt;,&lt;e@f&gt;,
 * quarantine: …, Queue-ID: …, Message-ID: &lt;…&gt;, mail_id: …, Hits: 7.3, size: 1234, queued_as: …, 123 ms
 * </pre>
 *
 * <p>The names of banned files and found viruses stand before the client and are a stranger's or a scanner's; the second address
 * is what a Received field says. Addresses with a special character are quoted, so one without a quote ends at its bracket.
 */
final class AmavisVerdict {
    private static final String ARROW = " -> ";
    private static final String CUT = "...";
    /** How long it took, which ends a line that is whole. */
    private static final String END = " ms";

    private AmavisVerdict() {}

    static Rule.Reading of(boolean blocked) {
        return (cursor, event) -> {
            String verb = blocked ? "Blocked" : "Passed";
            cursor.take(verb);
            cursor.skipSpaces();
            String category = category(cursor);
            if (category.isEmpty() && !cursor.sees(", ")) {
                return false;
            }
            boolean named = cursor.sees(" (");
            verdict(verb, category, blocked, event);
            if (named) {
                named(cursor, category, event);
            } else {
                plain(cursor, event);
            }
            return true;
        };
    }

    /** CLEAN, SPAM, BAD-HEADER-7 …; not what stands in brackets behind it. */
    private static String category(Cursor cursor) {
        int start = cursor.at();
        while (!cursor.atEnd() && (Character.isUpperCase(cursor.peek()) || "-0123456789".indexOf(cursor.peek()) >= 0)) {
            cursor.moveTo(cursor.at() + 1);
        }
        return cursor.text().substring(start, cursor.at());
    }

    private static void verdict(String verb, String category, boolean blocked, Event.Builder event) {
        if (category.startsWith("SPAM")) {
            Notes.verdict(event, Kind.SPAM, Reason.SPAM);
        } else if (category.startsWith("INFECTED")) {
            Notes.verdict(event, Kind.VIRUS, Reason.VIRUS);
        } else if (blocked) {
            Notes.verdict(event, Kind.POLICY, reason(category));
        } else {
            Notes.passed(event, (verb + ' ' + category).strip());
        }
    }

    private static Reason reason(String category) {
        if (category.startsWith("OVERSIZED")) {
            return Reason.MESSAGE_TOO_LARGE;
        }
        if (category.startsWith("BAD-HEADER")) {
            return Reason.SYNTAX;
        }
        return category.startsWith("BANNED") ? Reason.ACCESS_DENIED : Reason.UNKNOWN;
    }

    /** A verdict with no name in it: nothing of a stranger's stands before the sender. */
    private static void plain(Cursor cursor, Event.Builder event) {
        boolean old = !cursor.sees(" {");
        if (!old) {
            cursor.upTo('}');
        }
        int sender = cursor.text().indexOf(" <", cursor.at());
        boolean separated = cursor.take(", ") || cursor.take(',');
        if (!separated || sender < 0) {
            return;
        }
        client(cursor.text().substring(Math.min(cursor.at(), sender), sender).strip(), old, event);
        cursor.moveTo(sender + 1);
        envelope(cursor, event);
    }

    /**
     * {@code INFECTED (Name, Name) {…}, … <a> -> <b>}: the client stands right before the only sender. A line that is cut may have
     * lost the true one, and a quoted address may hold anything.
     */
    private static void named(Cursor cursor, String category, Event.Builder event) {
        String text = cursor.text();
        int arrow = text.indexOf(ARROW, cursor.at());
        String head = arrow < 0 ? "" : text.substring(0, arrow);
        int sender = head.lastIndexOf(" <") + 1;
        int section = head.lastIndexOf(", ", sender);
        boolean once = arrow >= 0 && text.indexOf(ARROW, arrow + 1) < 0 && text.endsWith(END);
        if (!once || head.indexOf('"') >= 0 || sender == 0 || section < cursor.at()) {
            return;
        }
        int close = head.lastIndexOf(") {", section);
        int end = close < 0 ? section - 1 : close;
        if (category.startsWith("INFECTED") && end > cursor.at() + 2 && head.charAt(end) == ')') {
            event.put(Field.SIGNATURE, head.substring(cursor.at() + 2, end));
        }
        client(text.substring(Math.min(section + 2, sender), sender).strip(), close < 0, event);
        cursor.moveTo(sender);
        envelope(cursor, event);
    }

    /**
     * {@code BANK LOCAL [203.0.113.7]:40412 [198.51.100.1]}: the first address is the client's where it has a port. One that the
     * mail daemon did not tell is taken from a Received field and has none. Before 2.7, where no actions stand in braces, no
     * address has a port; there a single one may be that of a Received field.
     */
    private static void client(String section, boolean old, Event.Builder event) {
        int open = section.indexOf('[');
        int close = section.indexOf(']', open + 1);
        if (open < 0 || close < 0 || (open > 0 && section.charAt(open - 1) != ' ')) {
            return;
        }
        String ip = Addresses.canonical(section.substring(open + 1, close));
        boolean port = section.startsWith(":", close + 1);
        boolean told = section.indexOf('[', close) > 0 || section.startsWith("LOCAL ") || section.contains(" LOCAL ");
        if (ip.isEmpty() || !(port || (old && told))) {
            return;
        }
        event.put(Field.CLIENT_IP, ip);
        if (port) {
            Cursor number = new Cursor(section);
            number.moveTo(close + 2);
            long value = number.number();
            if (value > 0) {
                event.put(Field.CLIENT_PORT, value);
            }
        }
    }

    private static void envelope(Cursor cursor, Event.Builder event) {
        String sender = address(cursor);
        if (sender.equals("\"") || !cursor.take(ARROW)) {
            return;
        }
        event.put(Field.SENDER, sender);
        String recipient = address(cursor);
        long count = 1;
        while (!recipient.equals("\"") && cursor.take(",<")) {
            cursor.moveTo(cursor.at() - 1);
            recipient = address(cursor);
            count++;
        }
        if (recipient.equals("\"") || !cursor.sees(", ")) {
            return;
        }
        event.put(Field.RECIPIENT_COUNT, count);
        if (count == 1) {
            event.put(Field.RECIPIENT, recipient);
        }
        details(cursor, event);
    }

    /** The address in brackets that stands here; a lone quote when it is none that ends for certain. */
    private static String address(Cursor cursor) {
        int start = cursor.at();
        if (!cursor.take('<')) {
            return "\"";
        }
        int close = cursor.text().indexOf('>', cursor.at());
        String inside = close < 0 ? "\"" : cursor.text().substring(cursor.at(), close);
        if (inside.indexOf('"') >= 0) {
            cursor.moveTo(start);
            return "\"";
        }
        cursor.moveTo(close + 1);
        return inside;
    }

    private static void details(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        if (text.endsWith(CUT)) {
            text = text.substring(0, Math.max(cursor.at(), text.lastIndexOf(", ")));
        }
        Frame frame = Frame.of(
                text,
                cursor.at(),
                ", quarantine: ",
                ", Queue-ID: ",
                ", Message-ID: ",
                ", Resent-Message-ID: ",
                ", mail_id: ",
                ", Hits: ",
                ", size: ",
                ", queued_as: ");
        Notes.queueId(event, frame.value(1));
        messageId(frame.value(2), event);
        score(frame.value(5), event);
        long size = new Cursor(frame.value(6)).number();
        if (size >= 0) {
            event.put(Field.SIZE, size);
        }
        String next = new Cursor(frame.value(7)).upTo(", ");
        int other = next.indexOf('/');
        if (QueueId.isOne(other < 0 ? next : next.substring(0, other))) {
            event.put(Field.NEXT_QUEUE_ID, other < 0 ? next : next.substring(0, other));
        }
    }

    private static void messageId(String text, Event.Builder event) {
        int close = text.indexOf('>');
        if (text.startsWith("<") && close > 1) {
            event.put(Field.MESSAGE_ID, text.substring(1, close));
        }
    }

    private static void score(String text, Event.Builder event) {
        double score = new Cursor(new Cursor(text).upTo(',')).decimal();
        if (!Double.isNaN(score)) {
            event.put(Field.SCORE, score);
        }
    }
}
