package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** All recordings through the live service, and again through replays beside it. */
@Timeout(400)
class ReplayTest {
    private static final String POSTWARDEN = "postwarden.cli.Main";
    private static final String LIVE = "live";
    private static final String LONG_AGO = "2000-01-01T00:00:00Z";
    private static final int SAME = 0;
    private static final int DIFFERENT = 1;
    private static final int UNUSABLE = 2;

    private static Stage stage;

    /** What the tests share: a live service that has read everything and goes on running. */
    private record Stage(Path folder, Cluster cluster, ServiceProcess service) {}

    @BeforeAll
    static void live() throws IOException, ExecutionException, InterruptedException {
        Path folder = Files.createTempDirectory("postwarden-e2e-");
        Cluster cluster = Cluster.start(folder);
        stage = new Stage(folder, cluster, ServiceProcess.start(cluster, folder, LIVE));
        Producing.once(cluster, Recordings.unpack(folder), folder.resolve("producer"), "mail.lines");
        stage.service().awaitDone();
    }

    @AfterAll
    static void over() throws IOException {
        stage.service().close();
        stage.cluster().close();
        Folders.delete(stage.folder());
    }

    @ConcurrentTest
    void the_same_thresholds_tell_the_same_and_touch_nothing_that_is_live()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Map<TopicPartition, Long> before = liveState();

        // When
        Child.Ended replayed = replay("same", stage.service().config());
        Child.Ended compared = diff("same");

