package postwarden.producer.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that appears under its name only when it is whole and on the disk. */
final class WholeFile {
    private WholeFile() {}

    /** Writes what it is to hold. */
    interface Text {
        void to(OutputStream out) throws IOException;
    }

    /**
     * Writes it, in the place of one that may be there.
     *
     * @param part where it grows, in the same directory
     * @throws IOException when the disk is full or refuses; what was there under its name then still is
     */
    static void write(Path whole, Path part, Text text) throws IOException {
        try (FileChannel out = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            text.to(Channels.newOutputStream(out));
            out.force(true);
        }
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(whole.resolveSibling(""));
    }

    /** A rename is on the disk only when its directory is; Linux lets a directory be opened for that. */
    private static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
