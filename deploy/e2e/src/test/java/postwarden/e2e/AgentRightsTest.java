package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.local.FreePorts;

/** What {@code check} says of rights, asked of a broker that grants them. */
@Timeout(180)
class AgentRightsTest {
    private static final String TOPIC = "mail.lines";
    private static final String EVERYBODY = "User:*";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void check_tells_whether_the_agent_may_write_and_what_it_may_not_see()
            throws IOException, ExecutionException, InterruptedException {
        // Given
        int port = FreePorts.one();
        String server = "127.0.0.1:" + port;
        try (Child broker = broker(port, FreePorts.one());
                Admin admin = Admin.create(Map.of("bootstrap.servers", server))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();

            // When
            allow(admin, AclOperation.DESCRIBE);
            Child.Ended readOnly = check(server);
            allow(admin, AclOperation.WRITE);
            Child.Ended writing = check(server);
            admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
            allow(admin, AclOperation.READ, "User:somebody-else");
            Child.Ended nothing = check(server);

            // Then
            assertThat(broker.isAlive()).isTrue();
            assertThat(readOnly.err())
                    .contains(
                            "problem: topic mail.lines: this agent may not write to it: its principal needs the operation"
                                    + " WRITE");
            assertThat(writing.out())
                    .contains("min.insync.replicas ?", "this agent may write")
                    .contains("note: topic mail.lines: min.insync.replicas cannot be seen");
            assertThat(writing.err()).doesNotContain("WRITE");
            assertThat(nothing.err()).contains("this agent may not write to topic mail.lines at " + server);
        }
    }

    private Child.Ended check(String server) throws IOException, InterruptedException {
        Path config =
                Files.writeString(folder.resolve("producer.conf"), """
                sources = [{ path = /dev/null }]
                checkpoint.directory = "%s"
                kafka { bootstrap.servers = "%s", value.serializer = none }
                """.formatted(folder.resolve("agent"), server));
        return Child.run(folder, "postwarden.producer.Main", "check", "--dev", "--config", config.toString());
    }

    private static void allow(Admin admin, AclOperation operation) throws ExecutionException, InterruptedException {
        allow(admin, operation, EVERYBODY);
    }

    private static void allow(Admin admin, AclOperation operation, String principal)
            throws ExecutionException, InterruptedException {
        AclBinding binding = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, TOPIC, PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
        admin.createAcls(List.of(binding)).all().get();
    }

    /** Whoever is not named in a right of a resource has none there, and all where nobody is named. */
    private Child broker(int port, int controller) throws IOException {
        return Child.start(
                folder,
                "postwarden.e2e.BrokerNode",
                List.of(
                        "1",
                        folder.resolve("broker").toString(),
                        String.valueOf(port),
                        "1@127.0.0.1:" + controller,
                        Uuid.randomUuid().toString(),
                        "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "allow.everyone.if.no.acl.found=true"));
    }
}
