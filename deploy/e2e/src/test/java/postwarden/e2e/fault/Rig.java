package postwarden.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import postwarden.e2e.AlertTopic;
import postwarden.e2e.Await;
import postwarden.e2e.Belt;
import postwarden.e2e.Cluster;
import postwarden.e2e.LineTopic;
import postwarden.e2e.Scanning;
import postwarden.e2e.ServiceProcess;
import postwarden.e2e.Sums;
import postwarden.e2e.Verdict;
import postwarden.incident.Alert;

/** A broker, a belt with the records of some logs, and as many instances of one application as a test starts. */
final class Rig implements AutoCloseable {
    static final String APPLICATION = "faults";

    private final Path folder;
    private final Row row;
    private final Cluster cluster;
    private final Belt belt;
    private final SortedMap<String, Verdict> expected;
    private final List<ServiceProcess> instances = new ArrayList<>();

    private Rig(Path folder, Row row, Cluster cluster, Belt belt, SortedMap<String, Verdict> expected) {
        this.folder = folder;
        this.row = row;
        this.cluster = cluster;
        this.belt = belt;
        this.expected = expected;
    }

    static Rig of(Path folder, Row row, SortedMap<String, Path> logs)
            throws IOException, ExecutionException, InterruptedException {
        return over(Cluster.start(folder), folder, row, logs);
    }

    /** With brokers that are running, which end with it. */
    static Rig over(Cluster cluster, Path folder, Row row, SortedMap<String, Path> logs)
            throws IOException, ExecutionException, InterruptedException {
        SortedMap<String, Verdict> expected = Verdict.of(Scanning.scan(logs));
        Belt belt = Belt.of(cluster, logs, folder.resolve("producer"), row.seed());
        row.lines(belt.size());
        return new Rig(folder, row, cluster, belt, expected);
    }

    Cluster cluster() {
        return cluster;
    }

    Belt belt() {
        return belt;
    }

    Random lot() {
        return new Random(row.seed());
    }

    /** @param settings lines of configuration that go over those of every test */
    ServiceProcess start(String name, String settings) throws IOException {
        ServiceProcess started =
                ServiceProcess.start(cluster, folder, new ServiceProcess.Instance(APPLICATION, name, settings));
        instances.add(started);
        return started;
    }

    /** Kills it when the service has committed a part of what lies before it and is at work on the rest. */
    void killAt(int point, int ahead, ServiceProcess service) throws ExecutionException, InterruptedException {
        workUpTo(point, ahead, service);
        service.kill();
        row.killed();
    }

    /** Lets the service commit all up to the point and begin with what is behind it. */
    void workUpTo(int point, int ahead, ServiceProcess service) throws ExecutionException, InterruptedException {
        belt.feedTo(point);
        Await.until("the service has committed " + point + " records", () -> service.committedLines() >= point);
        belt.feedTo(point + ahead);
        Await.until("the service goes on", () -> service.committedLines() > point);
    }

    /** Feeds all that is left, and waits until it has gone all the way. */
    void finish(ServiceProcess service) throws ExecutionException, InterruptedException {
        belt.feedTo(belt.size());
        service.awaitDone();
    }

    /** Records in all changelogs, as far as they are not compacted away. */
    long changelogRecords() throws ExecutionException, InterruptedException {
        long records = 0;
        for (String topic : cluster.topicNames()) {
            if (topic.endsWith("-changelog")) {
                records += cluster.ends(topic).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
            }
        }
        return records;
    }

    /** Records whose work is committed, with no transaction open. */
    long settled() throws ExecutionException, InterruptedException {
        return cluster.settled(APPLICATION).entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals("mail.lines"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What a life that began when so many were settled has read has each one outcome, and nothing is missing. */
    void assertConserved(long settled, Sums lastLife) throws ExecutionException, InterruptedException {
        row.sums(lastLife);
        assertThat(lastLife.all())
                .as("records of the last life; seed " + row.seed())
                .isEqualTo(LineTopic.count(cluster) - settled);
    }

    /** What a SOC reads is what {@code scan} says, each transition once and in its order. */
    void assertSameAlerts() throws ExecutionException, InterruptedException {
        List<Alert> alerts = AlertTopic.alerts(cluster);
        assertThat(Verdict.of(alerts)).as("seed " + row.seed()).isEqualTo(expected);
        assertThat(expected).isNotEmpty();
        Map<String, Integer> last = new HashMap<>();
        for (Alert alert : alerts) {
            assertThat(alert.sequence())
                    .as("sequence of " + alert.title() + "; seed " + row.seed())
                    .isEqualTo(last.getOrDefault(alert.incidentId(), 0) + 1);
            last.put(alert.incidentId(), alert.sequence());
        }
    }

    @Override
    public void close() {
        instances.forEach(ServiceProcess::close);
        belt.close();
        cluster.close();
    }
}
