package postwarden.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which Kafka Streams keeps the state of one application, and whether it may be believed. Kafka Streams believes
 * what it finds there, and knows it by offsets only: also what was copied from another cluster or before a reset, so that lines
 * would pass for read that this service has never seen, and what is so old that it missed deletions.
 */
public record LocalState(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(LocalState.class);
    private static final String MARK = "postwarden.copy-of";
    /** There from the start to a stop that was told to; a killed service leaves it behind. */
    private static final String RUNNING = "postwarden.running";
    /**
     * Age from which state is not used, counted from the stop. Deletions are told in a changelog for 24 h
     * (delete.retention.ms); state that missed them keeps for ever what was deleted. Kafka's own
     * state.cleanup.dir.max.age.ms counts from when a task was created (4.3), and would delete the state of each service that
     * ran for longer.
     */
    private static final Duration OLDEST = Duration.ofHours(12);

    public static LocalState of(String stateDir, String applicationId) {
        return new LocalState(Path.of(stateDir).resolve(applicationId));
    }

    /**
     * Makes the folder a copy of these changelogs; deletes what is a copy of others, of unknown ones, or too old.
     *
     * @param original names the changelogs, such as the id of a topic that is made and deleted with them
     * @return why the folder cannot be used; empty when it can
     */
    public Optional<String> claim(String original, Instant now) {
        try {
            Files.createDirectories(folder);
            Optional<String> why = distrust(original, now);
            if (why.isPresent()) {
                LOG.atWarn()
                        .addKeyValue("folder", folder)
                        .addKeyValue("reason", why.get())
                        .log("local state is deleted and restored from Kafka");
                wipe();
            }
            Files.writeString(mark(), original);
            Files.writeString(running(), now.toString());
            return Optional.empty();
        } catch (IOException unusable) {
            return Optional.of("state directory " + folder + " cannot be used: " + unusable);
        }
    }

    /** Notes that the state is whole up to now; to be called after a stop. */
    public void renew(Instant now) throws IOException {
        Files.setLastModifiedTime(mark(), FileTime.from(now));
        Files.deleteIfExists(running());
    }

    /** Deletes everything but the mark of whose it is. */
    void wipe() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.filter(path -> !path.equals(folder) && !path.equals(mark()))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    private Optional<String> distrust(String original, Instant now) throws IOException {
        if (!Files.exists(mark())) {
            return isEmpty() ? Optional.empty() : Optional.of("nothing says of which changelogs it is a copy");
        }
        String copied = Files.readString(mark());
        if (!copied.equals(original)) {
            return Optional.of("it is a copy of other changelogs: of " + copied + ", not of " + original);
        }
        if (Files.exists(running())) {
            // Exactly-once believes no state without a checkpoint, and writes one at a clean stop only. Kafka Streams
            // finds
            // that task by task, and 4.3 can lose its restoring thread over it when some of them are standbys.
            return Optional.of("the service did not stop in order");
        }
        Instant renewed = Files.getLastModifiedTime(mark()).toInstant();
        return renewed.isBefore(now.minus(OLDEST))
                ? Optional.of("it is of " + renewed + ", older than " + OLDEST.toHours() + " h")
                : Optional.empty();
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }

    private Path running() {
        return folder.resolve(RUNNING);
    }

    private Path mark() {
        return folder.resolve(MARK);
    }
}
