package postwarden.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import postwarden.incident.Alert;

/** All recordings through producer, broker and service, once for all tests that look at what comes out. */
final class Replay {
    private static Optional<List<Alert>> done = Optional.empty();

    private Replay() {}

    /** What a reader of committed records finds in the alert topic. */
    static synchronized List<Alert> alerts() throws IOException, ExecutionException, InterruptedException {
        if (done.isEmpty()) {
            Path folder = Files.createTempDirectory("postwarden-e2e-");
            try {
                done = Optional.of(run(folder));
            } finally {
                Folders.delete(folder);
            }
        }
        return done.get();
    }

    private static List<Alert> run(Path folder) throws IOException, ExecutionException, InterruptedException {
        SortedMap<String, Path> logs = Recordings.unpack(folder);
        try (Cluster cluster = Cluster.start(folder);
                ServiceProcess service = ServiceProcess.start(cluster, folder, "main-job")) {
            Producing.once(cluster, logs, folder.resolve("producer"), "mail.lines");
            service.awaitDone();
            return AlertTopic.alerts(cluster);
        }
    }
}
