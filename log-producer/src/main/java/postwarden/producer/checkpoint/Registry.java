package postwarden.producer.checkpoint;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import postwarden.producer.file.Print;

/** Every file that is known, with its progress. Safe for many threads: one reads files, one writes checkpoints, Kafka's acknowledges. */
public final class Registry {
    private final Map<String, Tracked> files = new ConcurrentHashMap<>();

    private record Tracked(FileState state, Progress progress) {}

    /** What the last run left behind. */
    public Registry(Collection<FileState> loaded) {
        loaded.forEach(this::track);
    }

    /** Begins to track a file, or goes on with it when its identity is known already; its progress then stays what it is. */
    public Progress track(FileState state) {
        Progress fresh = new Progress(new Position(state.offset(), state.fragment(), state.mark(), state.place()));
        return files.merge(
                        state.fileId(), new Tracked(state, fresh), (old, ignored) -> new Tracked(state, old.progress()))
                .progress();
    }

    /** Changes what is known about a file, but not its progress. */
    public void update(String fileId, UnaryOperator<FileState> change) {
        files.computeIfPresent(fileId, (id, old) -> new Tracked(change.apply(old.state()), old.progress()));
    }

    /** How many known files of a family began with the same bytes. */
    public int turns(String family, Print beginning) {
        return (int) files.values().stream()
                .map(Tracked::state)
                .filter(state -> state.family().equals(family)
                        && state.beginning().digest().equals(beginning.digest()))
                .count();
    }

    /** Every known log file, at the place behind what was sent: where reading goes on while this process lives. */
    public List<FileState> sent() {
        return files.values().stream()
                .filter(file -> file.state().ofLogFile())
                .map(file -> file.state().at(file.progress().sent()))
                .toList();
    }

    /** One known file, at the place behind what was sent. */
    public Optional<FileState> sent(String fileId) {
        return Optional.ofNullable(files.get(fileId))
                .map(file -> file.state().at(file.progress().sent()));
    }

    /** How far each known file is acknowledged without a hole, in bytes, by identity. */
    public Map<String, Long> acknowledgedOffsets() {
        Map<String, Long> offsets = new HashMap<>();
        files.forEach((id, file) -> offsets.put(id, file.progress().acknowledgedOffset()));
        return offsets;
    }

    /** Every known file, at the place in front of which all is acknowledged: what a checkpoint holds. */
    public List<FileState> acknowledged() {
        return files.values().stream()
                .map(file -> file.state().at(file.progress().acknowledged()))
                .toList();
    }

    /** What is known about one input, at the place in front of which all is acknowledged. */
    public Optional<FileState> acknowledged(String fileId) {
        return Optional.ofNullable(files.get(fileId))
                .map(file -> file.state().at(file.progress().acknowledged()));
    }

    /** Forgets one input, of which nothing will be read any more. */
    public void forget(String fileId) {
        files.remove(fileId);
    }

    /** Forgets files that were not seen since an instant, in milliseconds since the epoch; answers how many. */
    public int forget(long beforeMillis) {
        int before = files.size();
        files.values().removeIf(file -> file.state().seenMillis() < beforeMillis);
        return before - files.size();
    }
}
