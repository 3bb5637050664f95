package postwarden.e2e.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rules and dashboards that ship with the project. */
final class Rules {
    static final Path PROMETHEUS = Path.of("..", "prometheus");
    static final Path GRAFANA = Path.of("..", "grafana");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();

    private Rules() {}

    static JsonNode yaml(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    /** Every rule of every rule file. */
    static List<JsonNode> all() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        for (Path file : files(PROMETHEUS, ".rules.yml")) {
            for (JsonNode group : yaml(file).path("groups")) {
                group.path("rules").forEach(rules::add);
            }
        }
        return rules;
    }

    /** Every dashboard by its file's name. */
    static Map<String, JsonNode> dashboards() throws IOException {
        Map<String, JsonNode> dashboards = new TreeMap<>();
        for (Path file : files(GRAFANA.resolve("dashboards"), ".json")) {
            dashboards.put(file.toFile().getName(), JSON.readTree(file.toFile()));
        }
        return dashboards;
    }

    /** Every query of rules and dashboards, by where it stands. */
    static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        for (JsonNode rule : all()) {
            queries.put(
                    "rule " + rule.path("alert").asText() + rule.path("record").asText(),
                    rule.path("expr").asText());
        }
        dashboards().forEach((file, dashboard) -> {
            for (JsonNode panel : dashboard.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    String where = file + ", " + panel.path("title").asText() + ", "
                            + target.path("refId").asText();
                    queries.put(where, target.path("expr").asText());
                }
            }
            for (JsonNode variable : dashboard.path("templating").path("list")) {
                if (variable.path("type").asText().equals("query")) {
                    queries.put(
                            file + ", $" + variable.path("name").asText(),
                            variable.path("query").asText());
                }
            }
        });
        return queries;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
