package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service does not start where it cannot keep its promises, or where the state is not its own; and says why. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one cluster for all tests
class UnfitClusterTest {
    private static final String POSTWARDEN = "postwarden.cli.Main";
    private static final int OTHERWISE = 1;
    private static final int UNUSABLE = 2;
    /** A changelog for each of fifteen stores, three repartition topics, and the note of who made them. */
    private static final int INTERNAL_TOPICS = 19;

    private final Path folder;

    @AutoClose
    private final Cluster cluster;

    UnfitClusterTest(@TempDir Path folder) throws ExecutionException, InterruptedException {
        this.folder = folder;
        cluster = Cluster.start(folder);
    }

    @ConcurrentTest
    void one_broker_is_refused_and_each_reason_is_a_line() throws IOException, InterruptedException {
        // Given
        Path config = config("strict", "service { replication-factor = 3 }", "strict");

        // When
        Child.Ended ended = Child.run(folder, POSTWARDEN, "run", "--config", config.toString());

        // Then
        assertThat(ended.status()).isEqualTo(UNUSABLE);
        assertThat(ended.err().lines())
                .allMatch(line -> line.startsWith("postwarden run: "))
                .anyMatch(line -> line.contains("cluster: it has 1 brokers and needs 3"))
                .anyMatch(line -> line.contains("transaction.state.log.replication.factor is 1 and must be at least 3")
                        || (line.contains("__transaction_state") && line.contains(": it has 1 copies and needs 3")))
                .anyMatch(line -> line.contains("mail.lines") && line.contains(": it has 1 copies and needs 3"))
                .anyMatch(line -> line.contains("mail.alerts")
                        && line.contains(": min.insync.replicas is 1 and must be at least 2"));
    }

