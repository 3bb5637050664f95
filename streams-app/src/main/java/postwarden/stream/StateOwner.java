package postwarden.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose state a directory holds. Kafka Streams believes what it finds under its application id, also where the folder was
 * copied from another cluster or machine's image, and would take lines for read that this cluster's service has never seen.
 */
public final class StateOwner {
    private static final Logger LOG = LoggerFactory.getLogger(StateOwner.class);
    private static final String MARK = "postwarden.owner";

    private StateOwner() {}

    /**
     * Makes the state directory this application's on this cluster: state that belongs to another is deleted, and restored
     * from Kafka.
     *
     * @param cluster the cluster's id
     * @return why the directory cannot be used; empty when it can
     */
    public static Optional<String> claim(Path stateDir, String application, String cluster) {
        Path own = stateDir.resolve(application);
        try {
            Files.createDirectories(own);
            Optional<String> owner = owner(own.resolve(MARK));
            if (owner.isPresent() && !owner.get().equals(cluster)) {
                LOG.atWarn()
                        .addKeyValue("directory", own)
                        .addKeyValue("cluster", owner.get())
                        .log("the state belongs to another cluster; it is deleted and restored from this one");
                deleteBelow(own);
            }
            Files.writeString(own.resolve(MARK), cluster);
            return Optional.empty();
        } catch (IOException unusable) {
            return Optional.of("state directory " + own + " cannot be used: " + unusable);
        }
    }

    private static Optional<String> owner(Path mark) throws IOException {
        return Files.exists(mark) ? Optional.of(Files.readString(mark)) : Optional.empty();
    }

    private static void deleteBelow(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.filter(path -> !path.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
