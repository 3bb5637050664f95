package postwarden.soc.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.incident.Alert;
import postwarden.soc.Actor;
import postwarden.soc.JsonParts;
import postwarden.soc.Product;
import postwarden.soc.Technique;
import postwarden.soc.Transition;

/**
 * An alert as an event of the Elastic Common Schema. What the schema has no field for stands under {@code postwarden}, which it
 * leaves to products ("custom fields": a proper name as the root).
 */
public final class EcsEvent {
    static final String ECS_VERSION = "8.17.0";

    private EcsEvent() {}

    /** The event; the same alert gives the same one. */
    public static ObjectNode of(Alert alert) {
        ObjectNode ecs = JsonParts.object();
        ecs.put("@timestamp", Transition.time(alert).toString());
        ecs.putObject("ecs").put("version", ECS_VERSION);
        JsonParts.put(ecs, "message", alert.title());
        ecs.set("event", event(alert));
        ecs.set("rule", rule(alert));
        ecs.putObject("observer")
                .put("vendor", Product.VENDOR)
                .put("product", Product.NAME)
                .put("version", Product.VERSION);
        ecs.putObject("organization").put("id", alert.tenant());
        putSubject(ecs, alert.subject());
        JsonParts.put(ecs, "related", related(alert.subject()));
        JsonParts.put(ecs, "threat", threat(alert.technique()));
        ecs.set("postwarden", EcsDetails.of(alert));
        return ecs;
    }

    private static ObjectNode event(Alert alert) {
        ObjectNode event = JsonParts.object();
        event.put("kind", "alert");
        ArrayNode category = event.putArray("category");
        category.add("email");
        if (!alert.technique().isEmpty()) {
            category.add("intrusion_detection");
        }
        event.putArray("type").add("info");
        event.put("id", Transition.id(alert));
        event.put("code", alert.detector());
        event.put("action", Transition.action(alert));
        event.put("module", "postwarden");
        event.put("dataset", "postwarden.alerts");
        event.put("provider", "postwarden");
        event.put("sequence", alert.sequence());
        event.put("severity", severity(alert.severity()));
        event.put("risk_score", severity(alert.severity()) * alert.confidence());
        JsonParts.put(event, "reason", alert.summary());
        event.put("created", alert.detectedAt().toString());
        event.put("start", alert.onset().toString());
        Instant end = alert.isOver() ? alert.resolvedAt() : alert.lastSeen();
        event.put("end", end.toString());
        return event;
    }

    /** The figures that Elastic's own detections have for low to critical, and below them one for what nobody need look at. */
    static int severity(Severity severity) {
        return switch (severity) {
            case INFO -> 1;
            case LOW -> 21;
            case MEDIUM -> 47;
            case HIGH -> 73;
            case CRITICAL -> 99;
        };
    }

    private static ObjectNode rule(Alert alert) {
        ObjectNode rule = JsonParts.object();
        rule.put("id", alert.detector());
        rule.put("name", alert.detector());
        rule.put("version", Integer.toString(alert.detectorVersion()));
        JsonParts.put(rule, "category", alert.cause());
        rule.put("ruleset", "postwarden");
        return rule;
    }

    private static void putSubject(ObjectNode ecs, Subject subject) {
        if (!subject.server().isEmpty()) {
            JsonParts.put(ecs.putObject("host"), "name", subject.server());
        }
        if (!subject.client().isEmpty()) {
            putEndpoint(ecs.putObject("source"), subject.client());
        }
        if (!subject.destination().isEmpty()) {
            putEndpoint(ecs.putObject("destination"), subject.destination());
        }
        if (!subject.account().isEmpty()) {
            ObjectNode user = ecs.putObject("user");
            JsonParts.put(user, "name", subject.account());
            if (Actor.isMailbox(subject.account())) {
                user.put("email", subject.account());
            }
        }
        putMail(ecs, subject);
        if (!subject.script().isEmpty()) {
            JsonParts.put(ecs.putObject("file"), "path", subject.script());
        }
    }

    private static void putEndpoint(ObjectNode endpoint, String name) {
        JsonParts.put(endpoint, "address", name);
        if (Actor.address(name).isPresent()) {
            endpoint.put("ip", name);
        } else if (Actor.isDomain(name)) {
            endpoint.put("domain", name);
        }
    }

    private static void putMail(ObjectNode ecs, Subject subject) {
        ObjectNode email = JsonParts.object();
        if (!subject.sender().isEmpty()) {
            email.putObject("from").set("address", JsonParts.texts(List.of(subject.sender())));
        }
        if (!subject.recipient().isEmpty()) {
            email.putObject("to").set("address", JsonParts.texts(List.of(subject.recipient())));
        }
        JsonParts.put(ecs, "email", email);
    }

    private static ObjectNode related(Subject subject) {
        ObjectNode related = JsonParts.object();
        List<String> ends = List.of(subject.client(), subject.destination());
        JsonParts.put(
                related,
                "ip",
                JsonParts.texts(ends.stream()
                        .filter(name -> Actor.address(name).isPresent())
                        .toList()));
        JsonParts.put(
                related,
                "hosts",
                JsonParts.texts(
                        Stream.concat(Stream.of(subject.server()), ends.stream().filter(Actor::isDomain))
                                .toList()));
        JsonParts.put(
                related, "user", JsonParts.texts(List.of(subject.account(), subject.sender(), subject.recipient())));
        return related;
    }

    private static ObjectNode threat(String id) {
        ObjectNode threat = JsonParts.object();
        if (id.isEmpty()) {
            return threat;
        }
        Technique technique = Technique.of(id);
        threat.put("framework", "MITRE ATT&CK");
        threat.set("technique", named(technique.parent()));
        if (technique.isSub()) {
            ((ObjectNode) threat.get("technique")).set("subtechnique", named(technique));
        }
        if (!technique.tactics().isEmpty()) {
            ObjectNode tactic = threat.putObject("tactic");
            tactic.set(
                    "id",
                    JsonParts.texts(technique.tactics().stream()
                            .map(Technique.Tactic::id)
                            .toList()));
            tactic.set(
                    "name",
                    JsonParts.texts(technique.tactics().stream()
                            .map(Technique.Tactic::name)
                            .toList()));
            tactic.set(
                    "reference",
                    JsonParts.texts(technique.tactics().stream()
                            .map(Technique.Tactic::page)
                            .toList()));
        }
        return threat;
    }

    /** The schema says of each of these that it is an array. */
    private static ObjectNode named(Technique technique) {
        ObjectNode named = JsonParts.object();
        named.set("id", JsonParts.texts(List.of(technique.id())));
        JsonParts.put(named, "name", JsonParts.texts(List.of(technique.name())));
        named.set("reference", JsonParts.texts(List.of(technique.page())));
        return named;
    }
}
