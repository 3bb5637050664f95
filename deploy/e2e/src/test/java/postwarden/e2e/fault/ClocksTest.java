package postwarden.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.AlertTopic;
import postwarden.e2e.Belt;
import postwarden.e2e.Cluster;
import postwarden.e2e.Recordings;
import postwarden.e2e.Scanning;
import postwarden.e2e.ServiceProcess;
import postwarden.e2e.Sums;
import postwarden.e2e.Verdict;

/** One host whose clock, backlog or silence is wrong among others that are right: what is said of the others is the same. */
@ExtendWith(FaultTable.class)
@Timeout(600)
class ClocksTest {
    /** As it is live: a host that is a minute behind is not waited for. */
    private static final String LIVE = "watch.leave-behind = 60 s";

    /** Less than the service's lateness, 5 s. */
    private static final Duration LATE = Duration.ofMillis(4_900);

    private static final String WRONG = "wrong";

    private final Path folder;
    private final OddLogs odd;

    ClocksTest(@TempDir Path folder) {
        this.folder = folder;
        odd = new OddLogs(folder);
    }

    @Test
    @Tag("faults")
    void a_fleet_that_is_on_time_is_told_what_scan_says(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> all = someRecordings();

        // When
        Seen seen = run(row, all, Map.of(), "");

        // Then
        seen.assertNothingChangesFor(all);
        seen.assertEveryRecordIsCounted();
    }

    @Test
    @Tag("faults")
    void a_host_with_stamps_in_the_future_does_not_change_what_is_said_of_others(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> others = someRecordings();
        Path wrong = odd.future(WRONG);

        // When
        Seen seen = run(row, with(others, wrong), Map.of(), "");

        // Then
        seen.assertNothingChangesFor(others);
        seen.assertEveryRecordIsCounted();
    }

    @Test
    @Tag("faults")
    void a_host_with_stamps_of_last_year_is_counted_and_does_not_change_what_is_said_of_others(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> others = someRecordings();
        int old = 100;
        Path wrong = odd.past(WRONG, old);

        // When
        Seen seen = run(row, with(others, wrong), Map.of(), "");

        // Then
        seen.assertNothingChangesFor(others);
        assertThat(seen.sums().of("late")).isGreaterThanOrEqualTo(2L * old);
        seen.assertEveryRecordIsCounted();
    }

    @Test
    @Tag("faults")
    void a_backlog_of_three_hours_does_not_change_what_is_said_of_others(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> all = someRecordings();
        Duration backlog = Duration.ofHours(3);
        SortedMap<String, Path> others = new TreeMap<>(all);
        SortedMap<String, Path> behind = new TreeMap<>();
        behind.put("mx1", odd.earlier(Objects.requireNonNull(all.get("mx1")), backlog));
        others.remove("mx1");
        all.putAll(behind);

        // When
        Seen seen = run(row, all, Map.of("mx1", backlog), "");

        // Then
        SortedMap<String, Verdict> expected = Verdict.of(Scanning.scan(others));
        expected.putAll(Verdict.of(Scanning.scan(behind)));
        assertThat(seen.verdicts()).as("seed " + row.seed()).isEqualTo(expected);
        seen.assertEveryRecordIsCounted();
    }

    @Test
    @Tag("faults")
    void a_host_that_falls_silent_does_not_hold_the_others_up(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> others = someRecordings();
        Path wrong = odd.brief(WRONG);

        // When
        Seen seen = run(row, with(others, wrong), Map.of(), WRONG);

        // Then
        seen.assertNothingChangesFor(others);
    }

