package postwarden.parse.reply;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The file of replies that is part of the program: read from its own jar, from no disk of the machine that it runs on. */
final class StandardText {
    private static final String NAME = "replies.conf";

    private StandardText() {}

    static String read() {
        try (InputStream bytes = StandardText.class.getResourceAsStream(NAME)) {
            return new String(Objects.requireNonNull(bytes, NAME).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("the program's own " + NAME + " cannot be read", broken);
        }
    }
}
