package postwarden.e2e.producer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import postwarden.e2e.Await;
import postwarden.e2e.Cluster;
import postwarden.e2e.ThreeBrokers;

/**
 * Three brokers that speak TLS with whoever shows a certificate of their authority, let each do only what it was allowed, and keep three
 * copies of which two must be in sync; with the topics and schemas of a roll-out.
 */
final class SecureCluster implements AutoCloseable {
    static final String LINES = "mail.lines";
    /** A mail host, which may write lines and nothing else. */
    static final String HOST = "mx1";

    private static final int BROKERS = 3;
    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required";
    /** What Kafka itself takes where nothing else is said (RFC 7677 asks for 4096). */
    private static final int ITERATIONS = 4096;

    private static final String OPERATOR = "operator";

    private final Authority authority;
    private final ThreeBrokers brokers;
    private final Cluster cluster;

    private SecureCluster(Authority authority, ThreeBrokers brokers, Cluster cluster) {
        this.authority = authority;
        this.brokers = brokers;
        this.cluster = cluster;
    }

    static SecureCluster start(Path folder)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        Authority authority = Authority.create(folder, "authority");
        ThreeBrokers brokers = ThreeBrokers.secured(folder, settings(folder, authority));
        Map<String, String> operator = new HashMap<>(authority.client(OPERATOR));
        operator.put("bootstrap.servers", brokers.bootstrapServers());
        Cluster cluster = Cluster.over(operator, brokers::close, folder, BROKERS);
        SecureCluster secure = new SecureCluster(authority, brokers, cluster);
        secure.allow(HOST);
        Await.until("all copies are there", secure::allInSync);
        return secure;
    }

    private static Path settings(Path folder, Authority authority) throws IOException, GeneralSecurityException {
        Map<String, String> settings = new HashMap<>(authority.client("broker"));
        settings.remove("security.protocol");
        settings.putAll(Map.of(
                "security.inter.broker.protocol", "SSL",
                "listener.security.protocol.map", "CONTROLLER:SSL,SSL:SSL,SASL_SSL:SASL_SSL",
                "ssl.client.auth", "required",
                "ssl.principal.mapping.rules", "RULE:^CN=([a-z0-9-]{1,63})$/$1/",
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found", "false",
                "super.users", "User:broker;User:" + OPERATOR));
        settings.putAll(Map.of(
                "sasl.enabled.mechanisms",
                MECHANISM,
                "listener.name.sasl_ssl.ssl.client.auth",
                "none",
                // A connection outlives the password that it was opened with, unless it is asked for one again.
                "listener.name.sasl_ssl.scram-sha-512.connections.max.reauth.ms",
                "2000",
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                LOGIN + ";"));
        List<String> lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        return Files.write(folder.resolve("brokers.properties"), lines);
    }

    Authority authority() {
        return authority;
    }

    ThreeBrokers brokers() {
        return brokers;
    }

    /** As its operator sees it, who may do everything. */
    Cluster cluster() {
        return cluster;
    }

    /** What a client needs that shows this certificate. */
    Map<String, String> as(Map<String, String> certificate) {
        Map<String, String> kafka = new HashMap<>(certificate);
        for (String where : List.of("bootstrap.servers", "schema.registry.url")) {
            kafka.put(where, Objects.requireNonNull(cluster.kafka().get(where)));
        }
        return kafka;
    }

    /** Gives a mail host a password, in place of another where it had one (SCRAM, RFC 5802). */
    void password(String host, String password) throws ExecutionException, InterruptedException {
        ScramCredentialInfo how = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
        cluster.admin()
                .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(host, how, password)))
                .all()
                .get();
    }

    /** What a client needs that shows no certificate but its password, which {@link #login} says. */
    Map<String, String> byPassword() {
        Map<String, String> kafka = as(Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                MECHANISM,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority.trust().toString()));
        kafka.put("bootstrap.servers", brokers.passwordServers());
        return kafka;
    }

    /** The value of {@code sasl.jaas.config}. */
    static String login(String host, String password) {
        return LOGIN + " username=\"" + host + "\" password=\"" + password + "\";";
    }

    /** Lets a mail host write lines: by the topic's whole name, since a prefix would name others' topics too. */
    void allow(String host) throws ExecutionException, InterruptedException {
        cluster.admin().createAcls(mayWrite(host)).all().get();
    }

    void forbid(String host) throws ExecutionException, InterruptedException {
        cluster.admin()
                .deleteAcls(mayWrite(host).stream().map(AclBinding::toFilter).toList())
                .all()
                .get();
    }

    boolean allInSync() throws ExecutionException, InterruptedException {
        return cluster.partitions(LINES).stream()
                .allMatch(partition -> partition.isr().size() == BROKERS);
    }

    /** The broker that leads the partition of the host's lines. */
    int leader() throws ExecutionException, InterruptedException {
        int busiest = cluster.ends(LINES).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey()
                .partition();
        return cluster.partitions(LINES).stream()
                .filter(partition -> partition.partition() == busiest)
                .findFirst()
                .orElseThrow()
                .leader()
                .id();
    }

    @Override
    public void close() {
        cluster.close();
    }

    private static List<AclBinding> mayWrite(String host) {
        ResourcePattern lines = new ResourcePattern(ResourceType.TOPIC, LINES, PatternType.LITERAL);
        return Stream.of(AclOperation.WRITE, AclOperation.DESCRIBE)
                .map(operation -> new AclBinding(
                        lines, new AccessControlEntry("User:" + host, "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
