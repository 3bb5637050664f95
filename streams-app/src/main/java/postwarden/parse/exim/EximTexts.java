package postwarden.parse.exim;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import postwarden.parse.rule.Cursor;

/** A list of how lines of Exim begin, or of what they hold, from the {@code log_write} calls of 4.94 to 4.100. */
final class EximTexts {
    /** How lines begin that rules of their own read: where these cannot be read, they are not free text. */
    static final EximTexts TEMPLATES = new EximTexts("""
            SMTP connection from
            SMTP call from
            SMTP command timeout
            SMTP data timeout
            SMTP protocol
            SMTP syntax error
            no MAIL in
            Connection from
            temporarily refused connection
            refused connection from
            TLS error
            H=
            U=
            F=<
            <=
            =>
            ->
            ==
            **
            rejected
            temporarily rejected
            unqualified
            Start queue run
            End queue run
            """);

    /** The same, where a message id or an authenticator's name stands before. */
    static final EximTexts TEMPLATES_WITHIN = new EximTexts("""
             authenticator failed for
             <=
             =>
             ->
             ==
             **
            """);

    /** Longer than any of the texts. */
    private static final int LONGEST = 80;

    private final List<String> texts;
    private final TreeMap<String, String> sorted = new TreeMap<>();

    /** @param table one text a line */
    EximTexts(String table) {
        texts = Arrays.stream(table.split("\n")).toList();
        texts.forEach(text -> sorted.put(text, text));
        // Nearest-neighbour search finds a beginning only where no longer one of the list sorts between it and the
        // line.
        sorted.keySet().removeIf(text -> {
            String shorter = sorted.lowerKey(text);
            return shorter != null && text.startsWith(shorter);
        });
    }

    /** Whether what stands here begins with one of the texts. */
    boolean begin(Cursor cursor) {
        int end = Math.min(cursor.text().length(), cursor.at() + LONGEST);
        String rest = cursor.text().substring(cursor.at(), end);
        String nearest = sorted.floorKey(rest);
        return nearest != null && rest.startsWith(nearest);
    }

    /** Whether one of the texts stands anywhere from here on. */
    boolean stand(Cursor cursor) {
        return texts.stream().anyMatch(cursor::ahead);
    }
}
