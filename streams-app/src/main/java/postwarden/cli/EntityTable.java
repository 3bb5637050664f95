package postwarden.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.StringJoiner;
import java.util.TreeSet;
import postwarden.alertjson.TerminalSafe;
import postwarden.incident.Figures;

/** What is known of one key, for people: how it is, its measures by window beside what is usual, and lines that show them. */
final class EntityTable {
    private static final List<String> WINDOWS = List.of("1m", "10m", "1h", "all");

    private EntityTable() {}

    static String of(JsonNode entity) {
        List<String> parts = new ArrayList<>();
        parts.add(head(entity));
        if (!entity.path("row").path("open").isEmpty()) {
            parts.add(open(entity.path("row").path("open")));
        }
        parts.add(measures(entity));
        if (!entity.path("samples").isEmpty()) {
            parts.add(lines(entity.path("samples")));
        }
        return String.join("\n\n", parts);
    }

    private static String head(JsonNode entity) {
        JsonNode row = entity.path("row");
        StringJoiner head = new StringJoiner("\n");
        head.add(row.path("kind").asText() + " "
                + TerminalSafe.escaped(row.path("name").asText()));
        head.add("last seen " + row.path("lastSeen").asText());
        StringJoiner hosts = new StringJoiner(", ", "on ", "").setEmptyValue("on no host");
        entity.path("hosts").forEach(host -> hosts.add(TerminalSafe.escaped(host.asText())));
        head.add(hosts.toString());
        entity.path("openSessions")
                .forEach(one -> head.add(sessions(one.path("most").asDouble()) + " at once on "
                        + TerminalSafe.escaped(one.path("host").asText()) + " in the "
                        + Figures.plain(one.path("length").asDouble()) + " s from "
                        + one.path("start").asText()));
        if (entity.path("standby").asBoolean()) {
            head.add("from a standby's copy, behind by up to "
                    + Figures.plain(entity.path("staleness").asDouble()) + " s");
        }
        return head.toString();
    }

    private static String sessions(double most) {
        return Figures.plain(most) + (most == 1 ? " session" : " sessions");
    }

    private static String open(JsonNode open) {
        Columns columns = new Columns();
        columns.add("OPEN", "SEVERITY", "CAUSE", "HOST", "LAST SHOWN");
        open.forEach(one -> columns.add(
                one.path("detector").asText(),
                one.path("severity").asText(),
                one.path("cause").asText(),
                one.path("host").asText(),
                one.path("lastShown").asText()));
        return columns.text();
    }

    private static String measures(JsonNode entity) {
        JsonNode windows = entity.path("windows");
        NavigableSet<String> names = new TreeSet<>();
        windows.forEach(window -> window.fieldNames().forEachRemaining(names::add));
        if (names.isEmpty()) {
            return "nothing is counted";
        }
        Columns columns = new Columns();
        columns.add("MEASURE", "1 MIN", "10 MIN", "1 H", "ALL", "USUAL A MINUTE");
        for (String name : names) {
            List<String> cells = new ArrayList<>(List.of(name));
            WINDOWS.forEach(window -> cells.add(number(windows.path(window).path(name))));
            cells.add(usual(entity.path("baselines"), name));
            columns.add(cells.toArray(String[]::new));
        }
        return columns.text();
    }

    private static String number(JsonNode value) {
        return value.isNumber() ? Figures.plain(value.asDouble()) : "-";
    }

    /** Of all hosts together; what is learned by host cannot be added up, so only where one host alone has learned it. */
    private static String usual(JsonNode baselines, String measure) {
        List<JsonNode> learned = new ArrayList<>();
        for (JsonNode each : baselines) {
            if (each.path("measure").asText().equals(measure)) {
                learned.add(each);
            }
        }
        return learned.stream()
                .filter(each ->
                        learned.size() == 1 || each.path("host").asText().isEmpty())
                .findFirst()
                .map(each -> Figures.plain(each.path("median").asDouble()) + ", seldom above "
                        + Figures.plain(each.path("p99").asDouble()))
                .orElse("");
    }

    private static String lines(JsonNode samples) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add("LINES");
        samples.forEach(line -> lines.add(TerminalSafe.escaped(line.path("host").asText() + ":"
                + line.path("file").asText() + ":" + line.path("offset").asText() + "  "
                + line.path("text").asText())));
        return lines.toString();
    }
}
