package postwarden.soc.ocsf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.policy.Remark.Aspect;
import postwarden.policy.Remarks;
import postwarden.soc.JsonParts;
import postwarden.soc.Product;
import postwarden.soc.Technique;
import postwarden.soc.Transition;

/** An alert as an event of OCSF's class Detection Finding (2004): create, update and close of one finding. */
public final class OcsfFinding {
    static final String OCSF_VERSION = "1.5.0";

    private static final int CATEGORY_FINDINGS = 2;
    private static final int CLASS_DETECTION_FINDING = 2004;
    private static final int ACTIVITIES_A_CLASS = 100;
    /** Statistics over windows, held against a learned baseline. */
    private static final int ANALYTIC_STATISTICAL = 3;

    private OcsfFinding() {}

    /** The event; the same alert gives the same one. */
    public static ObjectNode of(Alert alert) {
        ObjectNode event = JsonParts.object();
        Activity activity = Activity.of(alert.state());
        event.put("category_uid", CATEGORY_FINDINGS).put("category_name", "Findings");
        event.put("class_uid", CLASS_DETECTION_FINDING).put("class_name", "Detection Finding");
        event.put("activity_id", activity.id).put("activity_name", activity.caption);
        event.put("type_uid", CLASS_DETECTION_FINDING * ACTIVITIES_A_CLASS + activity.id);
        event.put("type_name", "Detection Finding: " + activity.caption);
        event.put("time", Transition.time(alert).toEpochMilli());
        event.put("start_time", alert.onset().toEpochMilli());
        event.put("end_time", (alert.isOver() ? alert.resolvedAt() : alert.lastSeen()).toEpochMilli());
        putSeverity(event, alert.severity());
        event.put("status_id", activity.statusId).put("status", activity.status);
        JsonParts.put(event, "status_detail", alert.resolution());
        putConfidence(event, alert.confidence());
        event.put("is_alert", !alert.isOver());
        JsonParts.put(event, "message", alert.title());
        event.set("metadata", metadata(alert));
        event.set("finding_info", findingInfo(alert));
        JsonParts.put(event, "resources", Involved.resources(alert.subject()));
        JsonParts.put(event, "observables", Involved.observables(alert.subject()));
        JsonParts.put(event, "evidences", Involved.evidences(alert));
        JsonParts.put(event, "remediation", Involved.remediation(alert));
        putFeedback(event, alert.feedback());
        event.set("unmapped", unmapped(alert));
        return event;
    }

    /** In the fields of the incident profile; who has acknowledged has none. */
    private static void putFeedback(ObjectNode event, Remarks feedback) {
        feedback.of(Aspect.VERDICT).ifPresent(remark -> {
            Verdict verdict = Verdict.of(remark.value());
            event.put("verdict_id", verdict.id).put("verdict", verdict.caption);
            JsonParts.put(event, "comment", remark.reason());
        });
        feedback.of(Aspect.ASSIGNED)
                .ifPresent(remark -> JsonParts.put(event.putObject("assignee"), "name", remark.value()));
    }

    /** What operators call it, in the profile's words. */
    private enum Verdict {
        FALSE(1, "False Positive"),
        TRUE(2, "True Positive"),
        BENIGN(5, "Benign"),
        OTHER(99, "Other");

        private final int id;
        private final String caption;

        Verdict(int id, String caption) {
            this.id = id;
            this.caption = caption;
        }

        static Verdict of(String value) {
            return switch (value) {
                case "true" -> TRUE;
                case "false" -> FALSE;
                case "benign" -> BENIGN;
                default -> OTHER;
            };
        }
    }

    /** What happened to the finding, and how it is since. */
    private enum Activity {
        CREATE(1, "Create", 1, "New"),
        UPDATE(2, "Update", 2, "In Progress"),
        CLOSE(3, "Close", 4, "Resolved");

        private final int id;
        private final String caption;
        private final int statusId;
        private final String status;

        Activity(int id, String caption, int statusId, String status) {
            this.id = id;
            this.caption = caption;
            this.statusId = statusId;
            this.status = status;
        }

        static Activity of(Alert.State state) {
            return switch (state) {
                case OPEN -> CREATE;
                case UPDATED -> UPDATE;
                case RESOLVED -> CLOSE;
            };
        }
    }

    private static void putSeverity(ObjectNode event, Severity severity) {
        switch (severity) {
            case INFO -> event.put("severity_id", 1).put("severity", "Informational");
            case LOW -> event.put("severity_id", 2).put("severity", "Low");
            case MEDIUM -> event.put("severity_id", 3).put("severity", "Medium");
            case HIGH -> event.put("severity_id", 4).put("severity", "High");
            case CRITICAL -> event.put("severity_id", 5).put("severity", "Critical");
        }
    }

