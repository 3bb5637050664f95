package postwarden.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import postwarden.cli.NamedLog;

/**
 * The recorded incidents that ship with the project: real logs of real daemons, one folder a story, one file a host
 * ({@code HOST.log.gz}).
 */
final class Samples {
    private static final String ENDING = ".log.gz";
    /** The day behind the recordings: half of them have stamps without a year. */
    private static final Instant RECORDED_BEFORE = Instant.parse("2026-11-22T00:00:00Z");

    private final Path data;

    Samples(Path data) {
        this.data = data;
    }

    /** Unpacks them into the data folder. */
    List<NamedLog> unpack() throws IOException {
        List<NamedLog> logs = new ArrayList<>();
        for (Path packed : packed()) {
            String name = packed.getFileName().toString();
            String host = name.substring(0, name.length() - ENDING.length());
            Path story = packed.toAbsolutePath().normalize().getParent();
            Path folder = Files.createDirectories(data.resolve("samples")
                    .resolve(story == null ? "" : story.getFileName().toString()));
            Path log = folder.resolve(host + ".log");
            try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
                Files.copy(in, log, StandardCopyOption.REPLACE_EXISTING);
            }
            logs.add(new NamedLog(host, log.toString()));
        }
        return logs;
    }

    /** A clock that makes the recordings yesterday's. */
    Clock clock() {
        return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), RECORDED_BEFORE));
    }

    /** The zone of the recorded hosts. */
    ZoneId zone() {
        return ZoneOffset.UTC;
    }

    private static List<Path> packed() throws IOException {
        Path folder = Path.of(System.getProperty("postwarden.samples", "deploy/local/samples"));
        if (!Files.isDirectory(folder)) {
            throw new IOException("the recorded incidents are not at " + folder.toAbsolutePath());
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(ENDING)).sorted().toList();
        }
    }
}
