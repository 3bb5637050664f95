package postwarden.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.e2e.Cluster;
import postwarden.e2e.Recordings;
import postwarden.e2e.ServiceProcess;
import postwarden.stream.GroupProtocol;

/** The two protocols that share work among instances. */
@ExtendWith(FaultTable.class)
@Timeout(400)
class ProtocolTest {
    private static final String STREAMS = "service.group-protocol = streams\nservice.standby-replicas = 1";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_streams_protocol_gives_the_same_alerts_and_its_members_decide_what_auto_is(Row row)
            throws IOException, ExecutionException, InterruptedException {
        SortedMap<String, Path> logs = Recordings.unpack(folder);
        logs.keySet().retainAll(Set.of("mx1", "mail1"));
        try (Rig rig = Rig.of(folder, row, logs)) {
            // Given
            ServiceProcess one = rig.start("one", STREAMS);
            rig.workUpTo(rig.belt().size() / 3, 1_000, one);

            // When
            ServiceProcess two = rig.start("two", "service.group-protocol = auto\nservice.standby-replicas = 1");
            Await.until("the second works too", two::isRunning);
            rig.workUpTo(rig.belt().size() / 2, 1_000, two);
            one.stop();
            rig.finish(two);

            // Then
            rig.assertSameAlerts();
            assertThat(group(rig.cluster())).isEqualTo(GroupType.STREAMS);
            assertThat(copies(rig.cluster())).isEqualTo("1");
            assertThat(two.said()).contains("protocol=\"streams\"").contains("running instances");
        }
    }

    @Test
    void auto_is_classic_where_the_streams_protocol_would_lose_something(Row row)
            throws ExecutionException, InterruptedException {
        try (Cluster cluster = Cluster.start(folder)) {
            // When
            GroupProtocol chosen = GroupProtocol.decide(cluster.admin(), GroupProtocol.AUTO, "nobody-yet", 1);

            // Then
            assertThat(chosen.name()).isEqualTo(GroupProtocol.CLASSIC);
            assertThat(chosen.reason())
                    .contains("group.streams.min.session.timeout.ms")
                    .contains("warm-up");
        }
    }

    private static GroupType group(Cluster cluster) throws ExecutionException, InterruptedException {
        return cluster.admin().listGroups().all().get().stream()
                .filter(listed -> listed.groupId().equals(Rig.APPLICATION))
                .map(GroupListing::type)
                .findFirst()
                .orElseThrow()
                .orElseThrow();
    }

    private static String copies(Cluster cluster) throws ExecutionException, InterruptedException {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, Rig.APPLICATION);
        return cluster.admin().describeConfigs(List.of(group)).all().get().values().stream()
                .map(told -> told.get("streams.num.standby.replicas").value())
                .findFirst()
                .orElseThrow();
    }
}
