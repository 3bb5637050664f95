package postwarden.e2e.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.e2e.Cluster;
import postwarden.e2e.Recordings;
import postwarden.e2e.ServiceProcess;
import postwarden.e2e.ThreeBrokers;

/** Three brokers, killed with -9 one after the other while the service commits. */
@ExtendWith(FaultTable.class)
@Tag("faults")
@Timeout(900)
class BrokersTest {
    private static final int BROKERS = 3;
    private static final int AHEAD = 3_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void brokers_that_are_killed_one_after_the_other_do_not_show(Row row)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> logs = Recordings.unpack(folder);
        logs.keySet().retainAll(Set.of("mx1", "mail1", "out1"));
        Path nodes = Files.createDirectories(folder.resolve("nodes"));
        try (ThreeBrokers brokers = ThreeBrokers.start(nodes);
                Rig rig = Rig.over(
                        Cluster.over(brokers.bootstrapServers(), brokers::close, folder, BROKERS), folder, row, logs)) {
            ServiceProcess service = rig.start("one", "service.replication-factor = 3");
            rig.workUpTo(1_000, AHEAD, service);

            // When
            for (int node = 1; node <= BROKERS; node++) {
                rig.workUpTo(rig.belt().size() / (BROKERS + 1) * node, AHEAD, service);
                brokers.kill(node);
                row.killed();
                rig.belt().feedTo(rig.belt().fed() + AHEAD);
                brokers.startAgain(node);
                Await.until("all copies are there again", () -> allInSync(rig.cluster()));
            }
            rig.finish(service);

            // Then
            rig.assertSameAlerts();
        }
    }

    private static boolean allInSync(Cluster cluster) throws ExecutionException, InterruptedException {
        for (String topic : cluster.topicNames()) {
            if (!cluster.partitions(topic).stream()
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size())) {
                return false;
            }
        }
        return true;
    }
}
