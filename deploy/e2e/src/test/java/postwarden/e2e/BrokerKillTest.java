package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.Agent;
import postwarden.producer.AgentConfig;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.follow.FollowParams;
import postwarden.producer.follow.HostRule;
import postwarden.producer.follow.Source;
import postwarden.producer.publish.PublishParams;
import postwarden.schema.MailLine;

/** Three brokers, and the leader killed with -9 while the producer writes: what was acknowledged is there. */
@Tag("faults")
@Timeout(400)
class BrokerKillTest {
    private static final int BROKERS = 3;
    private static final int CHUNK = 20_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void no_line_is_lost_with_the_leader() throws IOException, ExecutionException, InterruptedException {
        // Given
        RotatedLog log = new RotatedLog(Files.createDirectories(folder.resolve("log")));
        log.append(CHUNK);
        try (ThreeBrokers brokers = ThreeBrokers.start(folder);
                Cluster cluster = Cluster.over(brokers.bootstrapServers(), brokers::close, folder, BROKERS);
                Agent agent = Agent.start(config(cluster, log), Map.of(), Clock.systemUTC())) {
            Await.until("all copies are there", () -> allInSync(cluster));
            Await.until("lines arrive", () -> agent.counters().acknowledged() >= CHUNK);

            // When
            for (int kill = 0; kill < 2; kill++) {
                int leader = leaderOfLines(cluster);
                long read = agent.counters().lines();
                log.append(CHUNK);
                Await.until("lines are on their way", () -> agent.counters().lines() > read);
                brokers.kill(leader);
                System.out.println("BrokerKillTest: killed leader " + leader + " with "
                        + agent.counters().inFlight() + " records in flight");
                log.append(CHUNK);
                int written = log.lines();
                Await.until("the others take it over", () -> agent.counters().acknowledged() > written);
                brokers.startAgain(leader);
                Await.until("all copies are there again", () -> allInSync(cluster));
            }
            Await.until(
                    "all is acknowledged",
                    () -> agent.counters().lines() == log.lines()
                            && agent.counters().inFlight() == 0);

            // Then
            assertThat(texts(LineTopic.lines(cluster)))
                    .isEqualTo(log.places().stream().map(RotatedLog.Place::text).collect(Collectors.toSet()));
        }
    }

    private static boolean allInSync(Cluster cluster) throws ExecutionException, InterruptedException {
        return cluster.partitions("mail.lines").stream()
                .allMatch(partition -> partition.isr().size() == BROKERS);
    }

    private static int leaderOfLines(Cluster cluster) throws ExecutionException, InterruptedException {
        int busiest = cluster.ends("mail.lines").entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey()
                .partition();
        return cluster.partitions("mail.lines").stream()
                .filter(partition -> partition.partition() == busiest)
                .map(TopicPartitionInfo::leader)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Set<String> texts(List<MailLine> lines) {
        return lines.stream()
                .map(line -> StandardCharsets.UTF_8
                        .decode(line.getText().duplicate())
                        .toString())
                .collect(Collectors.toSet());
    }

    private AgentConfig config(Cluster cluster, RotatedLog log) {
        Source source = new Source(
                log.path().toString(),
                Source.Start.BEGINNING,
                Source.DEFAULT_TENANT,
                new HostRule.Named("mx1"),
                ZoneOffset.UTC);
        return new AgentConfig(
                "e2e",
                List.of(source),
                FollowParams.defaults(false),
                PublishParams.to(cluster.kafkaObjects()),
                CheckpointParams.in(folder.resolve("producer")));
    }
}
