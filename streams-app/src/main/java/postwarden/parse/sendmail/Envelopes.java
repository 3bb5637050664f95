package postwarden.parse.sendmail;

import java.util.ArrayList;
import java.util.List;
import postwarden.event.Event;
import postwarden.event.Field;

/** Addresses as Sendmail logs them: {@code <a@example.com>}, {@code a}, {@code "|/usr/bin/filter"}, several with commas. */
final class Envelopes {
    private Envelopes() {}

    /** The address without its brackets. */
    static String address(String text) {
        boolean bracketed = text.startsWith("<") && text.endsWith(">");
        return bracketed ? text.substring(1, text.length() - 1) : text;
    }

    /** Whether nothing of it can be mistaken for another part of the line: no quotes, blanks or inner brackets. */
    static boolean areCertain(String addresses) {
        return addresses.indexOf('"') < 0 && addresses.indexOf(' ') < 0;
    }

    /** The recipient of a line for one; else only how many they are. */
    static void putRecipients(String text, Event.Builder event) {
        List<String> all = split(text);
        if (all.size() == 1 && !text.equals("NO-TO-LIST")) {
            event.put(Field.RECIPIENT, address(all.get(0)));
        } else if (all.size() > 1) {
            event.put(Field.RECIPIENT_COUNT, all.size());
        }
    }

    /** At commas outside of quotes and brackets. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int depth = 0;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '<') {
                depth++;
            } else if (!quoted && c == '>') {
                depth--;
            } else if (!quoted && depth <= 0 && c == ',') {
                parts.add(text.substring(start, at));
                start = at + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