        // Then
        assertThat(replayed.status()).as(replayed.err()).isZero();
        assertThat(compared.status()).as(compared.out()).isEqualTo(SAME);
        assertThat(compared.out()).contains("0 different, 7 the same, 0 not compared");
        assertThat(liveState()).isEqualTo(before);
    }

    @ConcurrentTest
    void another_threshold_shows_in_what_it_concerns_and_in_nothing_else()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path candidate = stage.folder().resolve("candidate.conf");
        Files.writeString(
                candidate,
                Files.readString(stage.service().config())
                        + "detectors.connection-flood { connects-per-minute = 1000, peak-concurrency = 1000 }\n"
                        + "detectors.remote-throttle.throttled = 140\n");

        // When
        Child.Ended replayed = replay("candidate", candidate);
        Child.Ended compared = diff("candidate");

        // Then
        assertThat(replayed.status()).as(replayed.err()).isZero();
        assertThat(compared.status()).as(compared.out() + compared.err()).isEqualTo(DIFFERENT);
        assertThat(told(compared, "LOST "))
                .hasSize(2)
                .anyMatch(line -> line.contains("connection-flood") && line.contains(Truths.FLOODER))
                .anyMatch(line -> line.contains("remote-throttle") && line.contains("heavy.example"));
        // What the flood's incident told of its limit belongs to nobody now.
        assertThat(told(compared, "NEW "))
                .singleElement()
                .asString()
                .contains("client-limit")
                .contains(Truths.FLOODER);
        assertThat(told(compared, "LATER by 50 s"))
                .singleElement()
                .asString()
                .contains("remote-throttle")
                .contains("bigmail.example");
        assertThat(compared.out()).contains("4 different, 4 the same, 0 not compared");
    }

    @ConcurrentTest
    void a_replay_that_was_killed_goes_on_and_tells_the_same()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        List<String> command = command("killed", stage.service().config());
        try (Child killed = Child.start(stage.folder(), POSTWARDEN, command)) {
            Await.until(
                    "a third is read, or it has ended", () -> !killed.isAlive() || isAThirdRead("live-replay-killed"));
            killed.kill();
        }
        long read = committedLines("live-replay-killed");
        assertThat(read).isBetween(1L, committedLines(LIVE) - 1);

        // When
        Child.Ended replayed = replay("killed", stage.service().config());
        Child.Ended compared = diff("killed");

        // Then
        assertThat(replayed.status()).as(replayed.err()).isZero();
        assertThat(replayed.err()).contains("'killed' was broken off and goes on behind " + read + " of ");
        assertThat(compared.status()).as(compared.out()).isEqualTo(SAME);
    }

    @ConcurrentTest
    void a_replay_that_is_done_is_not_begun_again_unasked_and_leaves_nothing_when_deleted()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        String[] few = {"replay", "--as", "twice", "--from", LONG_AGO, "--to", whenATenthHadArrived()};
        Child.Ended first = run(few);
        Map<TopicPartition, Long> before = liveState();

        // When
        Child.Ended second = run(few);
        Child.Ended third =
                run(Stream.concat(Stream.of(few), Stream.of("--again")).toArray(String[]::new));
        Child.Ended deleted = run("replay", "--delete", "twice");

        // Then
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err()).doesNotStartWith("0 lines").contains(" lines of ");
        assertThat(second.status()).isEqualTo(UNUSABLE);
        assertThat(second.err()).contains("the replay 'twice' is done; --again");
        assertThat(third.status()).as(third.err()).isZero();
        assertThat(deleted.status()).as(deleted.err()).isZero();
        assertThat(stage.cluster().topicNames()).noneMatch(topic -> topic.contains("twice"));
        assertThat(liveState()).isEqualTo(before);
    }

    @ConcurrentTest
    void deleting_one_leaves_those_whose_name_begins_alike()
            throws IOException, ExecutionException, InterruptedException {
        // Given two replays of nothing
        String begin = "1970-01-01T00:00:00Z";
        String end = "1970-01-02T00:00:00Z";
        Child.Ended shorter = run("replay", "--as", "a", "--from", begin, "--to", end);
        Child.Ended longer = run("replay", "--as", "a-b", "--from", begin, "--to", end);

        // When
        Child.Ended deleted = run("replay", "--delete", "a");

        // Then
        assertThat(shorter.status()).as(shorter.err()).isZero();
        assertThat(longer.status()).as(longer.err()).isZero();
        assertThat(deleted.status()).as(deleted.err()).isZero();
        assertThat(stage.cluster().topicNames())
                .contains("live-replay-a-b-plan", "mail.alerts.a-b", "mail.incidents.a-b", "mail.dead-letters.a-b")
                .doesNotContain("live-replay-a-plan", "mail.alerts.a", "mail.incidents.a", "mail.dead-letters.a");
    }

    @ConcurrentTest
    void a_topic_that_is_somebody_elses_is_neither_taken_nor_deleted()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        stage.cluster().createTopic("mail.alerts.eu");

        // When
        Child.Ended replayed = run("replay", "--as", "eu", "--from", LONG_AGO);
        Child.Ended deleted = run("replay", "--delete", "eu");
        Child.Ended again = run("replay", "--as", "eu", "--from", LONG_AGO, "--again");

        // Then
        assertThat(List.of(replayed.status(), deleted.status(), again.status())).containsOnly(UNUSABLE);
        assertThat(replayed.err()).contains("[mail.alerts.eu] exist and are of no replay");
        assertThat(deleted.err()).contains("there is no replay 'eu' of live");
        assertThat(stage.cluster().topicNames()).contains("mail.alerts.eu").doesNotContain("live-replay-eu-plan");
    }

    private static String whenATenthHadArrived() throws ExecutionException, InterruptedException {
        long[] times = AlertTopic.records(stage.cluster(), "mail.lines").stream()
                .mapToLong(ConsumerRecord::timestamp)
                .sorted()
                .toArray();
        return Instant.ofEpochMilli(times[times.length / 10]).toString();
    }

    private static List<String> told(Child.Ended compared, String begins) {
        return compared.out().lines().filter(line -> line.startsWith(begins)).toList();
    }

    /** How far the live group has come, and where its topics end. */
    private static Map<TopicPartition, Long> liveState() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> state =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        state.putAll(stage.cluster().committed(LIVE));
        for (String topic : List.of("mail.alerts", "mail.incidents", "mail.dead-letters")) {
            state.putAll(stage.cluster().ends(topic));
        }
        return state;
    }

    private static long committedLines(String group) throws ExecutionException, InterruptedException {
        return stage.cluster().committed(group).entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals("mail.lines"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static boolean isAThirdRead(String group) throws ExecutionException, InterruptedException {
        return committedLines(group) > committedLines(LIVE) / 3;
    }

    private static List<String> command(String name, Path config) {
        return List.of("replay", "--as", name, "--from", LONG_AGO, "--config", config.toString());
    }

    private static Child.Ended replay(String name, Path config) throws IOException, InterruptedException {
        return Child.run(stage.folder(), POSTWARDEN, command(name, config).toArray(String[]::new));
    }

    private static Child.Ended diff(String name) throws IOException, InterruptedException {
        return run("diff", name);
    }

    /** A command with the live service's configuration. */
    private static Child.Ended run(String... arguments) throws IOException, InterruptedException {
        Stream<String> config = Stream.of("--config", stage.service().config().toString());
        return Child.run(
                stage.folder(),
                POSTWARDEN,
                Stream.concat(Stream.of(arguments), config).toArray(String[]::new));
    }
}
