package postwarden.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.zip.GZIPInputStream;

/**
 * A log that a command was told to read.
 *
 * @param name its path, or {@link #STANDARD_INPUT}; a name that ends in {@code .gz} is unpacked
 * @param standardInput what {@link #STANDARD_INPUT} means
 */
record LogFile(String name, InputStream standardInput) {
    static final String STANDARD_INPUT = "-";

    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * The log's bytes, to be closed; closing leaves standard input open.
     *
     * @throws IOException when it cannot be read, or is a directory
     */
    InputStream open() throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            return new FilterInputStream(standardInput) {
                @Override
                public void close() {
                    // Standard input is not ours.
                }
            };
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new IOException("it is a directory");
        }
        InputStream bytes = Files.newInputStream(path);
        return name.endsWith(".gz") ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
    }

    /**
     * When the log was last written; for standard input, now.
     *
     * @throws IOException when the file system does not say
     */
    Instant lastChange(Clock clock) throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            return clock.instant();
        }
        return Files.getLastModifiedTime(Path.of(name)).toInstant();
    }

    /** One clear line for a person: which file, and why not. */
    String cannotBeRead(IOException failure) {
        String why = String.valueOf(failure.getMessage());
        if (failure instanceof NoSuchFileException) {
            why = "no such file";
        } else if (failure instanceof AccessDeniedException) {
            why = "permission denied";
        }
        return "cannot read " + name + ": " + why;
    }
}
