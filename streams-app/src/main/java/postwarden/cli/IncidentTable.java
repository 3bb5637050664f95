package postwarden.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A list of incidents for people: one line each, and how many there are that are not shown. */
final class IncidentTable {
    private IncidentTable() {}

    static String of(JsonNode answer) {
        JsonNode items = answer.path("items");
        if (items.isEmpty()) {
            return "no incidents";
        }
        Columns columns = new Columns();
        columns.add("SEVERITY", "STATE", "ONSET", "DETECTOR", "INCIDENT", "WHAT");
        for (JsonNode item : items) {
            columns.add(
                    item.path("severity").asText(),
                    item.path("state").asText(),
                    item.path("onset").asText(),
                    item.path("detector").asText(),
                    item.path("incidentId").asText(),
                    item.path("title").asText());
        }
        long more = answer.path("total").asLong() - items.size();
        return columns.text() + (more > 0 ? "\n" + more + " more; --limit shows up to 1000" : "");
    }
}
