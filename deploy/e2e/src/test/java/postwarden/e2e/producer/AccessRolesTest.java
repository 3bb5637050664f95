package postwarden.e2e.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.e2e.AlertTopic;
import postwarden.e2e.Await;
import postwarden.e2e.Child;
import postwarden.e2e.ServiceProcess;

/** Each role has the rights that the README gives it and no others: with them it does its work, and everything else is refused. */
@Timeout(600)
class AccessRolesTest {
    private static final String POSTWARDEN = "postwarden.cli.Main";
    private static final String APPLICATION = "postwarden";
    private static final short COPIES = 3;
    private static final List<String> MAIL =
            List.of("mail.lines", "mail.samples", "mail.alerts", "mail.incidents", "mail.policy", "mail.dead-letters");
    /** Names that begin as others do. */
    private static final List<String> ALIKE =
            List.of("mail.lines-of-another", "postwarden-any-changelog", "postwarden2-any-changelog");

    private static final List<String> DOOMED = List.of("mail.doomed", "postwarden-doomed", "postwarden2-doomed");

    private final Path folder;

    @AutoClose
    private final SecureCluster cluster;

    AccessRolesTest(@TempDir Path folder)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        this.folder = folder;
        cluster = SecureCluster.start(folder);
        cluster.forbid(SecureCluster.HOST);
        cluster.cluster().admin().createAcls(Recipe.acls()).all().get();
    }

    @Test
    void with_its_own_rights_each_role_does_its_work()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        // Given
        Path config = config("provisioner");
        WrittenLog log = new WrittenLog(folder.resolve("log/mail.log"), new Random(1));
        log.append(500);

        // When
        Child.Ended repaired = provision(config, "--repair");
        Child.Ended checked;
        Child.Ended alerts;
        try (ServiceProcess service = ServiceProcess.start(
                        cluster.cluster(),
                        folder,
                        new ServiceProcess.Instance(APPLICATION, APPLICATION, "service.replication-factor = 3"),
                        cluster.as(client("streams")));
                LocalAgent agent = LocalAgent.start(log, cluster.as(client(SecureCluster.HOST)))) {
            agent.awaitAll(log);
            awaitRead(service, log);
            checked = provision(config, "--check");
            alerts = Child.run(
                    folder, POSTWARDEN, "alerts", "--config", config("soc").toString());

            // Then
            assertThat(service.child().isAlive()).isTrue();
            assertThat(agent.losses()).isZero();
            assertThat(service.said()).doesNotContain("AuthorizationException").doesNotContain("not authorized");
        }
        assertThat(repaired.status()).as(repaired.out() + repaired.err()).isZero();
        assertThat(checked.status()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.out() + checked.err()).doesNotContain("uthoriz");
        assertThat(alerts.status()).as(alerts.err()).isZero();
        assertThat(AlertTopic.records(cluster.cluster(), "mail.dead-letters")).isEmpty();
    }

    private static void awaitRead(ServiceProcess service, WrittenLog log)
            throws IOException, ExecutionException, InterruptedException {
        try {
            Await.until(
                    "the service has read them",
                    () -> service.committedLines() >= log.lines()
                            || !service.child().isAlive());
            assertThat(service.child().isAlive()).as(service.said()).isTrue();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ": " + service.said(), e);
        }
    }

    private Child.Ended provision(Path config, String option) throws IOException, InterruptedException {
        return Child.run(folder, POSTWARDEN, "provision", "--config", config.toString(), option);
    }

    private Path config(String principal) throws IOException, GeneralSecurityException {
        return Files.writeString(
                folder.resolve(principal + ".conf"),
                "service { application-id = " + APPLICATION + ", dev = true }\nkafka {\n"
                        + lines(cluster.as(client(principal))) + "}\n");
    }

    private static String lines(Map<String, String> kafka) {
        return kafka.entrySet().stream()
                .map(setting -> "  " + setting.getKey() + " = \"" + setting.getValue() + "\"\n")
                .collect(Collectors.joining());
    }

    @Test
    void everything_else_is_refused()
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        // Given
        Set<String> host =
                Set.of("describe mail.lines", "write mail.lines", "describe mail.samples", "write mail.samples");
        Set<String> streams = new TreeSet<>(Set.of(
                "describe mail.lines",
                "read mail.lines",
                "see settings of mail.lines",
                "describe mail.dead-letters",
                "write mail.dead-letters",
                "see settings of mail.dead-letters"));
        for (String topic : List.of("mail.alerts", "mail.incidents", "mail.policy", "postwarden-any-changelog")) {
            List.of("describe ", "read ", "write ", "see settings of ").forEach(verb -> streams.add(verb + topic));
        }
        streams.addAll(List.of(
                "delete records of postwarden-any-changelog",
                "create postwarden-new",
                "delete postwarden-doomed",
                "see group postwarden",
                "move group postwarden",
                "use transaction postwarden-1"));
        Set<String> soc = Set.of(
                "describe mail.alerts",
                "read mail.alerts",
                "see group postwarden-notify-pager",
                "move group postwarden-notify-pager");
        Set<String> provisioner = new TreeSet<>(Set.of("create mail.new", "see group postwarden"));
        Stream.concat(MAIL.stream(), Stream.of("mail.lines-of-another", "postwarden-any-changelog"))
                .forEach(topic -> List.of("describe ", "see settings of ", "set ")
                        .forEach(verb -> provisioner.add(verb + topic)));

        // When
        Set<String> hostDid = tried(SecureCluster.HOST);

        // Then
        assertThat(hostDid).isEqualTo(host);
        assertThat(tried("streams")).isEqualTo(streams);
        assertThat(tried("soc")).isEqualTo(soc);
        assertThat(tried("provisioner")).isEqualTo(provisioner);
        assertThat(tried(SecureCluster.HOST + "0"))
                .as("its name begins as another's")
                .isEmpty();
    }

    private Set<String> tried(String principal)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        prepare();
        try (Attempts attempts = new Attempts(cluster.as(client(principal)))) {
            for (String topic : Stream.concat(MAIL.stream(), ALIKE.stream()).toList()) {
                attempts.topic(topic);
            }
            for (String topic : List.of("mail.new", "postwarden-new", "postwarden2-new", "new")) {
                attempts.newTopic(topic);
            }
            for (String topic : DOOMED) {
                attempts.doomedTopic(topic);
            }
            for (String group : List.of("postwarden", "postwarden-notify-pager", "postwarden2", "any")) {
                attempts.group(group, "mail.alerts");
            }
            for (String id : List.of("postwarden-1", "postwarden2-1", "any")) {
                attempts.transaction(id);
            }
            attempts.cluster();
            Set<String> allowed = attempts.allowed();
            List<String> described = allowed.stream()
                    .filter(what -> what.startsWith("describe "))
                    .map(what -> what.substring("describe ".length()))
                    .toList();
            assertThat(attempts.topics()).as("what " + principal + " knows of").containsAll(described);
            assertThat(described).as(principal).containsAll(known(attempts.topics()));
            return allowed;
        }
    }

    private static List<String> known(List<String> topics) {
        return topics.stream()
                .filter(topic -> MAIL.contains(topic) || ALIKE.contains(topic))
                .toList();
    }

    /** Topics that may be tried, with a record each. */
    private void prepare() throws ExecutionException, InterruptedException {
        for (String topic : Stream.concat(ALIKE.stream(), DOOMED.stream()).toList()) {
            Await.until(topic + " is there", () -> isMade(topic));
        }
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(cluster.cluster().kafkaObjects(), new StringSerializer(), new StringSerializer())) {
            for (String topic : Stream.concat(MAIL.stream(), ALIKE.stream()).toList()) {
                producer.send(new ProducerRecord<>(topic, 0, "a", "b")).get();
            }
        }
    }

    private boolean isMade(String topic) throws ExecutionException, InterruptedException {
        try {
            cluster.cluster()
                    .admin()
                    .createTopics(List.of(new NewTopic(topic, 1, COPIES)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        return cluster.cluster().topicNames().contains(topic);
    }

    private Map<String, String> client(String principal) throws IOException, GeneralSecurityException {
        return cluster.authority().client(principal);
    }
}
