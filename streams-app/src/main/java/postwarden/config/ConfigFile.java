package postwarden.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads an operator's configuration (HOCON), and says in words why it cannot be read. */
final class ConfigFile {
    /** Bytes of a file with every key and a page of comment for each; a larger one is something else, such as a log. */
    private static final long MOST_BYTES = 1 << 20;

    private ConfigFile() {}

    /** @throws ConfigRefused with what is wrong with it */
    static Config parse(Path file) throws ConfigRefused {
        String wrong = unreadable(file);
        if (!wrong.isEmpty()) {
            throw new ConfigRefused(file.toString(), List.of(wrong));
        }
        try {
            return ConfigFactory.parseFile(file.toFile()).resolve();
        } catch (ConfigException refused) {
            throw new ConfigRefused(file.toString(), List.of(words(refused)));
        }
    }

    /** What a value or a file is refused for, with its line and without the file, which the reader knows. */
    static String words(ConfigException refused) {
        String message = String.valueOf(refused.getMessage());
        if (refused.origin() == null || refused.origin().lineNumber() < 0) {
            return message;
        }
        String origin = refused.origin().description() + ": ";
        return message.startsWith(origin)
                ? "line " + refused.origin().lineNumber() + ": " + message.substring(origin.length())
                : message;
    }

    /** Why, or nothing; the parser would take a directory for nothing, and other bytes for other characters. */
    private static String unreadable(Path file) {
        if (Files.isDirectory(file)) {
            return "it is a directory";
        }
        if (!Files.isRegularFile(file)) {
            return Files.exists(file) ? "it is no regular file" : "there is no such file";
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                return "it has more than " + MOST_BYTES + " bytes: is it a configuration?";
            }
            return Files.readString(file).indexOf('\0') < 0 ? "" : "it holds NUL bytes: is it a configuration?";
        } catch (CharacterCodingException binary) {
            return "it is not text in UTF-8";
        } catch (AccessDeniedException denied) {
            return "permission denied";
        } catch (IOException unreadable) {
            return "it cannot be read: " + unreadable.getMessage();
        }
    }
}
