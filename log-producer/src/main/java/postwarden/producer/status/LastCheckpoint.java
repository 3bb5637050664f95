package postwarden.producer.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import postwarden.producer.checkpoint.Checkpoint;
import postwarden.producer.checkpoint.CheckpointStore;
import postwarden.producer.checkpoint.Registry;
import postwarden.producer.follow.Source;
import postwarden.producer.follow.Survey;

/**
 * The status of an agent that does not run, out of its last checkpoint and of the files as they are now. Seconds are those since the
 * checkpoint: what is not in Kafka was, as a rule, written after it.
 */
public final class LastCheckpoint {
    private LastCheckpoint() {}

    /**
     * Reads the newest whole checkpoint; an empty one when there is none.
     *
     * @param directory the state directory
     * @throws IOException when the directory cannot be read
     */
    public static Registry read(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return new Registry(Checkpoint.NOTHING, true);
        }
        CheckpointStore store = new CheckpointStore(directory);
        return new Registry(store.load(), store.isEmpty());
    }

    /**
     * Reads it and looks at the files, and changes nothing.
     *
     * @param directory the state directory
     * @param sources what the agent would read
     * @param links whether it follows symbolic links
     * @param reporter its name
     * @param topic where it sends
     * @throws IOException when the directory cannot be read
     */
    public static AgentStatus status(
            Path directory, List<Source> sources, boolean links, String reporter, String topic, Clock clock)
            throws IOException {
        Optional<Instant> written = Files.exists(directory) ? CheckpointStore.lastWritten(directory) : Optional.empty();
        long age = written.map(at -> Duration.between(at, clock.instant()).toSeconds())
                .map(seconds -> Math.max(0, seconds))
                .orElse(-1L);
        Survey survey = Survey.of(sources, links, reporter, read(directory), clock);
        List<FileLag> files = survey.items().stream()
                .map(item -> lag(item, Math.max(0, age)))
                .sorted(Comparator.comparingLong(FileLag::lagBytes).reversed().thenComparing(FileLag::path))
                .toList();
        long bytes = files.stream().mapToLong(FileLag::lagBytes).sum();
        return new AgentStatus(
                false,
                0,
                reporter,
                topic,
                written.map(Instant::toString).orElse(""),
                "",
                0,
                0,
                0,
                0,
                0,
                age,
                bytes,
                bytes == 0 ? 0 : Math.max(0, age),
                files,
                survey.refused());
    }

    /** Of a packed file, which only unpacking would measure, its packed size stands for what is behind. */
    private static FileLag lag(Survey.Item item, long age) {
        long behind = item.unread() < 0 ? item.size() : item.unread();
        return new FileLag(item.path(), item.fileId(), item.size(), item.from(), behind, behind == 0 ? 0 : age);
    }
}
