package postwarden.benchmarks.ship;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * What an agent costs that has nothing to do: memory and processor time by the number of files that it follows, and its start.
 *
 * @param work a folder of its own
 * @param program what is started, as its users start it
 * @param brokers where lines go
 * @param registry of schemas
 * @param admin asks how many have come
 */
record Footprint(Path work, String program, String brokers, String registry, Admin admin) {
    private static final int IN_A_FOLDER = 100;
    private static final Duration LOOK = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String READING = "reading";

    /**
     * A start, in seconds from the moment that the program is executed.
     *
     * @param reading until it says that it reads
     * @param firstRecord until the topic has a record
     * @param cpu what it has used of processors by then
     */
    record Start(double reading, double firstRecord, double cpu) {}

    /**
     * An agent at rest.
     *
     * @param files how many it follows
     * @param readAfter seconds from its start until all that stood in them was a record
     * @param residentBytes what it has now
     * @param peakBytes the most that it has had
     * @param idle part of one processor that it takes while nothing is written, 0.01 is one in a hundred
     * @param descriptors open ones
     */
    record Rest(int files, double readAfter, long residentBytes, long peakBytes, double idle, long descriptors) {}

    /** Starts an agent anew, with nothing known to it, and ends it when its first record has come. */
    Start start(int number) throws IOException, ExecutionException, InterruptedException {
        Shipper.Task task = task("start." + number, 1);
        long begin = System.nanoTime();
        try (Watched watched = new Watched(Shipper.POSTWARDEN.start(program, task))) {
            double reading = 0;
            long records = 0;
            while (records == 0) {
                LockSupport.parkNanos(LOOK.toNanos());
                if (reading == 0 && said(task).contains(READING)) {
                    reading = since(begin);
                }
                // The broker runs beside it: asked all the time it would take the processor that the agent starts on.
                records = reading == 0 ? 0 : records(task);
                check(watched, begin, task);
            }
            return new Start(reading, since(begin), watched.cpuSeconds());
        }
    }

    /** Lets an agent read so many files of one line each, and then watches it do nothing. */
    Rest rest(int files, Duration settle, Duration watch) throws IOException, ExecutionException, InterruptedException {
        Shipper.Task task = task("rest." + files, files);
        long begin = System.nanoTime();
        try (Watched watched = new Watched(Shipper.POSTWARDEN.start(program, task))) {
            while (records(task) <= files) {
                LockSupport.parkNanos(LOOK.toNanos() * 50);
                check(watched, begin, task);
            }
            double readAfter = since(begin);
            LockSupport.parkNanos(settle.toNanos());
            double before = watched.cpuSeconds();
            long began = System.nanoTime();
            LockSupport.parkNanos(watch.toNanos());
            double idle = (watched.cpuSeconds() - before) / since(began);
            return new Rest(
                    files, readAfter, watched.residentBytes(), watched.peakBytes(), idle, watched.descriptors());
        }
    }

    private Shipper.Task task(String name, int files) throws IOException, ExecutionException, InterruptedException {
        // Programs that are compared share the broker.
        String topic = "footprint." + work.getFileName() + '.' + name;
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        Path folder = work.resolve(topic);
        for (int file = 0; file < files; file++) {
            Path path = folder.resolve("logs/d" + file / IN_A_FOLDER).resolve(file + ".log");
            Files.createDirectories(path.resolveSibling(""));
            Files.writeString(
                    path,
                    "2026-11-21T08:00:00Z mx1 postfix/smtpd[7]: the first line of file " + file + "\n",
                    StandardCharsets.US_ASCII);
        }
        return new Shipper.Task(folder, folder.resolve("logs/*/*.log"), topic, brokers, registry);
    }

    private long records(Shipper.Task task) throws ExecutionException, InterruptedException {
        TopicPartition partition = new TopicPartition(task.topic(), 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private static String said(Shipper.Task task) throws IOException {
        return Files.readString(task.folder().resolve("said"));
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void check(Watched watched, long begin, Shipper.Task task) throws IOException {
        if (!watched.process().isAlive() || since(begin) > PATIENCE.toSeconds()) {
            throw new IllegalStateException("it did not read all: " + said(task));
        }
    }
}
