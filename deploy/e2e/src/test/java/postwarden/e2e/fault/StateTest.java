package postwarden.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.e2e.Child;
import postwarden.e2e.Folders;
import postwarden.e2e.Recordings;
import postwarden.e2e.ServiceProcess;

/** The state directory between two lives of an instance: gone, damaged, stale, somebody else's. */
@ExtendWith(FaultTable.class)
@Timeout(600)
class StateTest {
    private static final int AHEAD = 3_000;
    private static final Duration LONGER_THAN_STATE_IS_USED = Duration.ofHours(13);
    private static final int UNUSABLE = 2;

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Tag("faults")
    void a_state_directory_of_which_half_is_gone_does_not_show(Row row)
            throws IOException, ExecutionException, InterruptedException {
        try (Rig rig = Rig.of(folder, row, someRecordings())) {
            // Given
            ServiceProcess service = rig.start("one", "");
            rig.killAt(rig.belt().size() / 3, AHEAD, service);

            // When
            deleteHalf(service.stateDir(), rig.lot());
            service.startAgain();
            rig.workUpTo(rig.belt().size() * 2 / 3, AHEAD, service);
            service.stop();
            long settled = rig.settled();
            deleteHalf(service.stateDir(), rig.lot());
            service.startAgain();
            rig.finish(service);

            // Then
            rig.assertSameAlerts();
            rig.assertConserved(settled, service.stop());
        }
    }

    @Test
    @Tag("faults")
    void the_state_of_another_cluster_is_not_believed(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        SortedMap<String, Path> logs = someRecordings();
        Path foreign;
        try (Rig other = Rig.of(elsewhere, row, logs)) {
            ServiceProcess stranger = other.start("stranger", "");
            other.workUpTo(other.belt().size() / 3, 100, stranger);
            stranger.stop();
            foreign = stranger.stateDir();
        }
        SortedMap<String, Path> others = new TreeMap<>(logs);
        try (Rig rig = Rig.of(folder, row, others)) {
            ServiceProcess service = rig.start("one", "");
            rig.workUpTo(rig.belt().size() / 2, 100, service);
            service.stop();

            // When
            Folders.delete(service.stateDir());
            copy(foreign, service.stateDir());
            service.startAgain();
            rig.finish(service);

            // Then
            rig.assertSameAlerts();
            assertThat(service.said()).contains("local state is deleted").contains("it is a copy of other changelogs");
        }
    }

    @Test
    @Tag("faults")
    void state_that_is_older_than_deletions_are_told_is_not_used_and_younger_state_is(Row row)
            throws IOException, ExecutionException, InterruptedException {
        try (Rig rig = Rig.of(folder, row, someRecordings())) {
            // Given
            ServiceProcess service = rig.start("one", "");
            rig.workUpTo(rig.belt().size() / 4, AHEAD, service);
            service.stop();
            Path task = tasks(service).get(0);
            Path before = Files.createFile(task.resolve("was-here-before"));

            // When
            service.startAgain();
            rig.workUpTo(rig.belt().size() / 2, AHEAD, service);
            boolean youngerIsUsed = Files.exists(before);
            age(service.stateDir());
            rig.workUpTo(rig.belt().size() * 2 / 3, AHEAD, service);
            service.stop();
            service.startAgain();
            rig.workUpTo(rig.belt().size() * 3 / 4, AHEAD, service);
            boolean longRunIsUsed = Files.exists(before);
            service.stop();
            age(service.stateDir());
            service.startAgain();
            rig.finish(service);

            // Then
            assertThat(youngerIsUsed).isTrue();
            assertThat(longRunIsUsed)
                    .as("a service that ran for a day starts with its state")
                    .isTrue();
            assertThat(before).doesNotExist();
            rig.assertSameAlerts();
        }
    }

    @Test
    @Tag("faults")
    void a_state_directory_that_cannot_be_written_is_one_clear_error(Row row)
            throws IOException, ExecutionException, InterruptedException {
        SortedMap<String, Path> logs = someRecordings();
        try (Rig rig = Rig.of(folder, row, logs)) {
            // Given
            String nobodyWrites = "/proc/postwarden";

            // When
            ServiceProcess service = rig.start("one", "service.state-dir = \"" + nobodyWrites + "\"");
            Child.Ended ended = service.child().awaitEnd();

            // Then
            assertThat(ended.status()).isEqualTo(UNUSABLE);
            assertThat(ended.err().lines().filter(line -> line.startsWith("postwarden run: state")))
                    .singleElement()
                    .asString()
                    .contains("state directory " + nobodyWrites)
                    .contains("cannot be used");
            assertThat(ended.err()).doesNotContain("\tat ");
        }
    }

    @Test
    @Tag("faults")
    void a_restore_from_nothing_is_measured(Row row) throws IOException, ExecutionException, InterruptedException {
        // Given
        Path log = folder.resolve("many.log");
        int clients = Integer.getInteger("postwarden.keys", 50_000);
        try (MadeLog made = MadeLog.to(log, "mx1")) {
            Instant begin = Instant.parse("2026-11-21T08:00:00Z");
            for (int i = 0; i < clients; i++) {
                made.session(begin.plusMillis(i * 10L), "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
            }
        }
        try (Rig rig = Rig.of(folder, row, new TreeMap<>(Map.of("mx1", log)))) {
            ServiceProcess service = rig.start("one", "");
            rig.finish(service);
            service.stop();
            Folders.delete(service.stateDir());
            long records = rig.changelogRecords();

            // When
            long begin = System.nanoTime();
            service.startAgain();
            Await.until("all is restored", service::isRunning);
            double seconds = (System.nanoTime() - begin) / 1e9;

            // Then
            row.note(String.format(
                    "restored %d changelog records in %.1f s with the start of the process: %.1f s a million",
                    records, seconds, seconds * 1e6 / records));
            // Few and large since a task's journal holds most of what is young.
            assertThat(records).isGreaterThan(100);
        }
    }

    private SortedMap<String, Path> someRecordings() throws IOException {
        SortedMap<String, Path> logs = Recordings.unpack(folder);
        logs.keySet().retainAll(Set.of("mx1", "mail1", "out1"));
        return logs;
    }

    private static List<Path> tasks(ServiceProcess service) throws IOException {
        try (Stream<Path> all = Files.list(service.stateDir().resolve(Rig.APPLICATION))) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+_\\d+"))
                    .sorted()
                    .toList();
        }
    }

    /** As if nothing had been touched for longer than state is used. */
    private static void age(Path folder) throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(LONGER_THAN_STATE_IS_USED));
        List<Path> all;
        try (Stream<Path> walked = Files.walk(folder)) {
            all = walked.filter(path -> !path.toString().contains("rocksdb")).toList();
        }
        for (Path path : all) {
            Files.setLastModifiedTime(path, old);
        }
    }

    private static void deleteHalf(Path folder, Random lot) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            if (lot.nextBoolean()) {
                Files.delete(file);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> walked = Files.walk(from)) {
            all = walked.sorted().toList();
        }
        for (Path path : all) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
    }
}
