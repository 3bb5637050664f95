package postwarden.soc.stix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import postwarden.incident.Alert;
import postwarden.policy.Remark.Aspect;
import postwarden.soc.Actor;
import postwarden.soc.JsonParts;
import postwarden.soc.PlainText;
import postwarden.soc.Product;
import postwarden.soc.Technique;
import postwarden.soc.Transition;

/**
 * An alert as a STIX bundle: the incident, what was observed of whom, and, where it is an attack, the technique and its sighting;
 * where an attack comes from one address, an indicator of it too. Later records of an incident are newer versions of the same
 * objects.
 */
public final class StixBundle {
    static final String SPEC_VERSION = "2.1";

    /** Always with milliseconds, as the specification wants {@code created} and {@code modified} (section 3.2). */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant FIRST_RELEASE = Instant.parse("2026-11-21T00:00:00Z");
    private static final int MOST_LINES_COUNTED = 999_999_999;

    private final Alert alert;
    private final ArrayNode objects = JsonParts.array();
    private final Observables observables;
    private final String producer = StixId.own("identity", "producer");

    private StixBundle(Alert alert) {
        this.alert = alert;
        this.observables = Observables.of(alert.subject());
    }

    /** The bundle; the same alert gives the same one. */
    public static ObjectNode of(Alert alert) {
        StixBundle bundle = new StixBundle(alert);
        bundle.fill();
        ObjectNode json = JsonParts.object();
        json.put("type", "bundle").put("id", StixId.own("bundle", Transition.id(alert)));
        json.set("objects", bundle.objects);
        return json;
    }

    private void fill() {
        identity(producer, Product.NAME);
        observables.objects().forEach(objects::add);
        String incident = incident();
        String observed = observables.objects().isEmpty() ? "" : observedData();
        if (!observed.isEmpty()) {
            relationship(incident, "related-to", observed);
        }
        if (!alert.technique().isEmpty()) {
            attack(incident, observed);
        }
        if (!alert.parent().isEmpty()) {
            relationship(incident, "related-to", "incident--" + alert.parent());
        }
    }

    private void attack(String incident, String observed) {
        String technique = attackPattern();
        relationship(incident, "related-to", technique);
        String seen = technique;
        if (Actor.address(alert.subject().client()).isPresent()) {
            seen = indicator();
            relationship(seen, "indicates", technique);
        }
        sighting(seen, observed);
    }

    private void identity(String id, String name) {
        ObjectNode identity = fixed("identity", id);
        JsonParts.put(identity, "name", name);
        identity.put("identity_class", "system");
    }

    private String incident() {
        ObjectNode incident = versioned("incident", "incident--" + alert.incidentId());
        JsonParts.put(incident, "name", alert.title());
        JsonParts.put(incident, "description", alert.summary());
        incident.put("confidence", (int) Math.round(100 * alert.confidence()));
        incident.set(
                "labels",
                JsonParts.texts(List.of(
                        "state:" + alert.state().name().toLowerCase(Locale.ROOT),
                        "severity:" + alert.severity().name().toLowerCase(Locale.ROOT),
                        "detector:" + alert.detector(),
                        "cause:" + alert.cause(),
                        alert.resolution().isEmpty() ? "" : "resolution:" + alert.resolution(),
                        alert.feedback().of(Aspect.ACKNOWLEDGED).isPresent() ? "acknowledged" : "",
                        alert.feedback()
                                .of(Aspect.VERDICT)
                                .map(verdict -> "verdict:" + verdict.value())
                                .orElse(""))));
        ObjectNode reference = incident.putArray("external_references").addObject();
        reference.put("source_name", "postwarden").put("external_id", Transition.id(alert));
        return id(incident);
    }

    private String observedData() {
        ObjectNode observed = versioned("observed-data", StixId.own("observed-data", alert.incidentId()));
        observed.put("first_observed", TIME.format(alert.onset()));
        observed.put("last_observed", TIME.format(later(alert.onset(), alert.lastSeen())));
        observed.put("number_observed", seenAtLeast());
        ArrayNode refs = observed.putArray("object_refs");
        observables.objects().forEach(object -> refs.add(id(object)));
        return id(observed);
    }

