package postwarden.producer.sample;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Why something could not be measured, for people: one line, bounded, without mail addresses. */
final class Why {
    private static final int MOST = 200;
    private static final char FIRST_PRINTABLE = ' ';
    private static final char LAST_PRINTABLE = '~';

    private Why() {}

    static String of(IOException error) {
        if (error instanceof NoSuchFileException missing) {
            return clean(missing.getFile() + ": no such file");
        }
        if (error instanceof AccessDeniedException denied) {
            return clean(denied.getFile() + ": it may not be read");
        }
        return clean(error.getMessage());
    }

    /** What a stranger may have had a hand in: a program's complaint can quote an address. */
    static String clean(@Nullable String text) {
        StringBuilder clean = new StringBuilder();
        StringTokenizer words = new StringTokenizer(text == null ? "no reason given" : text);
        while (words.hasMoreTokens() && clean.length() < MOST) {
            String word = words.nextToken();
            clean.append(clean.length() == 0 ? "" : " ").append(word.indexOf('@') < 0 ? word : "(address)");
        }
        clean.setLength(Math.min(clean.length(), MOST));
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (c < FIRST_PRINTABLE || c > LAST_PRINTABLE) {
                clean.setCharAt(i, '?');
            }
        }
        return clean.toString();
    }
}
