package postwarden.producer.preflight;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import postwarden.producer.publish.KafkaSettings;
import postwarden.producer.publish.Trouble;

/** Asks brokers about a topic, as the agent itself and with no more rights than writing needs. */
public final class Brokers {
    private Brokers() {}

    /** What came of a question. */
    public sealed interface Answer {
        /** The topic is there. */
        record Seen(TopicState topic) implements Answer {}

        /**
         * Nothing is known about it.
         *
         * @param why what went wrong, with the brokers' addresses
         */
        record Unknown(String why) implements Answer {}
    }

    /**
     * Asks about a topic.
     *
     * @param kafka an operator's settings of Kafka's producer
     * @param topic its name
     * @param patience how long brokers may take to answer; each of two questions
     */
    public static Answer ask(Map<String, Object> kafka, String topic, Duration patience) {
        String servers = String.valueOf(kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        try (Asking asking = new Asking(Admin.create(settings(kafka, patience)))) {
            return new Answer.Seen(asking.about(topic));
        } catch (ExecutionException e) {
            return new Answer.Unknown(words(servers, topic, patience, e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unknown("interrupted");
        } catch (InterruptException e) {
            return new Answer.Unknown("interrupted");
        } catch (KafkaException e) {
            return new Answer.Unknown(words(servers, topic, patience, e));
        }
    }

    private static Map<String, Object> settings(Map<String, Object> kafka, Duration patience) {
        Map<String, Object> settings = new HashMap<>(KafkaSettings.effective(kafka));
        settings.keySet().removeIf(name -> !AdminClientConfig.configNames().contains(name));
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "postwarden-producer-preflight");
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        settings.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, patience.toMillis() / 2);
        return settings;
    }

    private static String words(String servers, String topic, Duration patience, Throwable cause) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "topic " + topic + " does not exist at " + servers + "; `postwarden provision` creates it";
        }
        if (cause instanceof AuthorizationException) {
            return "this agent may not write to topic " + topic + " at " + servers + ": its principal needs the"
                    + " operation WRITE on it";
        }
        if (cause instanceof TimeoutException) {
            return "Kafka at " + servers + " cannot be reached (no answer within " + patience.toSeconds() + " s)";
        }
        return "Kafka at " + servers + " cannot be reached (" + Trouble.words(cause) + ")";
    }

    /** One client, let go of without waiting for brokers that are away. */
    private record Asking(Admin admin) implements AutoCloseable {
        TopicState about(String topic) throws ExecutionException, InterruptedException {
            DescribeTopicsOptions withRights = new DescribeTopicsOptions().includeAuthorizedOperations(true);
            Map<String, KafkaFuture<TopicDescription>> asked = Objects.requireNonNull(
                    admin.describeTopics(List.of(topic), withRights).topicNameValues());
            TopicDescription told = Objects.requireNonNull(asked.get(topic)).get();
            int copies = told.partitions().stream()
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(0);
            long leaderless = told.partitions().stream()
                    .filter(partition ->
                            partition.leader() == null || partition.leader().isEmpty())
                    .count();
            Optional<Boolean> mayWrite = Optional.ofNullable(told.authorizedOperations())
                    .map(operations ->
                            operations.contains(AclOperation.WRITE) || operations.contains(AclOperation.ALL));
            return new TopicState(topic, told.partitions().size(), copies, leaderless, configured(topic), mayWrite);
        }

        /** Seeing a topic's configuration is a right of its own, which an agent does not need for its work. */
        private Map<String, String> configured(String topic) throws ExecutionException, InterruptedException {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            try {
                @Nullable
                Config config =
                        admin.describeConfigs(List.of(resource)).all().get().get(resource);
                return config == null
                        ? Map.of()
                        : config.entries().stream()
                                .filter(entry -> entry.value() != null)
                                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    return Map.of();
                }
                throw e;
            }
        }

        @Override
        public void close() {
            admin.close(Duration.ZERO);
        }
    }
}
