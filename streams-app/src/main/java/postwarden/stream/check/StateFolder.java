package postwarden.stream.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the state directory holds is a copy of changelogs, known by their offsets only. After a reset or in another cluster the
 * same offsets are other records, so the directory notes which changelogs it copies, and a copy of others is thrown away: it is
 * restored from Kafka.
 */
public final class StateFolder {
    private static final String NOTE = "copy-of";
    /** How Kafka Streams names the folder of a task: part of the topology, partition. */
    private static final String TASK = "[0-9]+_[0-9]+";

    private StateFolder() {}

    /**
     * Notes which changelogs the folder copies; throws away what it copied of others.
     *
     * @param folder the application's folder in the state directory; created when it is new
     * @param original names the changelogs, such as the id of a topic that is made and deleted with them
     * @return how many tasks' states were thrown away
     * @throws IOException when the folder cannot be used
     */
    public static int claim(Path folder, String original) throws IOException {
        Files.createDirectories(folder);
        Path note = folder.resolve(NOTE);
        if (Files.exists(note) && Files.readString(note).equals(original)) {
            return 0;
        }
        List<Path> tasks;
        try (Stream<Path> inside = Files.list(folder)) {
            tasks = inside.filter(path -> String.valueOf(path.getFileName()).matches(TASK))
                    .toList();
        }
        for (Path task : tasks) {
            delete(task);
        }
        // Last, so that a crash before it leaves a folder that is thrown away again.
        Files.writeString(note, original, StandardCharsets.UTF_8);
        return tasks.size();
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, java.io.IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