    @Test
    @Tag("faults")
    void the_order_in_which_hosts_are_read_does_not_matter(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> logs = Recordings.unpack(folder);
        Random lot = new Random(row.seed());
        int interleavings = 3;
        List<SortedMap<String, Verdict>> seen = new ArrayList<>();

        // When
        try (Cluster cluster = Cluster.start(folder)) {
            List<ConsumerRecord<String, byte[]>> staged = Belt.staged(cluster, logs, folder.resolve("producer"));
            row.lines(staged.size());
            for (int turn = 0; turn < interleavings; turn++) {
                seen.add(interleaved(Belt.mixed(staged, lot), turn));
            }
        }

        // Then
        assertThat(seen).as("seed " + row.seed()).containsOnly(Verdict.of(Scanning.scan(logs)));
    }

    @Test
    @Tag("faults")
    void lines_out_of_order_within_the_lateness_give_the_same_alerts(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> inOrder =
                new TreeMap<>(Map.of("mx", odd.flood("in-order", new Random(row.seed()), Duration.ZERO)));
        SortedMap<String, Path> shuffled =
                new TreeMap<>(Map.of("mx", odd.flood("shuffled", new Random(row.seed()), LATE)));

        // When
        Seen seen = run(row, shuffled, Map.of(), "");

        // Then
        assertThat(seen.verdicts())
                .as("seed " + row.seed())
                .isNotEmpty()
                .isEqualTo(Verdict.of(Scanning.scan(shuffled)))
                .isEqualTo(Verdict.of(Scanning.scan(inOrder)));
        assertThat(seen.sums().of("late")).isZero();
    }

    /** What came out of a run. */
    private record Seen(long seed, SortedMap<String, Verdict> verdicts, Sums sums, long records) {
        /** Nothing changes for the others: it is said what a scan of their logs alone says. */
        private void assertNothingChangesFor(SortedMap<String, Path> others) throws IOException {
            assertThat(verdicts).as("seed " + seed).isEqualTo(Verdict.of(Scanning.scan(others)));
        }

        private void assertEveryRecordIsCounted() {
            assertThat(sums.all()).isEqualTo(records);
        }
    }

    private static SortedMap<String, Path> with(SortedMap<String, Path> others, Path wrong) {
        SortedMap<String, Path> all = new TreeMap<>(others);
        all.put(WRONG, wrong);
        return all;
    }

    private Seen run(Row row, SortedMap<String, Path> logs, Map<String, Duration> late, String silent)
            throws IOException, ExecutionException, InterruptedException {
        try (Cluster cluster = Cluster.start(folder)) {
            List<ConsumerRecord<String, byte[]>> staged = Belt.staged(cluster, logs, folder.resolve("producer"));
            Timed all = Timed.of(staged, cluster, late, WRONG);
            Timed sent = silent.isEmpty() ? all : all.withoutEnd(silent);
            row.lines(sent.sent().size());
            try (Belt belt = Belt.carrying(cluster, sent.records());
                    ServiceProcess service = ServiceProcess.start(
                            cluster, folder, new ServiceProcess.Instance("clocks", "clocks", LIVE))) {
                sent.feed(belt, service);
                service.awaitDone();
                Sums sums = service.stop();
                row.sums(sums);
                return new Seen(row.seed(), Verdict.of(AlertTopic.alerts(cluster)), sums, belt.size());
            }
        }
    }

    /** A cluster of its own each time: alerts of one order must not stand beside those of another. */
    private SortedMap<String, Verdict> interleaved(List<ConsumerRecord<String, byte[]>> records, int turn)
            throws IOException, ExecutionException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve("turn-" + turn));
        try (Cluster cluster = Cluster.start(own);
                Belt belt = Belt.carrying(cluster, records);
                ServiceProcess service = ServiceProcess.start(cluster, own, "turn")) {
            belt.feedTo(belt.size());
            service.awaitDone();
            return Verdict.of(AlertTopic.alerts(cluster));
        }
    }

    private SortedMap<String, Path> someRecordings() throws IOException {
        SortedMap<String, Path> logs = Recordings.unpack(folder);
        logs.keySet().retainAll(Set.of("mx1", "mail1", "out1"));
        return logs;
    }
}
