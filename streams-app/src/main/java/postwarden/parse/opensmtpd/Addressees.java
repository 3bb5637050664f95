package postwarden.parse.opensmtpd;

import java.util.Optional;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.parse.rule.Cursor;

/**
 * The addresses of a line, {@code from=<a> to=<b> rcpt=<c>}, with commas between until 5.9. OpenSMTPD lets no blank, quote
 * or bracket into an address (7.9, util.c, valid_localpart); should one of another version do, the line names nobody.
 *
 * @param sender empty for the null sender
 * @param recipient empty where the line has none
 * @param named whom the client named, where that is another; else empty
 */
record Addressees(String sender, String recipient, String named) {
    private static final String FROM = " from=<";
    private static final String TO = " to=<";
    private static final String NAMED = " rcpt=<";

    /** Reads those that stand here, moving behind them; empty where they could be cut in several ways. */
    static Optional<Addressees> read(Cursor cursor) {
        String text = cursor.text();
        cursor.take(',');
        if (isRepeated(text, FROM) || isRepeated(text, TO) || isRepeated(text, NAMED)) {
            return Optional.empty();
        }
        String sender = value(cursor, FROM);
        String recipient = value(cursor, TO);
        String named = value(cursor, NAMED);
        boolean whole = isPlain(sender) && isPlain(recipient) && isPlain(named);
        boolean more = text.indexOf(FROM, cursor.at()) >= 0 || text.indexOf(TO, cursor.at()) >= 0;
        boolean ends = cursor.atEnd() || cursor.peek() == ' ';
        boolean known = ends && (cursor.atEnd() || isPart(cursor));
        return whole && !more && known ? Optional.of(new Addressees(sender, recipient, named)) : Optional.empty();
    }

    void put(Event.Builder event) {
        event.put(Field.SENDER, sender);
        if (!recipient.isEmpty()) {
            event.put(Field.RECIPIENT, recipient);
        }
        if (!named.isEmpty() && !named.equals("-")) {
            event.put(Field.ORIGINAL_RECIPIENT, named);
        }
    }

    private static String value(Cursor cursor, String mark) {
        if (!cursor.take(mark)) {
            return "";
        }
        String value = cursor.upTo('>');
        cursor.take(',');
        return value;
    }

    /** What OpenSMTPD writes behind the addresses. */
    private static boolean isPart(Cursor cursor) {
        return cursor.sees(" size=")
                || cursor.sees(" source=")
                || cursor.sees(" user=")
                || cursor.sees(" delay=")
                || cursor.sees(" rcpt=-");
    }

    private static boolean isRepeated(String text, String mark) {
        int first = text.indexOf(mark);
        return first >= 0 && text.indexOf(mark, first + 1) >= 0;
    }

    private static boolean isPlain(String address) {
        return address.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '"' || c == '(' || c == ',' || c == ';');
    }
}
