package postwarden.stream.check;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;

/** Whether a broker can be reached at all, told by its address and soon enough for a person who waits. */
public final class Reach {
    /** How long a broker may take to answer: longer than any that is well, shorter than Kafka's own minute. */
    static final int ASK_MILLIS = 10_000;

    private static final String REGISTRY_WAIT = "postwarden.registry.wait.ms";

    private Reach() {}

    /**
     * A client of a cluster that has answered just now, to be closed.
     *
     * @param kafka settings of Kafka's clients
     * @throws KafkaException in words for an operator, when none can be made or no broker answers
     */
    public static Admin admin(Map<String, String> kafka) throws InterruptedException {
        if (isUnresolved(kafka)) {
            throw new KafkaException(unresolved(kafka));
        }
        Admin admin = client(kafka, new HashMap<>(kafka));
        boolean answers = false;
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(ASK_MILLIS))
                    .nodes()
                    .get();
            answers = true;
            return admin;
        } catch (ExecutionException failure) {
            throw new KafkaException(words(kafka, failure));
        } finally {
            if (!answers) {
                admin.close(Duration.ZERO);
            }
        }
    }

    /** The same settings, with an end to the patience with a registry that does not answer, unless the operator set one. */
    public static Map<String, String> impatient(Map<String, String> kafka) {
        Map<String, String> settings = new HashMap<>(kafka);
        settings.putIfAbsent(REGISTRY_WAIT, String.valueOf(ASK_MILLIS));
        return settings;
    }

    /** A client that has asked nothing yet. @throws KafkaException in words, when the settings are no client's */
    static Admin client(Map<String, String> kafka, Map<String, Object> settings) {
        try {
            return Admin.create(settings);
        } catch (KafkaException refused) {
            throw new KafkaException("no client for " + servers(kafka) + " can be made: " + causes(refused));
        }
    }

    /** Whether no host of the addresses has a name that is known; Kafka's clients are not made then. */
    static boolean isUnresolved(Map<String, String> kafka) {
        return Stream.of(servers(kafka).split(","))
                .map(address -> Utils.getHost(address.strip()))
                .allMatch(host -> host != null && new InetSocketAddress(host, 0).isUnresolved());
    }

    /** What a failed question means. */
    static String words(Map<String, String> kafka, ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof TimeoutException) {
            return unanswered(kafka, "");
        }
        return cause instanceof RetriableException
                ? unanswered(kafka, " (" + cause.getMessage() + ")")
                : servers(kafka) + ": " + cause.getMessage();
    }

    static String unresolved(Map<String, String> kafka) {
        return unanswered(kafka, " (no such host is known)");
    }

    private static String unanswered(Map<String, String> kafka, String why) {
        return "no Kafka broker answers at " + servers(kafka) + why;
    }

    private static String servers(Map<String, String> kafka) {
        return kafka.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** Without the outermost, which only names a class. */
    private static String causes(KafkaException refused) {
        Throwable first = refused.getCause() == null ? refused : refused.getCause();
        Throwable last = first;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return first.getMessage() + (last == first ? "" : ": " + last.getMessage());
    }
}
