package postwarden.producer.config;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A file that holds a secret: a key, a password, a client's private key. Only its owner may have anything to do with it, and the owner is
 * whoever runs the program, or root.
 */
public final class SecretFile {
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> WRITABLE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final int ROOT = 0;
    /** Where systemd puts credentials: a file system of the service's own. */
    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

    private SecretFile() {}

    /**
     * Reads a secret: all bytes but a line end behind them.
     *
     * @throws IllegalArgumentException when it cannot be read, or others may read it, saying what to do
     */
    public static byte[] read(Path file) {
        objection(file).ifPresent(why -> {
            throw new IllegalArgumentException(file + ": " + why);
        });
        try {
            return withoutLineEnd(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": " + words(e), e);
        }
    }

    /** Why a file is not fit to hold a secret; empty when it is. */
    static Optional<String> objection(Path file) {
        try {
            Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            int owner = owner(file);
            if (owner == ROOT && isCredential(file)) {
                // systemd gives the service its right with an access list, which looks like one of the group.
                mode.remove(PosixFilePermission.GROUP_READ);
            }
            if (!OWNERS.containsAll(mode)) {
                return Optional.of("open to others than its owner (" + PosixFilePermissions.toString(mode)
                        + "): chmod 0400 " + file);
            }
            if (owner != ROOT && owner != self()) {
                return Optional.of("it belongs to user " + owner + ", not to user " + self()
                        + " who runs this, nor to root: chown " + self() + " " + file);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(words(e));
        }
    }

    /** Why a file is not fit to say whom to trust; empty when it is. */
    static Optional<String> writable(Path file) {
        try {
            Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            mode.retainAll(WRITABLE);
            return mode.isEmpty()
                    ? Optional.empty()
                    : Optional.of("others than its owner may change it: chmod go-w " + file);
        } catch (IOException e) {
            return Optional.of(words(e));
        }
    }

    private static boolean isCredential(Path file) {
        String directory = System.getenv(CREDENTIALS);
        return directory != null && file.toAbsolutePath().normalize().startsWith(Path.of(directory));
    }

    private static int owner(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:uid");
    }

    /** A process's own entry belongs to the user whom it runs as. */
    private static int self() throws IOException {
        return owner(Path.of("/proc/self"));
    }

    private static String words(IOException error) {
        if (error instanceof NoSuchFileException) {
            return "no such file";
        }
        return error instanceof FileSystemException ? "it may not be read" : String.valueOf(error.getMessage());
    }

    private static byte[] withoutLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
