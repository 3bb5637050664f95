package postwarden.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.incident.Alert;
import postwarden.soc.Actor;
import postwarden.soc.JsonParts;
import postwarden.soc.PlainText;

/** An alert in TheHive's words: the fields of InputAlert and InputUpdateAlert of its API, version 1. */
final class TheHiveAlert {
    private static final int TITLE = 512;
    /** Traffic light and permissible actions: amber, because addresses and accounts are in it. */
    private static final int AMBER = 2;

    private TheHiveAlert() {}

    /** All of TheHive's reference of an alert, which may exist once only, beside its type. */
    static String source(Alert alert) {
        return "postwarden:" + alert.tenant();
    }

    static ObjectNode created(Alert alert, String console) {
        ObjectNode created = shown(alert);
        created.put("type", "postwarden");
        created.put("source", source(alert));
        created.put("sourceRef", alert.incidentId());
        created.put("date", alert.detectedAt().toEpochMilli());
        created.put("tlp", AMBER).put("pap", AMBER);
        created.set("tags", tags(alert));
        if (!console.isEmpty()) {
            created.put("externalLink", console + "/incidents/" + alert.incidentId());
        }
        JsonParts.put(created, "observables", observables(alert.subject()));
        return created;
    }

    static ObjectNode updated(Alert alert, String resolvedStatus) {
        ObjectNode updated = shown(alert);
        updated.set("addTags", tags(alert));
        // A record that only adds an operator's word to what was over before must not undo what a person has set since.
        boolean endsNow =
                alert.isOver() && alert.feedback().news(alert.sequence()).isEmpty();
        if (endsNow && !resolvedStatus.isEmpty()) {
            updated.put("status", resolvedStatus);
        }
        return updated;
    }

    private static ObjectNode shown(Alert alert) {
        ObjectNode shown = JsonParts.object();
        shown.put("title", PlainText.bounded(PlainText.oneLine(alert.title()), TITLE));
        shown.put("description", description(alert));
        shown.put("severity", severity(alert.severity()));
        return shown;
    }

    private static String description(Alert alert) {
        StringBuilder text = new StringBuilder();
        text.append("**").append(Markdown.escaped(Words.mark(alert))).append("** ");
        text.append(Markdown.escaped(Words.about(alert.subject()))).append("\n\n");
        text.append(Markdown.escaped(alert.summary())).append("\n\n");
        text.append("Since ")
                .append(alert.onset())
                .append(", last seen ")
                .append(alert.lastSeen())
                .append("\n\n");
        Words.feedback(alert)
                .forEach(said -> text.append(Markdown.escaped(said)).append("\n\n"));
        alert.causes()
                .forEach(cause -> text.append("- ")
                        .append(Math.round(100 * cause.weight()))
                        .append(" % ")
                        .append(Markdown.escaped(cause.name() + ": " + cause.because()))
                        .append('\n'));
        if (!alert.evidence().isEmpty()) {
            text.append('\n').append(Markdown.code(Words.lines(alert))).append('\n');
        }
        return text.toString();
    }

    private static ArrayNode tags(Alert alert) {
        return JsonParts.texts(List.of(
                "detector:" + alert.detector(),
                "cause:" + alert.cause(),
                "state:" + alert.state().name().toLowerCase(Locale.ROOT),
                alert.technique().isEmpty() ? "" : "technique:" + alert.technique(),
                alert.resolution().isEmpty() ? "" : "resolution:" + alert.resolution()));
    }

    private static ArrayNode observables(Subject subject) {
        ArrayNode observables = JsonParts.array();
        for (String end : List.of(subject.client(), subject.destination())) {
            if (Actor.address(end).isPresent()) {
                add(observables, "ip", end);
            } else if (Actor.isDomain(end)) {
                add(observables, "domain", end);
            }
        }
        for (String mailbox : List.of(subject.account(), subject.sender(), subject.recipient())) {
            if (Actor.isMailbox(mailbox)) {
                add(observables, "mail", mailbox);
            }
        }
        return observables;
    }

    private static void add(ArrayNode observables, String type, String data) {
        observables.addObject().put("dataType", type).put("data", data);
    }

    /** 1 low to 4 critical. */
    private static int severity(Severity severity) {
        return switch (severity) {
            case INFO, LOW -> 1;
            case MEDIUM -> 2;
            case HIGH -> 3;
            case CRITICAL -> 4;
        };
    }
}
