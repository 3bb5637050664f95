package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.receive.Senders.send;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;
import postwarden.producer.receive.ReceiveParams;
import postwarden.producer.receive.Senders;

/** What came over real sockets, from the spool to the outlet: after a kill, and while nothing is acknowledged. */
@Timeout(60)
class SpoolInputTest {
    private final Path spool;
    private final ReceiveParams params;
    private final Harness agent;

    SpoolInputTest(@TempDir Path folder) throws IOException {
        spool = folder.resolve("spool");
        params = Senders.params(Optional.empty(), Duration.ofSeconds(5));
        Source source = new Source(
                "syslog:" + params.name(),
                Source.Start.BEGINNING,
                "default",
                new HostRule.FromHeader(),
                ZoneId.of("UTC"),
                new Feed.Syslog(params, spool));
        agent = new Harness(4096, source);
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void both_kinds_of_messages_come_with_their_headers() throws IOException {
        // Given
        try (Socket sender = connect()) {
            // When
            send(sender, "85 <22>1 2026-11-21T08:00:00.123456Z mx1 postfix/smtpd 7 - - connect from a[192.0.2.1]\n\n");
            send(sender, "<22>Nov 21 08:00:01 mx2 dovecot: imap-login: Login\n");
            agent.await(() -> agent.lines().size() == 2);
        }

        // Then
        List<Outgoing> lines = agent.of(Outgoing.Kind.LINE);
        assertThat(lines).extracting(Outgoing::host).containsExactly("mx1", "mx2");
        assertThat(lines).extracting(line -> line.header().program()).containsExactly("postfix/smtpd", "dovecot");
        assertThat(lines).extracting(Outgoing::file).containsOnly("syslog:" + params.name());
    }

    @Test
    void a_killed_agent_repeats_what_was_not_acknowledged_under_the_same_places() throws IOException {
        // Given
        try (Socket sender = connect()) {
            send(sender, lines(0, 10));
            agent.await(() -> agent.lines().size() == 10);
        }
        List<String> before = places();
        agent.acknowledgeLines(4);

        // When
        agent.crash();
        agent.sent.clear();
        try (Socket sender = connect()) {
            send(sender, lines(10, 12));
            agent.await(() -> agent.lines().size() == 8);
        }

        // Then
        assertThat(places()).startsWith(before.subList(4, 10).toArray(new String[0]));
        assertThat(agent.lines()).last().asString().endsWith("line 11");
    }

    @Test
    void senders_wait_while_kafka_takes_nothing_and_nothing_is_lost_or_repeated() throws Exception {
        // Given
        int count = 60_000;
        CompletableFuture<Void> sent;
        try (Socket sender = connect()) {
            sender.setSendBufferSize((int) Senders.SEGMENT);
            sent = CompletableFuture.runAsync(() -> sendAll(sender, lines(0, count)));
            agent.await(() -> agent.metrics.receive().full().count() > 0);
            long held = size();
            int arrived = agent.lines().size();

            // When
            assertThat(sent).isNotDone();
            agent.await(() -> {
                agent.acknowledgeAll();
                return agent.metrics.lines().count() == count;
            });
            sent.get();

            // Then
            assertThat(held).isLessThanOrEqualTo(5 * Senders.SEGMENT);
            assertThat(arrived).isLessThan(count);
            assertThat(agent.lines())
                    .isEqualTo(List.of(lines(0, count).split("\n", -1)).subList(0, count));
        }
        agent.acknowledgeAll();
        agent.settle();
        assertThat(files()).isEqualTo(1);
    }

    private Socket connect() {
        Socket[] socket = new Socket[1];
        agent.await(() -> {
            try {
                socket[0] = Senders.connect(params.address().getPort());
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
        return socket[0];
    }

    private static void sendAll(Socket socket, String text) {
        try {
            send(socket, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.range(from, to)
                .forEach(i -> text.append("<22>Nov 21 08:00:01 mx1 postfix/qmgr[9]: line ")
                        .append(i)
                        .append('\n'));
        return text.toString();
    }

    private List<String> places() {
        return agent.of(Outgoing.Kind.LINE).stream()
                .map(line ->
                        line.fileId() + ' ' + line.startOffset() + ' ' + line.endOffset() + ' ' + Harness.text(line))
                .toList();
    }

    private long size() throws IOException {
        try (Stream<Path> all = Files.list(spool)) {
            return all.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(spool)) {
            return all.count();
        }
    }
}
