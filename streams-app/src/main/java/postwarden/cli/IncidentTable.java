package postwarden.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/** A list of incidents for people: one line each, and how many there are that are not shown. */
final class IncidentTable {
    private IncidentTable() {}

    static String of(JsonNode answer) {
        JsonNode items = answer.path("items");
        if (items.isEmpty()) {
            return "no incidents";
        }
        Columns columns = new Columns();
        columns.add("SEVERITY", "STATE", "ONSET", "DETECTOR", "INCIDENT", "SAID", "WHAT");
        for (JsonNode item : items) {
            columns.add(
                    item.path("severity").asText(),
                    item.path("state").asText(),
                    item.path("onset").asText(),
                    item.path("detector").asText(),
                    item.path("incidentId").asText(),
                    said(item.path("feedback")),
                    item.path("title").asText());
        }
        long more = answer.path("total").asLong() - items.size();
        return columns.text() + (more > 0 ? "\n" + more + " more; --limit shows up to 1000" : "");
    }

    /** What operators have said, in few words, such as {@code false, ack anna, for ben}; a dash when nothing. */
    private static String said(JsonNode feedback) {
        StringJoiner said = new StringJoiner(", ").setEmptyValue("-");
        add(said, "", feedback.path("verdict").path("value"));
        add(said, "ack ", feedback.path("acknowledged").path("by"));
        add(said, "for ", feedback.path("assigned").path("value"));
        return said.toString();
    }

    private static void add(StringJoiner said, String what, JsonNode value) {
        if (value.isTextual()) {
            said.add(what + value.asText());
        }
    }
}
