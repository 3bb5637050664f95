package postwarden.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
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

    private static final String WRONG = "wrong";
    private static final String STRANGER = "203.0.113.250";
    private static final Instant BEGIN = Instant.parse("2026-11-21T08:16:00Z");
    private static final Duration SHOWN = Duration.ofMinutes(30);
    private static final Duration EVERY = Duration.ofSeconds(10);

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Tag("faults")
    void a_fleet_that_is_on_time_is_told_what_scan_says(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> all = someRecordings();

        // When
        Seen seen = run(row, all, Map.of(), "");

        // Then
        assertThat(seen.verdicts()).as("seed " + row.seed()).isEqualTo(Verdict.of(Scanning.scan(all)));
        assertThat(seen.sums().all()).isEqualTo(seen.records());
    }

    @Test
    @Tag("faults")
    void a_host_with_stamps_in_the_future_does_not_change_what_is_said_of_others(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> others = someRecordings();
        SortedMap<String, Path> all = new TreeMap<>(others);
        all.put(WRONG, future());

        // When
        Seen seen = run(row, all, Map.of(), "");

        // Then
        assertThat(seen.verdicts()).as("seed " + row.seed()).isEqualTo(Verdict.of(Scanning.scan(others)));
        assertThat(seen.sums().all()).isEqualTo(seen.records());
    }

    @Test
    @Tag("faults")
    void a_host_with_stamps_of_last_year_is_counted_and_does_not_change_what_is_said_of_others(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> others = someRecordings();
        SortedMap<String, Path> all = new TreeMap<>(others);
        int old = 100;
        all.put(WRONG, past(old));

        // When
        Seen seen = run(row, all, Map.of(), "");

        // Then
        assertThat(seen.verdicts()).as("seed " + row.seed()).isEqualTo(Verdict.of(Scanning.scan(others)));
        assertThat(seen.sums().of("late")).isGreaterThanOrEqualTo(2L * old);
        assertThat(seen.sums().all()).isEqualTo(seen.records());
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
        behind.put("mx1", earlier(Objects.requireNonNull(all.get("mx1")), backlog));
        others.remove("mx1");
        all.putAll(behind);

        // When
        Seen seen = run(row, all, Map.of("mx1", backlog), "");

        // Then
        SortedMap<String, Verdict> expected = Verdict.of(Scanning.scan(others));
        expected.putAll(Verdict.of(Scanning.scan(behind)));
        assertThat(seen.verdicts()).as("seed " + row.seed()).isEqualTo(expected);
        assertThat(seen.sums().all()).isEqualTo(seen.records());
    }

    @Test
    @Tag("faults")
    void a_host_that_falls_silent_does_not_hold_the_others_up(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> others = someRecordings();
        SortedMap<String, Path> all = new TreeMap<>(others);
        Path log = folder.resolve("wrong.log");
        try (MadeLog made = MadeLog.to(log, WRONG)) {
            for (Instant at = BEGIN; at.isBefore(BEGIN.plusSeconds(120)); at = at.plus(EVERY)) {
                made.session(at, STRANGER);
            }
        }
        all.put(WRONG, log);

        // When
        Seen seen = run(row, all, Map.of(), WRONG);

        // Then
        assertThat(seen.verdicts()).as("seed " + row.seed()).isEqualTo(Verdict.of(Scanning.scan(others)));
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
        SortedMap<String, Path> inOrder = new TreeMap<>(Map.of("mx", flood("in-order", new Random(row.seed()), 0)));
        SortedMap<String, Path> shuffled =
                new TreeMap<>(Map.of("mx", flood("shuffled", new Random(row.seed()), 4_900)));

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
    private record Seen(SortedMap<String, Verdict> verdicts, Sums sums, long records) {}

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
                return new Seen(Verdict.of(AlertTopic.alerts(cluster)), sums, belt.size());
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

    /** Right for the most part; each wrong stamp twice in a row, so that the second bears the first out. */
    private Path future() throws IOException {
        List<Duration> ahead = List.of(
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(59),
                Duration.ofHours(2),
                Duration.ofDays(1),
                Duration.ofDays(400),
                Duration.ofDays(3653));
        Path log = folder.resolve("wrong.log");
        try (MadeLog made = MadeLog.to(log, WRONG)) {
            int line = 0;
            for (Instant at = BEGIN; at.isBefore(BEGIN.plus(SHOWN)); at = at.plus(EVERY)) {
                made.session(at, STRANGER);
                if (++line % 12 == 0) {
                    Instant wrong = at.plus(ahead.get(line / 12 % ahead.size()));
                    made.session(wrong, STRANGER);
                    made.session(wrong.plusMillis(1), STRANGER);
                }
            }
        }
        return log;
    }

    private Path past(int sessions) throws IOException {
        Path log = folder.resolve("wrong.log");
        try (MadeLog made = MadeLog.to(log, WRONG)) {
            made.session(BEGIN, STRANGER);
            made.session(BEGIN.plusSeconds(60), STRANGER);
            for (int i = 0; i < sessions; i++) {
                made.session(BEGIN.minus(Duration.ofDays(400)).plusSeconds(10L * i), STRANGER);
            }
        }
        return log;
    }

    /** A client that comes ten times a second for two minutes among others that do not; written up to so late. */
    private Path flood(String name, Random lot, int lateMillis) throws IOException {
        record Session(Instant at, Instant written, String client) {}
        List<Session> sessions = new ArrayList<>();
        Random jitter = new Random(lot.nextLong());
        for (int i = 0; i < 6_000; i++) {
            Instant at = BEGIN.plusMillis(i * 100L);
            boolean flooding = i > 3_000 && i < 4_200;
            Instant written = lateMillis == 0 ? at : at.plusMillis(jitter.nextInt(lateMillis));
            sessions.add(new Session(at, written, flooding ? STRANGER : "198.51.100." + lot.nextInt(250)));
        }
        sessions.sort(Comparator.comparing(Session::written));
        Path log = folder.resolve(name + ".log");
        try (MadeLog made = MadeLog.to(log, "mx")) {
            for (Session session : sessions) {
                made.session(session.at(), session.client());
            }
        }
        return log;
    }

    /** The same log as it would have been written so much earlier. */
    private Path earlier(Path log, Duration by) throws IOException {
        Path shifted = folder.resolve("earlier.log");
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            int space = line.indexOf(' ');
            Instant at = OffsetDateTime.parse(line.substring(0, space)).toInstant();
            lines.add(at.minus(by) + line.substring(space));
        }
        Files.write(shifted, lines);
        return shifted;
    }
}
