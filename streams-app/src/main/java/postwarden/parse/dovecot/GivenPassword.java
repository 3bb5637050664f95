package postwarden.parse.dovecot;

import postwarden.event.Event;
import postwarden.event.Field;

/**
 * The password that {@code auth_verbose_passwords} adds to a refusal (sources 2.2 to 2.4,
 * auth_request_append_password): kept nowhere, but for the keyed hash that the producer may have put in its place.
 */
final class GivenPassword {
    private static final String KEYED = " (keyed hash of given password: ";
    private static final int KEYED_DIGITS = 12;
    private static final String PLAIN = "(given password: ";
    private static final String HASHED = "(SHA1 of given password: ";
    private static final String CUT = "***)";

    private GivenPassword() {}

    /** Puts the hash that stands at an index, if it is one and ends the line. */
    static void hash(String text, int at, Event.Builder event) {
        int from = at + KEYED.length();
        int to = from + KEYED_DIGITS;
        if (!text.startsWith(KEYED, at) || !text.startsWith(")", to)) {
            return;
        }
        String hash = text.substring(from, to);
        if (to + 1 == text.length() && hash.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            event.put(Field.PASSWORD_HASH, hash);
        }
    }

    /** The text without a password or its short hash; a password may hold brackets, so all up to the last one goes. */
    static String cut(String text) {
        return cut(cut(text, PLAIN), HASHED);
    }

    private static String cut(String text, String mark) {
        int found = text.indexOf(mark);
        if (found < 0) {
            return text;
        }
        int from = found + mark.length();
        int end = Math.max(text.lastIndexOf(')') + 1, from);
        return text.substring(0, from) + CUT + (text.lastIndexOf(')') < from ? "" : text.substring(end));
    }
}
