package postwarden.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.follow.FollowParams;
import postwarden.producer.follow.HostRule;
import postwarden.producer.follow.Source;
import postwarden.producer.publish.PublishParams;
import postwarden.schema.MailLine;

class AgentTest {
    @TempDir
    private Path folder = Path.of("");

    /** Writes only the text: this test has no registry. */
    public static final class TextSerializer implements Serializer<MailLine> {
        @Override
        public byte[] serialize(String topic, MailLine line) {
            return line.getText().array();
        }
    }

    @Test
    @Timeout(30)
    void an_agent_without_a_broker_waits_and_stops_when_told() throws IOException {
        // Given
        Files.writeString(folder.resolve("mail.log"), "2026-11-21T08:00:00Z mx1 a: one\n");
        Agent agent = Agent.start(config(unusedPort()), Map.of(), Clock.systemUTC());

        // When
        while (agent.meters().counter("producer.send.retries").count() == 0) {
            Thread.onSpinWait();
        }
        agent.close();

        // Then
        assertThat(agent.counters().acknowledged()).isZero();
        assertThat(folder.resolve("state"))
                .isDirectoryNotContaining(file -> file.toString().endsWith("part"));
    }

    @Test
    @Timeout(30)
    void a_second_agent_on_the_same_state_is_refused() throws IOException {
        // Given
        AgentConfig config = config(unusedPort());
        try (Agent first = Agent.start(config, Map.of(), Clock.systemUTC())) {
            // When
            assertThatThrownBy(() -> Agent.start(config, Map.of(), Clock.systemUTC()))
                    // Then
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another agent uses the state directory");
            assertThat(first.counters().losses()).isZero();
        }
    }

    @Test
    @Timeout(30)
    void a_meter_tells_how_many_checkpoints_could_not_be_read_at_the_start() throws IOException {
        // Given
        Path state = Files.createDirectory(folder.resolve("state"));
        Files.writeString(state.resolve("checkpoint.7"), "garbage");
        Files.writeString(state.resolve("checkpoint.8"), "");

        // When
        try (Agent agent = Agent.start(config(unusedPort()), Map.of(), Clock.systemUTC())) {
            // Then
            assertThat(damaged(agent, "nothing")).isEqualTo(2);
            assertThat(damaged(agent, "older")).isZero();
        }
        // One that was written since is whole.
        Files.writeString(state.resolve("checkpoint.99"), "garbage");
        try (Agent next = Agent.start(config(unusedPort()), Map.of(), Clock.systemUTC())) {
            assertThat(damaged(next, "nothing")).isZero();
            assertThat(damaged(next, "older")).isEqualTo(1);
        }
    }

    private static double damaged(Agent agent, String left) {
        return agent.meters()
                .get("producer.checkpoint.damaged")
                .tag("left", left)
                .gauge()
                .value();
    }

    private AgentConfig config(int port) {
        Source source = new Source(
                folder.resolve("mail.log").toString(),
                Source.Start.BEGINNING,
                "default",
                new HostRule.FromHeader(),
                ZoneId.of("UTC"));
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", "127.0.0.1:" + port, "value.serializer", TextSerializer.class.getName());
        PublishParams defaults = PublishParams.to(kafka);
        PublishParams quick = new PublishParams(
                defaults.topic(),
                kafka,
                defaults.recordsInFlight(),
                defaults.bytesInFlight(),
                Duration.ofMillis(100),
                defaults.complainAfter(),
                defaults.longestBackoff());
        return new AgentConfig(
                "agent",
                List.of(source),
                FollowParams.defaults(true),
                quick,
                CheckpointParams.in(folder.resolve("state")));
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
