package postwarden.parse.postfix;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Cursor;

/**
 * The end of a decision's line: {@code ; from=<a> to=<b> proto=ESMTP helo=<c> sasl_username=<d>}, each part optional;
 * postscreen puts commas between. Sender and recipient may hold anything, so a part is taken only where its mark stands
 * once in the line.
 */
final class Envelope {
    private Envelope() {}

    /** Puts what the end says into the event; the text before it is returned. */
    static String split(String text, Event.Builder event) {
        int end = begin(text);
        if (end < 0) {
            return text;
        }
        put(text, end, "; from=<", event, Field.SENDER);
        put(text, end, " to=<", event, Field.RECIPIENT);
        put(text, end, " helo=<", event, Field.HELO);
        put(text, end, " sasl_username=<", event, Field.ACCOUNT);
        putProtocol(text, end, event);
        return text.substring(0, end);
    }

    private static int begin(String text) {
        for (String mark : new String[] {"; from=<", "; to=<", "; proto="}) {
            int at = text.lastIndexOf(mark);
            if (at >= 0) {
                return at;
            }
        }
        return -1;
    }

    private static void put(String text, int from, String mark, Event.Builder event, Field field) {
        int at = text.indexOf(mark, from);
        if (at < 0 || text.indexOf(mark) != at || text.indexOf(mark, at + 1) >= 0) {
            return;
        }
        int start = at + mark.length();
        int end = close(text, start);
        if (end >= 0) {
            event.put(field, text.substring(start, end));
        }
    }

    /** The bracket that closes a value: the first one before the next part or the line's end. */
    private static int close(String text, int from) {
        int at = text.indexOf('>', from);
        while (at >= 0 && at + 1 < text.length() && !isPart(text, at + 1)) {
            at = text.indexOf('>', at + 1);
        }
        return at;
    }

    private static boolean isPart(String text, int at) {
        int from = text.charAt(at) == ',' ? at + 1 : at;
        return text.startsWith(" to=<", from)
                || text.startsWith(" proto=", from)
                || text.startsWith(" helo=<", from)
                || text.startsWith(" sasl_username=<", from)
                || text.startsWith(": ", from);
    }

    private static void putProtocol(String text, int from, Event.Builder event) {
        String mark = " proto=";
        int at = text.lastIndexOf(mark);
        if (at < from) {
            return;
        }
        Cursor cursor = new Cursor(text);
        cursor.moveTo(at + mark.length());
        String word = cursor.word();
        event.put(Field.PROTOCOL, word.endsWith(",") ? word.substring(0, word.length() - 1) : word);
    }
}
