package postwarden.e2e.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running service and a running agent: what they show, and whether everything that asks for it asks for what there is. */
@Timeout(600)
class MetricsTest {
    /** What Prometheus itself adds: to each sample, and as samples. */
    private static final Set<String> TARGET = Set.of("job", "instance");

    private static final Map<String, Set<String>> BUILT_IN =
            Map.of("up", TARGET, "ALERTS", Set.of("job", "instance", "alertname", "alertstate", "severity"));
    /** Labels that our own meters may have: none of them names what a stranger can choose; files are the producer's, and bounded. */
    private static final Set<String> OWN_LABELS = Set.of(
            "outcome",
            "stage",
            "daemon",
            "watch",
            "fate",
            "detector",
            "severity",
            "state",
            "since",
            "le",
            "partition",
            "version",
            "java",
            "cause",
            "left",
            "file",
            "probe");

    @TempDir
    private static Path folder = Path.of("");

    private static Exposed service = Exposed.none();
    private static Exposed agent = Exposed.none();
    private static String textfile = "";
    private static long lines;

    @BeforeAll
    static void measure() throws IOException, ExecutionException, InterruptedException {
        try (Programs programs = Programs.start(folder)) {
            programs.awaitAlert();
            service = programs.service();
            agent = programs.agent();
            lines = programs.lines();
            textfile = Files.readString(folder.resolve("agent.prom"));
        }
    }

    @Test
    void every_query_of_rules_and_dashboards_asks_for_what_is_shown() throws IOException {
        // Given
        Map<String, Set<String>> known = new HashMap<>(service.and(agent).labels());
        known.putAll(BUILT_IN);
        recorded(known);

        // When
        List<String> wrong = new ArrayList<>();
        Rules.queries().forEach((where, query) -> wrong.addAll(objections(where, Query.of(query), known)));

        // Then
        assertThat(Rules.queries()).hasSizeGreaterThan(60);
        assertThat(wrong).isEmpty();
    }

    /** What rules record is there too, with the labels that they group by. */
    private static void recorded(Map<String, Set<String>> known) throws IOException {
        for (JsonNode rule : Rules.all()) {
            if (rule.has("record")) {
                known.put(
                        rule.path("record").asText(),
                        Query.of(rule.path("expr").asText()).grouping());
            }
        }
    }

    private static List<String> objections(String where, Query query, Map<String, Set<String>> known) {
        List<String> wrong = new ArrayList<>();
        Set<String> labels = new HashSet<>(TARGET);
        if (query.selectors().isEmpty()) {
            wrong.add(where + ": asks for no metric");
        }
        for (Query.Selector selector : query.selectors()) {
            Set<String> has = new TreeSet<>(known.getOrDefault(selector.metric(), Set.of()));
            has.addAll(TARGET);
            labels.addAll(has);
            if (!known.containsKey(selector.metric())) {
                wrong.add(where + ": nothing shows " + selector.metric());
            } else {
                selector.labels().stream()
                        .filter(label -> !has.contains(label))
                        .forEach(label -> wrong.add(where + ": " + selector.metric() + " has no label " + label));
            }
        }
        query.grouping().stream()
                .filter(label -> !labels.contains(label))
                .forEach(label -> wrong.add(where + ": nothing in it has the label " + label));
        return wrong;
    }

