package postwarden.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import postwarden.parse.reply.Replies;
import postwarden.parse.reply.ReplyFile;

/** Reads an operator's file of rules about SMTP replies, and tells everything that is wrong with it at once. */
public final class RepliesFile {
    /** Bytes of a file with the most rules and a comment for each; a larger one is something else, such as a log. */
    private static final long MOST_BYTES = 1 << 20;

    private RepliesFile() {}

    /** @throws ConfigRefused naming the file, with every line that is wrong and why */
    public static Replies load(String path) throws ConfigRefused {
        ReplyFile file = ReplyFile.read(text(path));
        if (!file.errors().isEmpty()) {
            throw new ConfigRefused(path, file.errors());
        }
        return Replies.with(file);
    }

    private static String text(String name) throws ConfigRefused {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new ConfigRefused(name, List.of("it is a directory"));
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new ConfigRefused(
                        name, List.of("it has more than " + MOST_BYTES + " bytes: is it a file of replies?"));
            }
            return Files.readString(path);
        } catch (NoSuchFileException missing) {
            throw new ConfigRefused(name, List.of("there is no such file"));
        } catch (CharacterCodingException binary) {
            throw new ConfigRefused(name, List.of("it is not text in UTF-8"));
        } catch (IOException | InvalidPathException unreadable) {
            throw new ConfigRefused(name, List.of("it cannot be read: " + unreadable));
        }
    }
}
