package postwarden.soc.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import postwarden.incident.Alert;
import postwarden.soc.JsonParts;

/** What the common schema has no field for: the incident's state and kin, its causes, numbers, lines and remedies. */
final class EcsDetails {
    private EcsDetails() {}

    static ObjectNode of(Alert alert) {
        ObjectNode own = JsonParts.object();
        own.put("incident_id", alert.incidentId());
        own.put("state", alert.state().name());
        own.put("severity", alert.severity().name());
        own.put("confidence", alert.confidence());
        JsonParts.put(own, "resolution", alert.resolution());
        JsonParts.put(own, "cause", alert.cause());
        JsonParts.put(own, "causes", causes(alert));
        JsonParts.put(own, "measures", JsonParts.numbers(alert.measures()));
        JsonParts.put(own, "thresholds", JsonParts.numbers(alert.thresholds()));
        JsonParts.put(own, "evidence", evidence(alert));
        JsonParts.put(own, "advice", advice(alert));
        JsonParts.put(own, "parent", alert.parent());
        JsonParts.put(own, "children", JsonParts.texts(alert.children()));
        own.put("counts_are_lower_bounds", alert.countsAreLowerBounds());
        JsonParts.put(own, "blind_spots", JsonParts.texts(alert.blindSpots()));
        JsonParts.put(own, "config_digest", alert.configDigest());
        JsonParts.put(own, "feedback", feedback(alert));
        return own;
    }

    private static ObjectNode feedback(Alert alert) {
        ObjectNode feedback = JsonParts.object();
        alert.feedback().byAspect().forEach((aspect, remark) -> {
            ObjectNode one = feedback.putObject(aspect.wireName());
            JsonParts.put(one, "value", remark.value());
            JsonParts.put(one, "by", remark.by());
            one.put("at", remark.at().toString());
            JsonParts.put(one, "reason", remark.reason());
        });
        return feedback;
    }

    private static ArrayNode causes(Alert alert) {
        ArrayNode causes = JsonParts.array();
        alert.causes().forEach(cause -> {
            ObjectNode one = causes.addObject();
            JsonParts.put(one, "name", cause.name());
            one.put("weight", cause.weight());
            JsonParts.put(one, "because", cause.because());
        });
        return causes;
    }

    private static ArrayNode evidence(Alert alert) {
        ArrayNode evidence = JsonParts.array();
        alert.evidence().forEach(line -> {
            ObjectNode one = evidence.addObject();
            JsonParts.put(one, "host", line.host());
            JsonParts.put(one, "file", line.file());
            one.put("offset", line.offset());
            one.put("time", line.time().toString());
            JsonParts.put(one, "text", line.text());
        });
        return evidence;
    }

    private static ArrayNode advice(Alert alert) {
        ArrayNode advice = JsonParts.array();
        alert.advice().forEach(remedy -> {
            ObjectNode one = advice.addObject();
            JsonParts.put(one, "title", remedy.title());
            JsonParts.put(one, "steps", JsonParts.texts(remedy.steps()));
            JsonParts.put(one, "verify", remedy.verify());
            JsonParts.put(one, "rollback", remedy.rollback());
            JsonParts.put(one, "never", JsonParts.texts(remedy.never()));
        });
        return advice;
    }
}
