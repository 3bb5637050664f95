package postwarden.config;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import postwarden.notify.NotifyParams;
import postwarden.stream.Topics;

/**
 * The configuration of {@code postwarden notify}: a file of its own, because the service need not know the receivers' secrets, nor
 * the notifier the service's thresholds.
 *
 * @param topics of which it reads the alerts
 * @param kafka passed on to Kafka's clients and serdes as it is, such as bootstrap.servers and schema.registry.url
 */
public record NotifyConfig(NotifyParams params, Topics topics, Map<String, String> kafka) {
    private static final Set<String> KEYS = Set.of("notify", "topics", "kafka");

    public NotifyConfig {
        kafka = Map.copyOf(kafka);
    }

    /**
     * Reads a configuration file.
     *
     * @throws ConfigRefused with everything that is wrong
     */
    public static NotifyConfig load(Path file) throws ConfigRefused {
        Config config = ConfigFile.parse(file);
        RecordReader reader = new RecordReader();
        reader.onlyKnown(config, "", KEYS);
        NotifyParams params = reader.read(config, "notify", NotifyParams.STANDARD);
        Topics topics = reader.read(config, "topics", Topics.STANDARD);
        TopicNames.check(topics, reader);
        Map<String, String> kafka = AppConfig.kafka(config, reader);
        if (reader.errors().isEmpty() && !params.isAnybodyTold()) {
            reader.error("notify: nobody is to be told; set pagerduty.routing-key-file, thehive.url or slack.url-file");
        }
        if (!params.thehive().url().isEmpty() && params.thehive().apiKeyFile().isEmpty()) {
            reader.error("notify.thehive.api-key-file is missing");
        }
        AppConfig.refuse(file, reader);
        return new NotifyConfig(params, topics, kafka);
    }
}
