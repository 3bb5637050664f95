package postwarden.e2e.producer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Logs by the thousand, a hundred in a folder, and how many bytes were written to all of them. */
final class ManyLogs {
    private static final int IN_A_FOLDER = 100;

    private final Path folder;
    private long bytes;

    private ManyLogs(Path folder) {
        this.folder = folder;
    }

    /** Each with a line. */
    static ManyLogs of(Path folder, int files) throws IOException {
        ManyLogs logs = new ManyLogs(folder);
        for (int i = 0; i < files; i++) {
            Files.createDirectories(logs.path(i).resolveSibling(""));
            logs.append(i, "the first line of file " + i);
        }
        return logs;
    }

    /** What a source names to have them all. */
    String pattern() {
        return folder + "/*/*.log";
    }

    long bytes() {
        return bytes;
    }

    void append(int file, String text) throws IOException {
        write(file, ("2026-11-21T08:00:00Z mx1 postfix/smtpd[7]: " + text + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    void write(int file, byte[] some) throws IOException {
        Files.write(path(file), some, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        bytes += some.length;
    }

    private Path path(int file) {
        return folder.resolve("d" + file / IN_A_FOLDER).resolve(file + ".log");
    }
}
