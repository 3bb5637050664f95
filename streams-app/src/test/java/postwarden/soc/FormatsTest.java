package postwarden.soc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.incident.AlertFixture;
import postwarden.soc.cef.CefLine;
import postwarden.soc.ecs.EcsEvent;
import postwarden.soc.ocsf.OcsfFinding;
import postwarden.soc.stix.StixBundle;

/** What holds for each format of JSON: every alert of the recordings, and every hostile one, is what the format's schema wants. */
class FormatsTest {
    /** A mapper and its schema. */
    enum Format {
        ECS("ecs-8.17.json"),
        OCSF("ocsf-1.5-detection-finding.json"),
        STIX("stix-2.1-bundle.json");

        private final String schema;

        Format(String schema) {
            this.schema = schema;
        }

        ObjectNode map(Alert alert) {
            return switch (this) {
                case ECS -> EcsEvent.of(alert);
                case OCSF -> OcsfFinding.of(alert);
                case STIX -> StixBundle.of(alert);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_alert_fits_the_schema(Format format) {
        // Given
        Schema schema = Schemas.of(format.schema);

        // When, Then
        assertThat(RealAlerts.recorded()).hasSizeGreaterThan(10);
        assertThat(RealAlerts.all())
                .allSatisfy(alert -> assertThat(Schemas.wrong(schema, format.map(alert)))
                        .as("%s of %s", format, alert.title())
                        .isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void the_schema_refuses_what_is_wrong(Format format) {
        // Given
        Schema schema = Schemas.of(format.schema);
        ObjectNode wrong = format.map(RealAlerts.recorded().get(0));

        // When
        wrong.put("surely_no_field", 1);

        // Then
        assertThat(Schemas.wrong(schema, wrong)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_missing_identifier_is_seen_by_the_schema(Format format) {
        // Given
        ObjectNode wrong = format.map(RealAlerts.recorded().get(0));

        // When
        switch (format) {
            case ECS -> ((ObjectNode) wrong.get("event")).remove("id");
            case OCSF -> ((ObjectNode) wrong.get("finding_info")).remove("uid");
            case STIX -> ((ObjectNode) wrong.get("objects").get(0)).put("id", "identity--1");
        }

        // Then
        assertThat(Schemas.wrong(Schemas.of(format.schema), wrong)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_same_alert_gives_the_same_text_without_half_characters(Format format) {
        assertThat(RealAlerts.all()).allSatisfy(alert -> {
            String text = format.map(alert).toString();
            assertThat(text).isEqualTo(format.map(alert).toString());
            assertThat(text.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
        });
    }

    @Test
    void what_operators_said_stands_where_each_format_has_a_place() {
        Alert alert = AlertFixture.fullySaidOf(RealAlerts.recorded().get(0), "ben", "a backup");

        ObjectNode ocsf = OcsfFinding.of(alert);
        assertThat(ocsf.path("verdict_id").asInt()).isEqualTo(1);
        assertThat(ocsf.path("verdict").asText()).isEqualTo("False Positive");
        assertThat(ocsf.path("assignee").path("name").asText()).isEqualTo("ben");
        assertThat(ocsf.path("comment").asText()).isEqualTo("a backup");
        assertThat(ocsf.at("/metadata/profiles/0").asText()).isEqualTo("incident");
        JsonNode ecs = EcsEvent.of(alert).at("/postwarden/feedback");
        assertThat(ecs.path("verdict").path("value").asText()).isEqualTo("false");
        assertThat(ecs.path("acknowledged").path("by").asText()).isEqualTo("ben");
        assertThat(StixBundle.of(alert).toString()).contains("\"verdict:false\"", "\"acknowledged\"");
        assertThat(CefLine.of(alert))
                .contains(
                        "flexString1=false (a backup) ",
                        "flexString1Label=verdict",
                        "flexString2=Acknowledged by ben at 2026-11-22T03:00:07.123Z; Assigned to ben by ben");
    }

    @Test
    void severities_rise_in_every_format() {
        Map<Severity, List<Integer>> figures = new HashMap<>();
        for (Alert alert : RealAlerts.all()) {
            figures.put(
                    alert.severity(),
                    List.of(
                            EcsEvent.of(alert).path("event").path("severity").asInt(),
                            OcsfFinding.of(alert).path("severity_id").asInt()));
        }
        assertThat(figures.keySet()).hasSizeGreaterThanOrEqualTo(3);
        figures.forEach((one, figure) -> figures.forEach((other, higher) -> {
            if (one.compareTo(other) < 0) {
                assertThat(figure.get(0)).isLessThan(higher.get(0));
                assertThat(figure.get(1)).isLessThan(higher.get(1));
            }
        }));
    }

    @Test
    void an_incident_keeps_its_id_and_its_end_is_told_as_an_end() {
        // Given
        Alert end =
                RealAlerts.recorded().stream().filter(Alert::isOver).findFirst().orElseThrow();
        Alert begin = RealAlerts.recorded().stream()
                .filter(alert -> alert.incidentId().equals(end.incidentId()))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(begin.state()).isEqualTo(Alert.State.OPEN);
        assertThat(EcsEvent.of(end).path("postwarden").path("incident_id").asText())
                .isEqualTo(begin.incidentId())
                .isEqualTo(
                        OcsfFinding.of(begin).path("finding_info").path("uid").asText());
        assertThat(EcsEvent.of(end).path("event").path("action").asText()).isEqualTo("incident-resolved");
        assertThat(OcsfFinding.of(begin).path("type_uid").asInt()).isEqualTo(200401);
        assertThat(OcsfFinding.of(end).path("type_uid").asInt()).isEqualTo(200403);
        assertThat(OcsfFinding.of(end).path("status_id").asInt()).isEqualTo(4);
        assertThat(ids(StixBundle.of(end))).containsAll(Set.of("incident--" + begin.incidentId()));
    }

    @Test
    void references_in_a_bundle_lead_to_its_objects_or_to_another_incident() {
        assertThat(RealAlerts.all()).allSatisfy(alert -> {
            ObjectNode bundle = StixBundle.of(alert);
            Set<String> ids = ids(bundle);
            assertThat(ids).hasSameSizeAs(bundle.path("objects"));
            for (JsonNode object : bundle.path("objects")) {
                assertThat(references(object))
                        .allSatisfy(reference -> assertThat(
                                        ids.contains(reference) || reference.equals("incident--" + alert.parent()))
                                .as(reference)
                                .isTrue());
            }
        });
    }

    @Test
    void a_later_record_is_a_newer_version_of_the_same_objects() {
        Map<String, String> newest = new HashMap<>();
        for (Alert alert : RealAlerts.recorded()) {
            for (JsonNode object : StixBundle.of(alert).path("objects")) {
                String type = object.path("type").asText();
                if (type.equals("incident") || type.equals("indicator") || type.equals("sighting")) {
                    String modified = object.path("modified").asText();
                    String before = newest.put(object.path("id").asText(), modified);
                    assertThat(modified).isGreaterThan(before == null ? "" : before);
                    assertThat(modified)
                            .isGreaterThanOrEqualTo(object.path("created").asText());
                }
            }
        }
        assertThat(newest).hasSizeGreaterThan(10);
    }

    @Test
    void everybodys_address_has_the_same_id_as_in_the_specifications_rules() {
        // The UUIDv5 in the namespace of STIX 2.1, section 2.9, of {"value":"203.0.113.177"}, made by another program.
        assertThat(RealAlerts.recorded().stream()
                        .filter(alert -> alert.subject().client().equals("203.0.113.177"))
                        .flatMap(alert -> ids(StixBundle.of(alert)).stream())
                        .filter(id -> id.startsWith("ipv4-addr--")))
                .isNotEmpty()
                .allMatch("ipv4-addr--1a4142bd-878e-5fcb-8260-99894fef7ab1"::equals);
    }

    @Test
    void every_technique_that_a_detector_names_is_known_with_its_tactics() throws IOException {
        // Given
        Pattern literal = Pattern.compile("\"(T\\d{4}(?:\\.\\d{3})?)\"");
        Set<String> named = new TreeSet<>();
        try (var sources = Files.walk(Path.of("src/main/java/postwarden/detect"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher found = literal.matcher(Files.readString(source));
                while (found.find()) {
                    named.add(found.group(1));
                }
            }
        }

        // Then
        assertThat(named).hasSizeGreaterThan(5).allSatisfy(id -> {
            assertThat(Technique.of(id).name()).as(id).isNotEmpty();
            assertThat(Technique.of(id).tactics()).as(id).isNotEmpty();
            assertThat(Technique.of(id).parent().name()).as(id).isNotEmpty();
        });
    }

    private static Set<String> ids(ObjectNode bundle) {
        Set<String> ids = new HashSet<>();
        bundle.path("objects").forEach(object -> ids.add(object.path("id").asText()));
        return ids;
    }

    private static Set<String> references(JsonNode object) {
        Set<String> references = new HashSet<>();
        object.properties().forEach(property -> {
            if (property.getKey().endsWith("_ref")) {
                references.add(property.getValue().asText());
            } else if (property.getKey().endsWith("_refs")) {
                property.getValue().forEach(reference -> references.add(reference.asText()));
            }
        });
        return references;
    }
}
