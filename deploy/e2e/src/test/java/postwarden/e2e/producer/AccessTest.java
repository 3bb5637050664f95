package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.Await;
import postwarden.e2e.LineTopic;
import postwarden.schema.MailLine;

/** Who may write into the topic of lines, and what becomes of the lines of an agent that may not, or not any more. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one cluster for all tests
class AccessTest {
    private static final int LINES = 500;
    private static final String ALERTS = "mail.alerts";

    private final Path folder;

    @AutoClose
    private final SecureCluster cluster;

    AccessTest(@TempDir Path folder)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        this.folder = folder;
        this.cluster = SecureCluster.start(folder);
    }

    /** An operation that a host tries. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws ExecutionException, InterruptedException;
    }

    @Test
    void an_agent_that_may_not_write_any_more_waits_and_goes_on_when_it_may()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        // Given
        WrittenLog log = log("revoked");
        try (LocalAgent agent =
                LocalAgent.start(log, cluster.as(cluster.authority().client(SecureCluster.HOST)))) {
            agent.awaitAll(log);

            // When
            cluster.forbid(SecureCluster.HOST);
            log.append(LINES);
            agent.awaitRefusal();
            log.rename();
            log.append(LINES);
            cluster.allow(SecureCluster.HOST);
            agent.awaitAll(log);

            // Then
            assertThat(agent.losses()).isZero();
        }
        assertThatAllArrived(log);
    }

    @Test
    void without_the_right_certificate_nothing_is_written_and_with_it_nothing_is_missing()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        for (Map.Entry<String, Map<String, String>> wrong : wrongOnes().entrySet()) {
            // Given
            WrittenLog log = log(wrong.getKey());
            long before = LineTopic.count(cluster.cluster());

            // When
            try (LocalAgent agent = LocalAgent.start(log, cluster.as(wrong.getValue()))) {
                agent.awaitRefusal();
                assertThat(agent.acknowledged()).as(wrong.getKey()).isZero();
            }
            assertThat(LineTopic.count(cluster.cluster())).as(wrong.getKey()).isEqualTo(before);
            try (LocalAgent agent =
                    LocalAgent.start(log, cluster.as(cluster.authority().client(SecureCluster.HOST)))) {
                agent.awaitAll(log);
            }

            // Then
            assertThatAllArrived(log);
        }
    }

    @Test
    void with_a_wrong_password_nothing_is_written_and_with_its_own_nothing_is_missing()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        WrittenLog log = log("password");
        cluster.password(SecureCluster.HOST, "summer's end");
        Map<String, String> kafka = cluster.byPassword();
        long before = LineTopic.count(cluster.cluster());

        // When
        kafka.put("sasl.jaas.config", SecureCluster.login(SecureCluster.HOST, "winter"));
        try (LocalAgent agent = LocalAgent.start(log, kafka)) {
            agent.awaitRefusal();
            assertThat(agent.acknowledged()).isZero();
        }
        assertThat(LineTopic.count(cluster.cluster())).isEqualTo(before);
        kafka.put("sasl.jaas.config", SecureCluster.login(SecureCluster.HOST, "summer's end"));
        try (LocalAgent agent = LocalAgent.start(log, kafka)) {
            agent.awaitAll(log);
        }

        // Then
        assertThatAllArrived(log);
    }

    @Test
    void a_password_that_is_changed_while_the_agent_runs_is_changed_in_its_file_and_nothing_is_missing()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        WrittenLog log = log("changed");
        cluster.password(SecureCluster.HOST, "first");
        Path secret = folder.resolve("jaas");
        write(secret, SecureCluster.login(SecureCluster.HOST, "first"));
        ProducerProcess.Settings settings = ProducerProcess.Settings.of(
                        log.path().resolveSibling(""), log.path(), cluster.byPassword())
                .with("secrets { sasl.jaas.config = \"" + secret + "\" }");
        try (ProducerProcess agent = ProducerProcess.start(settings)) {
            Await.until("all has arrived", () -> hasArrived(log));

            // When
            cluster.password(SecureCluster.HOST, "second");
            Await.until("its password is refused", () -> hasSaid(agent, "Authentication failed"));
            assertThat(hasArrived(log)).isTrue();
            log.append(LINES);
            write(secret, SecureCluster.login(SecureCluster.HOST, "second"));
            agent.hangUp();
            log.append(LINES);
            Await.until("what was written since has arrived", () -> hasArrived(log));

            // Then
            assertThat(agent.said()).doesNotContain("first", "second");
        }
        assertThatAllArrived(log);
    }

    private static boolean hasSaid(ProducerProcess agent, String words) {
        try {
            return agent.said().contains(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path secret, String text) throws IOException {
        Files.writeString(secret, text);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }

    private Map<String, Map<String, String>> wrongOnes() throws IOException, GeneralSecurityException {
        Authority own = cluster.authority();
        Authority strangers = Authority.create(folder, "strangers");
        Map<String, String> signedByStrangers = new HashMap<>(strangers.client(SecureCluster.HOST));
        signedByStrangers.put("ssl.truststore.location", own.trust().toString());
        Map<String, String> nameless = new HashMap<>(own.client(SecureCluster.HOST));
        nameless.keySet().removeIf(setting -> setting.startsWith("ssl.keystore"));
        Map<String, Map<String, String>> wrong = new LinkedHashMap<>();
        wrong.put("expired", own.expired(SecureCluster.HOST));
        wrong.put("signed-by-strangers", signedByStrangers);
        wrong.put("trusts-strangers-only", strangers.client(SecureCluster.HOST));
        wrong.put("no-certificate", nameless);
        wrong.put("plaintext", Map.of("security.protocol", "PLAINTEXT"));
        // A prefix of its name may write; it may not.
        wrong.put("of-another-host", own.client(SecureCluster.HOST + "0"));
        return wrong;
    }

    @Test
    void a_host_may_write_its_lines_and_nothing_else()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        // Given
        Map<String, Object> host = new HashMap<>(cluster.as(cluster.authority().client(SecureCluster.HOST)));
        host.put("key.serializer", StringSerializer.class.getName());
        host.put("value.serializer", StringSerializer.class.getName());
        Map<String, Object> transactional = new HashMap<>(host);
        transactional.put("transactional.id", "any");
        TopicPartition lines = new TopicPartition(SecureCluster.LINES, 0);
        try (Admin admin = Admin.create(host);
                KafkaProducer<String, String> producer = new KafkaProducer<>(host);
                KafkaProducer<String, String> transactions = new KafkaProducer<>(transactional)) {
            // When
            Map<String, Attempt> forbidden = new LinkedHashMap<>();
            forbidden.put(
                    "write alerts",
                    () -> producer.send(new ProducerRecord<>(ALERTS, "a")).get());
            forbidden.put("use transactions", transactions::initTransactions);
            forbidden.put(
                    "create topics",
                    () -> admin.createTopics(List.of(new NewTopic("mine", 1, (short) 1)))
                            .all()
                            .get());
            forbidden.put(
                    "delete topics",
                    () -> admin.deleteTopics(List.of(SecureCluster.LINES)).all().get());
            forbidden.put(
                    "delete records",
                    () -> admin.deleteRecords(Map.of(lines, RecordsToDelete.beforeOffset(1)))
                            .all()
                            .get());
            forbidden.put(
                    "see access lists",
                    () -> admin.describeAcls(AclBindingFilter.ANY).values().get());
            forbidden.put(
                    "see alerts",
                    () -> admin.describeTopics(List.of(ALERTS)).allTopicNames().get());

            // Then
            forbidden.forEach(
                    (what, attempt) -> assertThat(refused(attempt)).as(what).isTrue());
            assertThat(admin.listTopics().names().get()).containsExactly(SecureCluster.LINES);
            assertThat(admin.listGroups().all().get()).isEmpty();
        }
    }

    private static boolean refused(Attempt attempt) {
        try {
            attempt.run();
            return false;
        } catch (AuthorizationException refused) {
            return true;
        } catch (ExecutionException e) {
            return e.getCause() instanceof AuthorizationException;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private WrittenLog log(String name) throws IOException {
        WrittenLog log = new WrittenLog(folder.resolve(name).resolve("mail.log"), new Random(LINES));
        log.append(LINES);
        return log;
    }

    private void assertThatAllArrived(WrittenLog log) throws ExecutionException, InterruptedException {
        // What was on its way when the agent was refused may have arrived already.
        Oracle.over(log.contents(), records(log))
                .assertHolds(String.valueOf(log.path().getParent()), log.lines(), log.lines());
    }

    private boolean hasArrived(WrittenLog log) throws ExecutionException, InterruptedException {
        long end = records(log).stream().mapToLong(MailLine::getEndOffset).max().orElse(0);
        return end >= log.bytes();
    }

    /** Other tests' logs stand in other folders of the same topic. */
    private List<MailLine> records(WrittenLog log) throws ExecutionException, InterruptedException {
        String own = String.valueOf(log.path().getParent());
        return LineTopic.records(cluster.cluster()).stream()
                .filter(record -> record.getFile().startsWith(own))
                .toList();
    }
}
