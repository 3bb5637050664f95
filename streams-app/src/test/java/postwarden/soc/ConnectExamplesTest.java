package postwarden.soc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.stream.Topics;

/**
 * The examples for Kafka Connect, held against what the connectors document; the connectors themselves are not here. Sources:
 * Kafka 4.3, "Kafka Connect Configs" (worker and sink); Confluent's Elasticsearch sink 15, Aiven's OpenSearch sink 3.1 and
 * Splunk Connect for Kafka 2.2, "Configuration" of each.
 */
class ConnectExamplesTest {
    private static final Path FOLDER = Path.of("../deploy/connect");
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static final Set<String> ANY_SINK = Set.of(
            "connector.class",
            "tasks.max",
            "topics",
            "key.converter",
            "value.converter",
            "value.converter.schema.registry.url",
            "consumer.override.isolation.level",
            "errors.tolerance",
            "errors.deadletterqueue.topic.name",
            "errors.deadletterqueue.context.headers.enable",
            "errors.log.enable");
    private static final Set<String> SEARCH = Set.of(
            "connection.url",
            "connection.username",
            "connection.password",
            "key.ignore",
            "schema.ignore",
            "behavior.on.null.values",
            "behavior.on.malformed.documents");
    private static final Set<String> ELASTICSEARCH = Set.of(
            "write.method",
            "elastic.security.protocol",
            "elastic.https.ssl.truststore.location",
            "elastic.https.ssl.truststore.type",
            "elastic.https.ssl.truststore.password");
    private static final Set<String> OPENSEARCH =
            Set.of("key.ignore.id.strategy", "index.write.method", "behavior.on.version.conflict");
    private static final Set<String> SPLUNK = Set.of(
            "splunk.hec.uri",
            "splunk.hec.token",
            "splunk.hec.ssl.validate.certs",
            "splunk.hec.ssl.trust.store.path",
            "splunk.hec.ssl.trust.store.password",
            "splunk.hec.raw",
            "splunk.hec.ack.enabled",
            "splunk.hec.track.data",
            "splunk.indexes",
            "splunk.sources",
            "splunk.sourcetypes");

    @ParameterizedTest
    @CsvSource({
        "elasticsearch-incidents.json, mail.incidents, ElasticsearchSinkConnector",
        "opensearch-alerts.json, mail.alerts, OpensearchSinkConnector",
        "splunk-alerts.json, mail.alerts, SplunkSinkConnector"
    })
    void an_example_has_documented_keys_and_reads_what_was_committed(String file, String topic, String connector)
            throws IOException {
        // When
        JsonNode config = JSON.readTree(FOLDER.resolve(file).toFile()).path("config");

        // Then
        assertThat(config.properties().stream().map(property -> property.getKey()))
                .isSubsetOf(documented(connector))
                .containsAll(ANY_SINK);
        assertThat(config.properties())
                .allSatisfy(
                        property -> assertThat(property.getValue().isTextual()).isTrue());
        assertThat(config.path("connector.class").asText()).endsWith("." + connector);
        assertThat(config.path("topics").asText()).isEqualTo(topic);
        assertThat(config.path("consumer.override.isolation.level").asText()).isEqualTo("read_committed");
        assertThat(Set.of(Topics.STANDARD.alerts(), Topics.STANDARD.incidents()))
                .contains(topic);
    }

    @Test
    void no_example_holds_a_secret_or_sends_one_in_the_clear() throws IOException {
        for (Path file : examples()) {
            JsonNode config = JSON.readTree(file.toFile()).path("config");
            config.properties().forEach(property -> {
                String value = property.getValue().asText();
                assertThat(value).doesNotContain("http://");
                if (property.getKey().endsWith("password") || property.getKey().endsWith("token")) {
                    assertThat(value)
                            .as(property.getKey())
                            .startsWith("${file:")
                            .endsWith("}");
                }
            });
        }
    }

    @Test
    void a_document_is_an_incident_by_its_key_or_a_record_by_its_place() throws IOException {
        JsonNode incidents = JSON.readTree(
                        FOLDER.resolve("elasticsearch-incidents.json").toFile())
                .path("config");
        JsonNode alerts =
                JSON.readTree(FOLDER.resolve("opensearch-alerts.json").toFile()).path("config");

        assertThat(incidents.path("key.ignore").asText()).isEqualTo("false");
        assertThat(incidents.path("key.converter").asText()).endsWith(".StringConverter");
        assertThat(incidents.path("behavior.on.null.values").asText()).isEqualTo("delete");
        assertThat(alerts.path("key.ignore").asText()).isEqualTo("true");
        assertThat(alerts.path("key.ignore.id.strategy").asText()).isEqualTo("topic.partition.offset");
    }

    @Test
    void every_example_is_tested_and_has_a_name_of_its_own() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : examples()) {
            assertThat(names.add(JSON.readTree(file.toFile()).path("name").asText()))
                    .isTrue();
        }
        assertThat(names)
                .containsExactly(
                        "postwarden-alerts-opensearch",
                        "postwarden-alerts-splunk",
                        "postwarden-incidents-elasticsearch");
    }

    private static Set<String> documented(String connector) {
        return switch (connector) {
            case "ElasticsearchSinkConnector" -> union(List.of(ANY_SINK, SEARCH, ELASTICSEARCH));
            case "OpensearchSinkConnector" -> union(List.of(ANY_SINK, SEARCH, OPENSEARCH));
            default -> union(List.of(ANY_SINK, SPLUNK));
        };
    }

    private static Set<String> union(List<Set<String>> sets) {
        return sets.stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    private static Set<Path> examples() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