    private String attackPattern() {
        Technique technique = Technique.of(alert.technique());
        ObjectNode pattern = fixed("attack-pattern", StixId.own("attack-pattern", technique.id()));
        pattern.put("name", technique.name().isEmpty() ? technique.id() : technique.name());
        pattern.putArray("external_references")
                .addObject()
                .put("source_name", "mitre-attack")
                .put("external_id", technique.id())
                .put("url", technique.page());
        ArrayNode phases = JsonParts.array();
        technique
                .tactics()
                .forEach(tactic -> phases.addObject()
                        .put("kill_chain_name", "mitre-attack")
                        .put(
                                "phase_name",
                                tactic.name().toLowerCase(Locale.ROOT).replace(' ', '-')));
        JsonParts.put(pattern, "kill_chain_phases", phases);
        return id(pattern);
    }

    /** The client's address, while the incident lasts: others may have it afterwards. */
    private String indicator() {
        String client = alert.subject().client();
        boolean ipv4 = client.indexOf(':') < 0;
        ObjectNode indicator = versioned("indicator", StixId.own("indicator", alert.incidentId()));
        JsonParts.put(indicator, "name", alert.detector() + " from " + client);
        indicator.putArray("indicator_types").add("malicious-activity");
        indicator.put("pattern", "[" + (ipv4 ? "ipv4-addr" : "ipv6-addr") + ":value = '" + client + "']");
        indicator.put("pattern_type", "stix").put("pattern_version", SPEC_VERSION);
        indicator.put("valid_from", TIME.format(alert.onset()));
        if (alert.isOver() && alert.resolvedAt().isAfter(alert.onset())) {
            indicator.put("valid_until", TIME.format(alert.resolvedAt()));
        }
        indicator.put("confidence", (int) Math.round(100 * alert.confidence()));
        return id(indicator);
    }

    private void sighting(String seen, String observed) {
        ObjectNode sighting = versioned("sighting", StixId.own("sighting", alert.incidentId()));
        sighting.put("first_seen", TIME.format(alert.onset()));
        sighting.put("last_seen", TIME.format(later(alert.onset(), alert.lastSeen())));
        sighting.put("count", seenAtLeast());
        sighting.put("sighting_of_ref", seen);
        if (!observed.isEmpty()) {
            sighting.putArray("observed_data_refs").add(observed);
        }
        String server = alert.subject().server();
        if (!server.isEmpty()) {
            String host = StixId.own("identity", "host", PlainText.wellFormed(server));
            identity(host, server);
            sighting.putArray("where_sighted_refs").add(host);
        }
    }

    private void relationship(String from, String type, String to) {
        ObjectNode relationship = versioned("relationship", StixId.own("relationship", from, type, to));
        relationship.put("relationship_type", type).put("source_ref", from).put("target_ref", to);
    }

    /** An object of the incident's, of which later records are newer versions. */
    private ObjectNode versioned(String type, String id) {
        // Two records of one pane have one time, and a newer version must bear a later one (section 3.6).
        Instant modified = later(alert.detectedAt(), Transition.time(alert)).plusMillis(alert.sequence() - 1L);
        return object(type, id, alert.detectedAt(), modified);
    }

    /** An object that no incident changes. */
    private ObjectNode fixed(String type, String id) {
        return object(type, id, FIRST_RELEASE, FIRST_RELEASE);
    }

    private ObjectNode object(String type, String id, Instant created, Instant modified) {
        ObjectNode object = objects.addObject();
        object.put("type", type).put("spec_version", SPEC_VERSION).put("id", id);
        if (!id.equals(producer)) {
            object.put("created_by_ref", producer);
        }
        return object.put("created", TIME.format(created)).put("modified", TIME.format(modified));
    }

    /** How often, as far as the record itself shows: its lines are examples, so this is a lower bound. */
    private int seenAtLeast() {
        return Math.min(MOST_LINES_COUNTED, Math.max(1, alert.evidence().size()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static String id(ObjectNode object) {
        return object.get("id").asText();
    }
}
