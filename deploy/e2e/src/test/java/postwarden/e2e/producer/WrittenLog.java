package postwarden.e2e.producer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * A log as a daemon writes it and logrotate turns it, of which every content that it ever had is kept beside it: what the oracle holds
 * the records against. Names shift as logrotate shifts them, {@code mail.log.1} being the youngest. Safe for a writer and a rotator.
 */
final class WrittenLog {
    private static final Instant FIRST = Instant.parse("2026-11-21T08:00:00Z");
    /** One line in so many has bytes of any value, */
    private static final int ODD = 40;
    /** and one in so many is longer than a record takes. */
    private static final int LONG = 4_000;

    private static final int LONG_BYTES = 70_000;
    private static final int ODD_BYTES = 200;

    private final Path path;
    private final Random random;
    private final List<Content> contents = new ArrayList<>();
    private int generations;
    private int lines;

    /** A content that a log had, from its first byte on. */
    static final class Content {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        byte[] bytes() {
            return written.toByteArray();
        }

        int size() {
            return written.size();
        }
    }

    WrittenLog(Path path, Random random) throws IOException {
        this.path = path;
        this.random = random;
        Files.createDirectories(path.resolveSibling(""));
        contents.add(new Content());
    }

    Path path() {
        return path;
    }

    synchronized int lines() {
        return lines;
    }

    synchronized long bytes() {
        return contents.stream().mapToLong(Content::size).sum();
    }

    synchronized List<Content> contents() {
        return contents.stream().filter(content -> content.size() > 0).toList();
    }

    /** Appends lines of which no two are alike. */
    synchronized void append(int count) throws IOException {
        ByteArrayOutputStream some = new ByteArrayOutputStream();
        for (int end = lines + count; lines < end; lines++) {
            some.writeBytes(line(lines));
        }
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            some.writeTo(out);
        }
        some.writeTo(contents.get(contents.size() - 1).written);
    }

    /** Renames the log; the next line begins another file. */
    synchronized void rename() throws IOException {
        if (Files.exists(path)) {
            shift();
            Files.move(path, named(1));
            contents.add(new Content());
        }
    }

    /** Copies the log and truncates it, with nothing written between the two. */
    synchronized void copyAndTruncate() throws IOException {
        if (Files.exists(path) && Files.size(path) > 0) {
            shift();
            Files.copy(path, named(1));
            Files.newOutputStream(path, StandardOpenOption.TRUNCATE_EXISTING).close();
            contents.add(new Content());
        }
    }

    /** Packs the youngest generation, as gzip does: beside it, with its time, and then in its place. */
    synchronized void pack() throws IOException {
        Path plain = named(1);
        if (generations > 0 && Files.exists(plain)) {
            Path packed = packed(plain);
            try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
                Files.copy(plain, gzip);
            }
            Files.setLastModifiedTime(packed, Files.getLastModifiedTime(plain));
            Files.delete(plain);
        }
    }

    private byte[] line(int number) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(ascii(FIRST.plusMillis(10L * number)
                + " mx1 postfix/smtpd[7]: connect from unknown[198.51.100.7] number " + number));
        if (number % LONG == LONG - 1) {
            line.writeBytes(ascii(" x".repeat(LONG_BYTES / 2)));
        } else if (number % ODD == ODD - 1) {
            line.writeBytes(anyBytes());
        }
        line.write('\n');
        return line.toByteArray();
    }

    /** Of any value but the one that ends a line. */
    private byte[] anyBytes() {
        byte[] bytes = new byte[random.nextInt(ODD_BYTES)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\n' ? 0 : bytes[i];
        }
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void shift() throws IOException {
        for (int i = generations; i >= 1; i--) {
            Path older = named(i);
            if (Files.exists(older)) {
                Files.move(older, named(i + 1));
            } else {
                Files.move(packed(older), packed(named(i + 1)));
            }
        }
        generations++;
    }

    private Path named(int generation) {
        return path.resolveSibling(path.getFileName() + "." + generation);
    }

    private static Path packed(Path plain) {
        return plain.resolveSibling(plain.getFileName() + ".gz");
    }
}
