package postwarden.parse.exchange;

import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.parse.rule.Cursor;

/** Rows that both SMTP protocol logs have. */
final class SmtpNotes {
    /** The longest SMTP command or extension of Exchange has 15 letters (XSESSIONPARAMS, X-ANONYMOUSTLS). */
    private static final int LONGEST_COMMAND = 16;

    private SmtpNotes() {}

    /** Known and of no further interest. */
    static boolean other(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.TEXT, words(cursor));
        return true;
    }

    static boolean warning(Cursor cursor, Event.Builder event) {
        event.kind(Kind.WARNING).put(Field.TEXT, words(cursor));
        return true;
    }

    /** A note whose words are not to be repeated: a name that failed may be a password. */
    static boolean unsaid(Cursor cursor, Event.Builder event) {
        event.kind(Kind.OTHER).put(Field.TEXT, cursor.text().substring(1, Math.max(1, cursor.at() - 2)));
        return true;
    }

    /** The delay before a reply that is a row of its own. */
    static boolean tarpit(Cursor cursor, Event.Builder event) {
        return cursor.ahead("Tarpit for '") && other(cursor, event);
    }

    /** A command without its arguments, which may be anything. */
    static boolean command(Cursor cursor, Event.Builder event) {
        String word = cursor.word();
        event.kind(Kind.OTHER);
        if (word.length() <= LONGEST_COMMAND && word.chars().allMatch(c -> c == '-' || (c >= 'A' && c <= 'z'))) {
            event.put(Field.TEXT, word);
        }
        return true;
    }

    /** {@code TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded using bulk encryption algorithm CALG_AES_256 with …}. */
    static boolean tls(Cursor cursor, Event.Builder event) {
        String version = cursor.word();
        if (!cursor.take(" negotiation succeeded")) {
            return false;
        }
        event.kind(Kind.TLS).put(Field.TLS_VERSION, version);
        if (cursor.take(" using bulk encryption algorithm ")) {
            event.put(Field.CIPHER, cursor.word());
        }
        return true;
    }

    static boolean tlsError(Cursor cursor, Event.Builder event) {
        event.kind(Kind.TLS_ERROR).put(Field.TEXT, words(cursor));
        return true;
    }

    private static String words(Cursor cursor) {
        return cursor.text().substring(1).replace(SmtpRow.BREAK, ' ');
    }
}
