package postwarden.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A log that a daemon writes and logrotate renames: {@code mail.log}, then {@code mail.log.1} and so on; nothing is deleted. */
final class RotatedLog {
    private static final Instant FIRST = Instant.parse("2026-11-21T08:00:00Z");

    private final Path folder;
    private int generations = 1;
    private int lines;

    RotatedLog(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder.resolve("mail.log");
    }

    int lines() {
        return lines;
    }

    /** Appends lines of which no two are alike. */
    void append(int count) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int end = lines + count; lines < end; lines++) {
            text.append(FIRST.plusMillis(10L * lines))
                    .append(" mx1 postfix/smtpd[7]: connect from unknown[198.51.100.7] number ")
                    .append(lines)
                    .append('\n');
        }
        Files.writeString(path(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void rotate() throws IOException {
        for (int generation = generations - 1; generation >= 1; generation--) {
            Files.move(older(generation), older(generation + 1));
        }
        Files.move(path(), older(1));
        Files.createFile(path());
        generations++;
    }

    /** A line, the file it stands in, and where. */
    record Place(int file, long start, long end, String text) {}

    /** All lines where they stand now. */
    List<Place> places() throws IOException {
        List<Place> places = new ArrayList<>();
        for (int generation = 0; generation < generations; generation++) {
            String content = Files.readString(generation == 0 ? path() : older(generation), StandardCharsets.US_ASCII);
            int start = 0;
            for (int end = content.indexOf('\n'); end >= 0; end = content.indexOf('\n', start)) {
                places.add(new Place(generation, start, end + 1, content.substring(start, end)));
                start = end + 1;
            }
        }
        return places;
    }

    private Path older(int generation) {
        return folder.resolve("mail.log." + generation);
    }
}
