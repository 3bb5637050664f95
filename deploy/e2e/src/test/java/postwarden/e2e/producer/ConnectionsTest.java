package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.e2e.Child;
import postwarden.e2e.Cluster;
import postwarden.e2e.TcpProxy;
import postwarden.local.FreePorts;

/** The way between the agent and its broker: connections that break in the middle, and addresses that all change. */
@Tag("faults")
@Timeout(300)
class ConnectionsTest {
    private static final int RESETS = 100;
    private static final long BETWEEN_NANOS = 100_000_000;
    private static final int LINES = 500;

    private final long seed = Long.getLong("postwarden.seed", System.nanoTime());
    private final String run = "ConnectionsTest: -Dpostwarden.seed=" + seed;
    private final Path folder;
    private final WrittenLog log;
    /** Of the test's own clients, of the agent, and of the controller. */
    private final List<Integer> ports = FreePorts.some(3);

    private final String cluster = Uuid.randomUuid().toString();

    ConnectionsTest(@TempDir Path folder) throws IOException {
        System.out.println(run);
        this.folder = folder;
        log = new WrittenLog(folder.resolve("log/mail.log"), new Random(seed));
        log.append(1);
    }

    @Test
    void connections_that_are_reset_ten_times_a_second_lose_and_repeat_nothing()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        try (TcpProxy proxy = TcpProxy.to(ports.get(1));
                Child broker = broker(ports.get(1), proxy.port());
                Cluster own = Cluster.over("127.0.0.1:" + ports.get(0), broker::close, folder, 1);
                Arrivals arrivals = Arrivals.of(own);
                ProducerProcess agent = ProducerProcess.start(settings(own, proxy))) {
            arrivals.await(log);

            // When
            int before = proxy.taken();
            try (Daemon daemon = Daemon.writing(log, new Random(seed))) {
                daemon.begin();
                for (int reset = 0; reset < RESETS; reset++) {
                    // No wait for anything: connections last for so long.
                    LockSupport.parkNanos(BETWEEN_NANOS);
                    proxy.reset();
                }
            }
            int taken = proxy.taken() - before;

            // Then
            arrivals.await(log);
            Oracle oracle = Oracle.over(log.contents(), arrivals.records());
            System.out.printf(
                    "ConnectionsTest: %d resets, %d connections, %d lines, %d repeated%n",
                    RESETS, taken, log.lines(), oracle.repeated());
            oracle.assertHolds(run, log.lines(), 0);
            assertThat(taken).as("it was tried; " + run).isGreaterThan(5);
            assertThat(agent.isAlive()).as(run).isTrue();
        }
    }

    @Test
    void when_all_addresses_change_behind_a_name_the_agent_asks_the_name_again()
            throws IOException, ExecutionException, InterruptedException {
        // Given: an address that stays, which leads to brokers that state their own
        List<Integer> later = FreePorts.some(1);
        try (TcpProxy name = TcpProxy.to(ports.get(1));
                Child first = broker(ports.get(1), ports.get(1));
                Cluster own = Cluster.over("127.0.0.1:" + ports.get(0), first::close, folder, 1);
                ProducerProcess agent = ProducerProcess.start(settings(own, name))) {
            try (Arrivals arrivals = Arrivals.of(own)) {
                log.append(LINES);
                arrivals.await(log);
            }

            // When
            first.stop();
            var unused = first.awaitEnd();
            log.append(LINES);
            name.lead(later.get(0));
            name.reset();
            try (Child second = broker(later.get(0), later.get(0));
                    Arrivals arrivals = Arrivals.of(own)) {
                arrivals.await(log);

                // Then
                Oracle.over(log.contents(), arrivals.records()).assertHolds(run, log.lines(), 0);
                assertThat(second.isAlive()).isTrue();
                assertThat(agent.isAlive()).as(run).isTrue();
            }
        }
    }

    @Test
    void when_all_addresses_change_without_a_name_nothing_is_lost_until_the_new_ones_are_told()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        List<Integer> later = FreePorts.some(1);
        try (TcpProxy old = TcpProxy.to(ports.get(1));
                TcpProxy other = TcpProxy.to(later.get(0));
                Child first = broker(ports.get(1), ports.get(1));
                Cluster own = Cluster.over("127.0.0.1:" + ports.get(0), first::close, folder, 1);
                ProducerProcess agent = ProducerProcess.start(settings(own, old))) {
            try (Arrivals arrivals = Arrivals.of(own)) {
                log.append(LINES);
                arrivals.await(log);
            }

            // When
            first.stop();
            var unused = first.awaitEnd();
            old.leave();
            log.append(LINES);
            try (Child second = broker(later.get(0), later.get(0));
                    Arrivals arrivals = Arrivals.of(own)) {
                Await.until("it is said", () -> said(agent));
                settings(own, other).write();
                agent.hangUp();
                arrivals.await(log);

                // Then
                Oracle.over(log.contents(), arrivals.records()).assertHolds(run, log.lines(), LINES);
                assertThat(second.isAlive()).isTrue();
            }
        }
    }

    /** A broker that the agent reaches at a port of its own, under the address that it is to state. */
    private Child broker(int port, int stated) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "1",
                folder.resolve("node").toString(),
                String.valueOf(ports.get(0)),
                "1@127.0.0.1:" + ports.get(2),
                cluster));
        arguments.addAll(List.of(
                "listeners=PLAINTEXT://127.0.0.1:" + ports.get(0) + ",AGENT://127.0.0.1:" + port
                        + ",CONTROLLER://127.0.0.1:" + ports.get(2),
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + ports.get(0) + ",AGENT://127.0.0.1:" + stated,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,AGENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name=PLAINTEXT",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1"));
        return Child.start(folder, "postwarden.e2e.BrokerNode", arguments);
    }

    private ProducerProcess.Settings settings(Cluster own, TcpProxy address) {
        Map<String, String> kafka = new HashMap<>(own.kafka());
        kafka.put("bootstrap.servers", "127.0.0.1:" + address.port());
        return ProducerProcess.Settings.of(folder, log.path(), kafka).with("dev = true");
    }

    private static boolean said(ProducerProcess agent) {
        try {
            return agent.said().contains("Kafka");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
