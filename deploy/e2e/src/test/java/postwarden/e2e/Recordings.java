package postwarden.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The recorded incidents that ship with the project: one log a host, of known stories. */
public final class Recordings {
    /** The day behind the recordings: half of them have stamps without a year. */
    public static final Instant RECORDED_BEFORE = Instant.parse("2026-11-22T00:00:00Z");

    private static final Path SAMPLES = Path.of(System.getProperty("postwarden.samples", "../local/samples"));
    private static final String ENDING = ".log.gz";

    private Recordings() {}

    /** Unpacks them. @return the log of each host */
    public static SortedMap<String, Path> unpack(Path folder) throws IOException {
        SortedMap<String, Path> logs = new TreeMap<>();
        try (Stream<Path> all = Files.walk(SAMPLES)) {
            all.filter(path -> path.toString().endsWith(ENDING)).forEach(packed -> {
                String name = packed.toFile().getName();
                String host = name.substring(0, name.length() - ENDING.length());
                logs.put(host, unpack(packed, folder.resolve(host + ".log")));
            });
        }
        return logs;
    }

    /** A clock that makes the recordings yesterday's. */
    public static Clock clock() {
        return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), RECORDED_BEFORE));
    }

    private static Path unpack(Path packed, Path log) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            Files.copy(in, log, StandardCopyOption.REPLACE_EXISTING);
            return log;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
