package postwarden.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.policy.Remark;
import postwarden.soc.JsonParts;
import postwarden.soc.PlainText;
import postwarden.soc.Transition;

/**
 * PagerDuty's Events API v2: one event a record, with the incident's id as {@code dedup_key}, so that PagerDuty keeps one
 * incident of it, an acknowledge event when an operator has acknowledged it here, and a resolve event when it is
 * over.
 */
final class PagerDuty implements Receiver {
    private static final int SUMMARY = 1024;

    private final Channel channel;
    private final URI url;
    private final String routingKey;
    private final Severity least;
    private final String console;

    PagerDuty(Channel channel, NotifyParams.PagerDutyParams params, String routingKey, String console) {
        this.channel = channel;
        this.url = channel.target("notify.pagerduty.url", params.url());
        this.routingKey = routingKey;
        this.least = NotifyParams.severity(params.leastSeverity());
        this.console = console;
    }

    @Override
    public String name() {
        return "pagerduty";
    }

    /** Whatever its severity, the end is told: PagerDuty ignores that of an incident it does not know. */
    @Override
    public boolean wants(Alert alert) {
        return alert.isOver() || alert.severity().compareTo(least) >= 0;
    }

    @Override
    public Outcome tell(Alert alert) throws InterruptedException {
        return Outcome.of(channel.send("POST", url, Map.of(), event(alert)));
    }

    ObjectNode event(Alert alert) {
        ObjectNode event = JsonParts.object();
        event.put("routing_key", routingKey);
        String action = action(alert);
        event.put("event_action", action);
        event.put("dedup_key", alert.incidentId());
        if (!action.equals("trigger")) {
            return event;
        }
        event.put("client", "Postwarden");
        ObjectNode payload = event.putObject("payload");
        payload.put("summary", PlainText.bounded(PlainText.oneLine(alert.title()), SUMMARY));
        payload.put("source", source(alert));
        payload.put("severity", severity(alert.severity()));
        payload.put("timestamp", Transition.time(alert).toString());
        payload.put("component", alert.detector());
        payload.put("group", alert.tenant());
        payload.put("class", alert.cause());
        ObjectNode details = payload.putObject("custom_details");
        details.put("about", Words.about(alert.subject()));
        details.put("what", PlainText.wellFormed(alert.summary()));
        details.put("since", alert.onset().toString());
        details.put("confidence", alert.confidence());
        JsonParts.put(details, "technique", alert.technique());
        details.set("measures", JsonParts.numbers(alert.measures()));
        JsonParts.put(details, "feedback", JsonParts.texts(Words.feedback(alert)));
        JsonParts.put(details, "lines", JsonParts.texts(Words.lines(alert)));
        if (!console.isEmpty()) {
            String link = console + "/incidents/" + alert.incidentId();
            event.put("client_url", link);
            event.putArray("links").addObject().put("href", link).put("text", "Incident in Postwarden");
        }
        return event;
    }

    /**
     * Only the record that first tells of it acknowledges: a later one may tell that the incident has become worse, or that it has
     * just become grave enough to be told here at all.
     */
    private static String action(Alert alert) {
        boolean acknowledged = alert.feedback()
                .news(alert.sequence())
                .filter(remark -> remark.aspect() == Remark.Aspect.ACKNOWLEDGED)
                .isPresent();
        return alert.isOver() ? "resolve" : acknowledged ? "acknowledge" : "trigger";
    }

    /** PagerDuty wants the name of what is affected. */
    private static String source(Alert alert) {
        String server = PlainText.oneLine(alert.subject().server());
        return server.isEmpty() ? Words.about(alert.subject()) : server;
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case INFO, LOW -> "info";
            case MEDIUM -> "warning";
            case HIGH -> "error";
            case CRITICAL -> "critical";
        };
    }
}
