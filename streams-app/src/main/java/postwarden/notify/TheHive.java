package postwarden.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.soc.JsonParts;

/**
 * TheHive 5: one alert an incident, found again by source and reference, and changed with each record. Creating one that exists
 * is refused there with 400, which for us is what we wanted.
 */
final class TheHive implements Receiver {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BAD_REQUEST = 400;
    private static final String EXISTS = "already exist";

    private final Channel channel;
    private final NotifyParams.TheHiveParams params;
    private final URI alerts;
    private final URI query;
    private final Map<String, String> headers;
    private final Severity least;
    private final String console;

    TheHive(Channel channel, NotifyParams.TheHiveParams params, String apiKey, String console) {
        this.channel = channel;
        this.params = params;
        String base = params.url().endsWith("/") ? params.url() : params.url() + "/";
        this.alerts = channel.target("notify.thehive.url", base + "api/v1/alert");
        this.query = channel.target("notify.thehive.url", base + "api/v1/query?name=postwarden");
        this.headers = Map.of("Authorization", "Bearer " + apiKey);
        this.least = NotifyParams.severity(params.leastSeverity());
        this.console = console;
    }

    @Override
    public String name() {
        return "thehive";
    }

    @Override
    public boolean wants(Alert alert) {
        return alert.severity().compareTo(least) >= 0;
    }

    @Override
    public Outcome tell(Alert alert) throws InterruptedException {
        return alert.state() == Alert.State.OPEN ? create(alert, new Outcome.Done()) : change(alert);
    }

    /**
     * Makes a new alert.
     *
     * @param ifThere what it means that the alert exists already
     */
    private Outcome create(Alert alert, Outcome ifThere) throws InterruptedException {
        Reply reply = channel.send("POST", alerts, headers, TheHiveAlert.created(alert, console));
        boolean exists = reply.status() == BAD_REQUEST && reply.body().contains(EXISTS);
        return exists ? ifThere : Outcome.of(reply);
    }

    private Outcome change(Alert alert) throws InterruptedException {
        Reply found = channel.send("POST", query, headers, search(alert));
        Outcome asked = Outcome.of(found);
        if (!(asked instanceof Outcome.Done)) {
            return asked;
        }
        Optional<String> id = id(found.body());
        if (id.isEmpty()) {
            // Its first record was below the severity, or TheHive's index does not show yet what was created just now.
            return create(alert, new Outcome.Locked("TheHive has the alert and does not find it"));
        }
        URI one = URI.create(alerts + "/" + id.get());
        return Outcome.of(channel.send("PATCH", one, headers, TheHiveAlert.updated(alert, params.resolvedStatus())));
    }

    private static ObjectNode search(Alert alert) {
        ObjectNode search = JsonParts.object();
        ArrayNode steps = search.putArray("query");
        steps.addObject().put("_name", "listAlert");
        ArrayNode both = steps.addObject().put("_name", "filter").putArray("_and");
        both.addObject().putObject("_eq").put("_field", "source").put("_value", TheHiveAlert.source(alert));
        both.addObject().putObject("_eq").put("_field", "sourceRef").put("_value", alert.incidentId());
        steps.addObject().put("_name", "page").put("from", 0).put("to", 1);
        return search;
    }

    /** The first alert's id, if it is one: it becomes a part of an address. */
    private static Optional<String> id(String body) {
        try {
            JsonNode first = JSON.readTree(body).path(0).path("_id");
            return Optional.of(first.asText(""))
                    .filter(id -> !id.isEmpty())
                    .filter(id ->
                            id.chars().allMatch(c -> c == '~' || c == '-' || c == '_' || Character.isLetterOrDigit(c)))
                    .filter(id -> id.chars().allMatch(c -> c < 0x7f));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
