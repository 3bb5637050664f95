package postwarden.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.soc.JsonParts;
import postwarden.soc.PlainText;

/**
 * Slack's incoming webhook: a message for each record. A webhook cannot change an earlier message, so each names its incident.
 * Texts are plain, so that a log line calls nobody by name, links nowhere and formats nothing.
 */
final class Slack implements Receiver {
    private static final int HEADER = 150;
    private static final int SECTION = 3000;

    private final Channel channel;
    private final URI url;
    private final Severity least;
    private final String console;

    Slack(Channel channel, NotifyParams.SlackParams params, String url, String console) {
        this.channel = channel;
        this.url = channel.target("the address in notify.slack.url-file", url);
        this.least = NotifyParams.severity(params.leastSeverity());
        this.console = console;
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public boolean wants(Alert alert) {
        return alert.severity().compareTo(least) >= 0;
    }

    @Override
    public Outcome tell(Alert alert) throws InterruptedException {
        return Outcome.of(channel.send("POST", url, Map.of(), message(alert)));
    }

    ObjectNode message(Alert alert) {
        ObjectNode message = JsonParts.object();
        String head = Words.mark(alert) + " " + alert.detector();
        message.put("text", escaped(head + ": " + PlainText.oneLine(alert.title()), SECTION));
        message.put("unfurl_links", false).put("unfurl_media", false);
        ArrayNode blocks = message.putArray("blocks");
        blocks.addObject().put("type", "header").set("text", plain(head, HEADER));
        String body = PlainText.oneLine(alert.title()) + "\n" + Words.about(alert.subject()) + "\n\n"
                + PlainText.oneLine(alert.summary());
        List<String> feedback = Words.feedback(alert);
        if (!feedback.isEmpty()) {
            blocks.addObject().put("type", "section").set("text", plain(String.join("\n", feedback), SECTION));
        }
        blocks.addObject().put("type", "section").set("text", plain(body, SECTION));
        if (!alert.isOver() && !alert.evidence().isEmpty()) {
            blocks.addObject()
                    .put("type", "section")
                    .set("text", plain(String.join("\n", Words.lines(alert)), SECTION));
        }
        String foot = "incident " + alert.incidentId() + ", record " + alert.sequence()
                + (console.isEmpty() ? "" : "  " + console + "/incidents/" + alert.incidentId());
        ObjectNode context = blocks.addObject().put("type", "context");
        context.putArray("elements").add(plain(foot, SECTION));
        return message;
    }

    private static ObjectNode plain(String text, int most) {
        return JsonParts.object()
                .put("type", "plain_text")
                .put("text", escaped(text, most))
                .put("emoji", false);
    }

    /** Slack's three control characters; it counts the text as it is sent. */
    private static String escaped(String text, int most) {
        StringBuilder escaped = new StringBuilder(text.length());
        PlainText.wellFormed(text).codePoints().forEach(c -> {
            String one = switch (c) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                default -> Character.toString(c);
            };
            if (escaped.length() + one.length() <= most) {
                escaped.append(one);
            }
        });
        return escaped.toString();
    }
}