    private static void putConfidence(ObjectNode event, double confidence) {
        int score = (int) Math.round(100 * confidence);
        event.put("confidence_score", score);
        int id = score < 50 ? 1 : score < 80 ? 2 : 3;
        event.put("confidence_id", id).put("confidence", id == 1 ? "Low" : id == 2 ? "Medium" : "High");
    }

    private static ObjectNode metadata(Alert alert) {
        ObjectNode metadata = JsonParts.object();
        metadata.put("version", OCSF_VERSION);
        metadata.putObject("product")
                .put("vendor_name", Product.VENDOR)
                .put("name", Product.NAME)
                .put("version", Product.VERSION);
        metadata.put("uid", Transition.id(alert));
        metadata.put("correlation_uid", alert.parent().isEmpty() ? alert.incidentId() : alert.parent());
        metadata.put("event_code", alert.detector());
        metadata.put("sequence", alert.sequence());
        metadata.put("tenant_uid", alert.tenant());
        if (!alert.feedback().isEmpty()) {
            metadata.putArray("profiles").add("incident");
        }
        return metadata;
    }

    private static ObjectNode findingInfo(Alert alert) {
        ObjectNode finding = JsonParts.object();
        finding.put("uid", alert.incidentId());
        JsonParts.put(finding, "title", alert.title());
        JsonParts.put(finding, "desc", alert.summary());
        finding.put("created_time", alert.detectedAt().toEpochMilli());
        finding.put("modified_time", Transition.time(alert).toEpochMilli());
        finding.put("first_seen_time", alert.onset().toEpochMilli());
        finding.put("last_seen_time", alert.lastSeen().toEpochMilli());
        finding.set(
                "types",
                JsonParts.texts(
                        alert.causes().isEmpty()
                                ? List.of(alert.cause())
                                : alert.causes().stream()
                                        .map(cause -> cause.name())
                                        .toList()));
        finding.putObject("analytic")
                .put("type_id", ANALYTIC_STATISTICAL)
                .put("type", "Statistical")
                .put("uid", alert.detector())
                .put("name", alert.detector())
                .put("version", Integer.toString(alert.detectorVersion()));
        JsonParts.put(finding, "attacks", attacks(alert.technique()));
        ArrayNode related = JsonParts.array();
        alert.children().forEach(child -> related.addObject().put("uid", child).put("type", "child"));
        JsonParts.put(finding, "related_events", related);
        return finding;
    }

    /** One attack, with all the tactics that its technique may serve. */
    private static ArrayNode attacks(String id) {
        ArrayNode attacks = JsonParts.array();
        if (id.isEmpty()) {
            return attacks;
        }
        Technique technique = Technique.of(id);
        ObjectNode attack = attacks.addObject();
        attack.put("version", Technique.ATTACK_VERSION);
        attack.set(
                "technique",
                named(
                        technique.parent().id(),
                        technique.parent().name(),
                        technique.parent().page()));
        if (technique.isSub()) {
            attack.set("sub_technique", named(technique.id(), technique.name(), technique.page()));
        }
        ArrayNode tactics = JsonParts.array();
        technique.tactics().forEach(tactic -> tactics.add(named(tactic.id(), tactic.name(), tactic.page())));
        JsonParts.put(attack, "tactics", tactics);
        return attacks;
    }

    private static ObjectNode named(String id, String name, String page) {
        ObjectNode named = JsonParts.object();
        named.put("uid", id);
        JsonParts.put(named, "name", name);
        named.put("src_url", page);
        return named;
    }

    /** OCSF's own place for what no attribute holds. */
    private static ObjectNode unmapped(Alert alert) {
        ObjectNode unmapped = JsonParts.object();
        JsonParts.put(unmapped, "cause", alert.cause());
        unmapped.set("measures", JsonParts.numbers(alert.measures()));
        unmapped.set("thresholds", JsonParts.numbers(alert.thresholds()));
        JsonParts.put(unmapped, "parent", alert.parent());
        unmapped.put("counts_are_lower_bounds", alert.countsAreLowerBounds());
        JsonParts.put(unmapped, "blind_spots", JsonParts.texts(alert.blindSpots()));
        JsonParts.put(unmapped, "config_digest", alert.configDigest());
        alert.feedback()
                .of(Aspect.ACKNOWLEDGED)
                .ifPresent(remark -> JsonParts.put(unmapped, "acknowledged", remark.sentence()));
        return unmapped;
    }
}
