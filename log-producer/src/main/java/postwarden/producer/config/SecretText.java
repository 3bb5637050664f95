package postwarden.producer.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The file that holds a secret that is text: a token, a key of an API, an address that nobody else may know. */
public final class SecretText {
    private SecretText() {}

    /**
     * Reads it: one line of printable characters, with no space at its ends.
     *
     * @param file readable by its owner only, who is whoever runs this, or root
     * @throws IllegalArgumentException when it cannot be read, is empty, is more than a line, or is open to others, saying which
     */
    public static String read(Path file) {
        String text = new String(SecretFile.read(file), StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    file + ": it must hold one line of printable characters without spaces, and nothing else");
        }
        return text;
    }
}