    @Test
    void the_table_names_every_meter_of_ours_with_its_type_and_labels_and_no_other() throws IOException {
        // Given
        Exposed all = service.and(agent);
        Map<String, Set<String>> labels = all.labels();
        Set<String> shown = all.types().entrySet().stream()
                .filter(family -> isOurs(family.getKey()))
                .map(family -> row(family.getKey(), family.getValue(), labels))
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        Set<String> told = Files.readAllLines(Rules.PROMETHEUS.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| `postwarden_") || line.startsWith("| `producer_"))
                .map(line -> Stream.of(line.split("\\|"))
                        .skip(1)
                        .limit(3)
                        .map(String::strip)
                        .collect(Collectors.joining(" | ")))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(told).containsExactlyElementsOf(shown);
    }

    private static boolean isOurs(String name) {
        return name.startsWith("postwarden_") || name.startsWith("producer_");
    }

    private static String row(String name, String type, Map<String, Set<String>> labels) {
        Set<String> own =
                new TreeSet<>(labels.getOrDefault(type.equals("histogram") ? name + "_bucket" : name, Set.of()));
        own.remove("le");
        return "`" + name + "` | " + type + " | "
                + own.stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    }

    @Test
    void no_label_names_a_host_an_address_or_an_account() {
        assertThat(service.and(agent).samples().stream().filter(sample -> isOurs(sample.name())))
                .isNotEmpty()
                .allSatisfy(sample -> {
                    assertThat(OWN_LABELS).containsAll(sample.labels().keySet());
                    assertThat(sample.labels().values())
                            .noneMatch(value -> value.equals("mx1") || value.equals("mx2") || value.contains("@"));
                });
        assertThat(service.samples()).as("series of one instance").hasSizeLessThan(4000);
    }

    @Test
    void what_was_read_is_what_was_sent_and_each_stage_hands_on_all_of_it() {
        assertThat(service.sum("postwarden_records_unaccounted")).isZero();
        assertThat(service.sum("postwarden_records_read_total")).isEqualTo(service.sum("postwarden_records_total"));
        assertThat(service.sum("postwarden_records_read_total"))
                .isBetween(agent.sum("producer_lines_total"), (double) lines);
        assertThat(service.sum("postwarden_records_total", "outcome", "counted")
                        + service.sum("postwarden_records_total", "outcome", "late"))
                .isEqualTo(agent.sum("producer_lines_total"));
        assertThat(service.sum("postwarden_reports_taken_total")).isPositive();
        assertThat(service.sum("postwarden_records_missed_total")).isZero();
        assertThat(agent.sum("producer_records_unaccounted")).isZero();
    }

    @Test
    void what_was_found_was_told_and_the_time_that_it_took_was_measured() {
        double opened = service.sum("postwarden_alerts_total", "state", "OPEN");
        assertThat(opened).isPositive();
        assertThat(service.sum("postwarden_findings_total", "detector", "connection-flood"))
                .isPositive();
        assertThat(service.sum("postwarden_incidents_total", "state", "OPEN")).isEqualTo(opened);
        assertThat(service.sum("postwarden_alert_delay_seconds_count", "since", "line"))
                .isEqualTo(opened);
        assertThat(service.sum("postwarden_alert_delay_seconds_count", "since", "detection"))
                .isEqualTo(opened);
        assertThat(service.sum("postwarden_ready")).isEqualTo(1);
        assertThat(service.sum("postwarden_rocks_memory_bytes")).isPositive();
    }

    /** node_exporter refuses a textfile that names what it names itself. */
    @Test
    void the_textfile_has_the_same_meters_and_none_of_node_exporters() {
        // When
        Exposed written = Exposed.in(textfile);

        // Then
        assertThat(written.types().keySet())
                .containsAll(agent.types().keySet().stream()
                        .filter(MetricsTest::isOurs)
                        .toList());
        assertThat(written.labels().keySet())
                .noneMatch(name -> name.startsWith("node_") || name.startsWith("go_") || name.startsWith("promhttp_"))
                .doesNotContain(
                        "process_cpu_seconds_total",
                        "process_max_fds",
                        "process_open_fds",
                        "process_resident_memory_bytes",
                        "process_start_time_seconds",
                        "process_virtual_memory_bytes",
                        "process_virtual_memory_max_bytes");
    }

    @Test
    void a_wrong_name_or_label_is_found() {
        // Given
        Map<String, Set<String>> known = new TreeMap<>(Map.of("a", Set.of("b")));

        // When
        List<String> wrong = objections("here", Query.of("sum by (x) (a{c=\"1\"}) / no_such_metric"), known);

        // Then
        assertThat(wrong)
                .containsExactlyInAnyOrder(
                        "here: a has no label c",
                        "here: nothing shows no_such_metric",
                        "here: nothing in it has the label x");
    }
}
