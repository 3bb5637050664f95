package postwarden.producer.config;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import postwarden.producer.redact.SiteKey;

/** The file that holds a site's redaction key: all its bytes but a line end behind them. */
public final class KeyFile {
    /** Who may read the key can try passwords against the hashes; who may write it can part them. */
    private static final Set<PosixFilePermission> NOT_FOR_OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private KeyFile() {}

    /**
     * Reads a key.
     *
     * @param file holds the key; readable by its owner and group at most
     * @throws IllegalArgumentException when it cannot be read, is too short, or is open to others, saying which
     */
    public static SiteKey read(Path file) {
        try {
            if (!Collections.disjoint(Files.getPosixFilePermissions(file), NOT_FOR_OTHERS)) {
                throw new IllegalArgumentException("open to others than its owner and group: chmod 0400 " + file);
            }
            return new SiteKey(withoutLineEnd(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file", e);
        } catch (FileSystemException e) {
            throw new IllegalArgumentException(file + ": it may not be read", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] withoutLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