    @ConcurrentTest
    void what_is_unsafe_is_a_warning_in_development() throws IOException, ExecutionException, InterruptedException {
        // Given
        Path config = config("development", dev(4), "development");

        // When
        try (Child service = Child.start(folder, POSTWARDEN, List.of("run", "--config", config.toString()))) {
            Await.until("it runs", () -> cluster.topicNames().contains("development-tallies-repartition"));

            // Then
            assertThat(service.err().lines().filter(line -> line.startsWith("postwarden run: ")))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("postwarden run: warning: "))
                    .anyMatch(line -> line.contains("it has 1 brokers"));
        }
    }

    @ConcurrentTest
    void settings_that_were_changed_are_named_and_repaired()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path config = config("changed", dev(4), "changed");
        cluster.alter("mail.dead-letters", "message.timestamp.type", "CreateTime");

        // When
        Child.Ended checked = provision(config, "--check");
        Child.Ended repaired = provision(config, "--repair");
        Child.Ended again = provision(config, "--check");

        // Then
        String wrong = "mail.dead-letters: message.timestamp.type is CreateTime and must be LogAppendTime";
        assertThat(checked.out()).contains("warning: " + wrong);
        assertThat(repaired.out())
                .contains("mail.dead-letters: message.timestamp.type was CreateTime, is LogAppendTime");
        assertThat(again.out()).doesNotContain("message.timestamp.type");
        assertThat(List.of(checked.status(), repaired.status(), again.status())).containsOnly(0);
    }

    @ConcurrentTest
    void a_check_says_by_its_status_that_something_is_wrong() throws IOException, InterruptedException {
        // Given
        Path config = config("checked", "service { replication-factor = 3 }", "checked");

        // When
        Child.Ended ended = provision(config, "--check");

        // Then
        assertThat(ended.status()).isEqualTo(OTHERWISE);
        assertThat(ended.out().lines())
                .anyMatch(line -> line.contains("mail.lines") && line.contains(": it has 1 copies and needs 3"));
    }

    @ConcurrentTest
    void a_changelog_that_forgets_by_age_is_refused() throws IOException, ExecutionException, InterruptedException {
        // Given
        Path config = config("forgetful", dev(4), "forgetful");
        begin("forgetful", config);
        cluster.alter("forgetful-keys-v1-changelog", "cleanup.policy", "delete");

        // When
        Child.Ended ended = Child.run(folder, POSTWARDEN, "run", "--config", config.toString());

        // Then
        assertThat(ended.status()).isEqualTo(UNUSABLE);
        assertThat(refusals(ended))
                .singleElement()
                .asString()
                .contains("forgetful-keys-v1-changelog: cleanup.policy is delete and must be compact");
    }

    @ConcurrentTest
    void a_changed_number_of_partitions_is_refused_until_a_reset()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path before = config("repartitioned", dev(4), "repartitioned");
        Path after = config("repartitioned-after", dev(3), "repartitioned");
        begin("repartitioned", before);
        awaitNobody("repartitioned");

        // When
        Child.Ended refused = Child.run(folder, POSTWARDEN, "run", "--config", after.toString());
        Child.Ended reset = Child.run(folder, POSTWARDEN, "reset", "--config", after.toString(), "--from", "beginning");

        // Then
        assertThat(refused.status()).isEqualTo(UNUSABLE);
        assertThat(refusals(refused))
                .anyMatch(line -> line.contains(
                        "repartitioned-tallies-repartition: it has 4 partitions and the topology needs 3"))
                .allMatch(line -> line.contains("postwarden reset"));
        assertThat(reset.status()).isZero();
        assertThat(cluster.topicNames()).noneMatch(name -> name.startsWith("repartitioned-"));
        begin("repartitioned", after);
    }

    @ConcurrentTest
    void another_topology_is_refused_when_only_the_note_in_kafka_tells()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        Path config = config("renamed", dev(4), "renamed");
        begin("renamed", config);
        Producing.text(cluster, "renamed-topology-changelog", "topology", "format 0\nmail.lines in 9 partitions");

        // When
        Child.Ended ended = Child.run(folder, POSTWARDEN, "run", "--config", config.toString());

        // Then
        assertThat(ended.status()).isEqualTo(UNUSABLE);
        assertThat(refusals(ended))
                .singleElement()
                .asString()
                .contains("the state was made by another topology; there it is: format 0; mail.lines in 9 partitions")
                .contains("here: format 1; mail.lines in 4 partitions, kept in clocks-v1");
    }

    @ConcurrentTest
    void a_changelog_that_was_deleted_is_missed() throws IOException, ExecutionException, InterruptedException {
        // Given
        Path config = config("deleted", dev(4), "deleted");
        Producing.text(cluster, "mail.lines", "host", "no record");
        runUntil("it has committed", config, () -> !cluster.committed("deleted").isEmpty());
        cluster.deleteTopic("deleted-seen-v1-changelog");

        // When
        Child.Ended ended = Child.run(folder, POSTWARDEN, "run", "--config", config.toString());

        // Then
        assertThat(ended.status()).isEqualTo(UNUSABLE);
        assertThat(refusals(ended))
                .singleElement()
                .asString()
                .contains("deleted-seen-v1-changelog: it is gone although lines have been read");
    }

    /** Runs a service until its internal topics are there, and kills it. */
    private void begin(String application, Path config) throws IOException, ExecutionException, InterruptedException {
        runUntil(
                application + " has made its topics",
                config,
                () -> cluster.topicNames().stream()
                                .filter(name -> name.startsWith(application + "-"))
                                .count()
                        == INTERNAL_TOPICS);
    }

    private void runUntil(String what, Path config, Await.Condition condition)
            throws IOException, ExecutionException, InterruptedException {
        try (Child service = Child.start(folder, POSTWARDEN, List.of("run", "--config", config.toString()))) {
            Await.until(what, () -> {
                if (!service.isAlive()) {
                    throw new AssertionError("the service has ended; not yet: " + what);
                }
                return condition.holds();
            });
        }
    }

    /** A killed instance is a member until its session ends. */
    private void awaitNobody(String application) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(cluster.kafkaObjects())) {
            Await.until(
                    "nobody is in the group " + application,
                    () -> admin.describeConsumerGroups(List.of(application)).all().get().values().stream()
                            .allMatch(group -> group.members().isEmpty()));
        }
    }

    private static List<String> refusals(Child.Ended ended) {
        return ended.err().lines().filter(line -> !line.contains("warning: ")).toList();
    }

    private Child.Ended provision(Path config, String option) throws IOException, InterruptedException {
        return Child.run(folder, POSTWARDEN, "provision", "--config", config.toString(), option);
    }

    private static String dev(int partitions) {
        return "service { dev = true, replication-factor = 1, standby-replicas = 0 }, stream.partitions = "
                + partitions;
    }

    private Path config(String file, String settings, String application) throws IOException {
        return Files.writeString(folder.resolve(file + ".conf"), """
                %s
                service { application-id = "%s", state-dir = "%s", commit-interval = 100 ms }
                kafka { bootstrap.servers = "%s", schema.registry.url = "%s", session.timeout.ms = 6000, heartbeat.interval.ms = 1000, retry.backoff.ms = 20 }
                """.formatted(
                        settings,
                        application,
                        folder.resolve("state"),
                        cluster.kafka().get("bootstrap.servers"),
                        cluster.kafka().get("schema.registry.url")));
    }
}
