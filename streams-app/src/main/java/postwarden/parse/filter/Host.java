package postwarden.parse.filter;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Addresses;
import postwarden.parse.rule.Cursor;

/** A client as {@code name[address]}, {@code [address][address]} or {@code name [address]}, read only where a name holds nothing else. */
final class Host {
    private Host() {}

    /** Moves behind the client and puts it; moves and puts nothing when it is no such form. */
    static boolean take(Cursor cursor, Event.Builder event) {
        String text = cursor.text();
        int start = cursor.at();
        int nameEnd = text.startsWith("[", start) ? text.indexOf(']', start) + 1 : start;
        int open = text.indexOf('[', nameEnd);
        int close = open < 0 ? -1 : text.indexOf(']', open);
        if (close < 0) {
            return false;
        }
        int end = open > start && text.charAt(open - 1) == ' ' ? open - 1 : open;
        String name = text.substring(start, end);
        String ip = Addresses.canonical(text.substring(open + 1, close));
        if (ip.isEmpty() || !(isName(name) || isItself(name))) {
            return false;
        }
        event.put(Field.CLIENT_IP, ip);
        if (!name.startsWith("[")) {
            Notes.hostname(event, name);
        }
        cursor.moveTo(close + 1);
        return true;
    }

    private static boolean isItself(String name) {
        return name.startsWith("[")
                && name.endsWith("]")
                && !Addresses.canonical(name.substring(1, name.length() - 1)).isEmpty();
    }

    /** Only what a name in DNS may hold. */
    static boolean isName(String name) {
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
