package postwarden.e2e.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import postwarden.ask.DriftRow;
import postwarden.ask.Entity;
import postwarden.ask.EntityRow;
import postwarden.ask.Health;
import postwarden.ask.HostRow;
import postwarden.e2e.Recordings;
import postwarden.e2e.Scanning;
import postwarden.incident.Alert;

/** A fleet to look at: the recorded incidents, found by {@code scan} and moved to now, and hosts, lists and drift around them. */
final class MadeFleet {
    /** How long ago the last of the recorded incidents was last seen. */
    private static final Duration JUST_NOW = Duration.ofSeconds(95);

    private static final Pattern TIME_VALUE =
            Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z)\"");

    final Instant now = Instant.now();
    /** The latest state of each incident, by id. */
    final Map<String, ObjectNode> incidents = new LinkedHashMap<>();

    final List<HostRow> hosts = new ArrayList<>();
    final List<DriftRow> drift = new ArrayList<>();
    final Map<String, List<EntityRow>> lists = new LinkedHashMap<>();
    Health health = new Health("RUNNING", true, true, List.of());

    /** @param folder to unpack the recordings in */
    static MadeFleet recorded(Path folder) throws IOException {
        MadeFleet fleet = new MadeFleet();
        List<Alert> alerts = Scanning.scan(Recordings.unpack(folder));
        Instant last =
                alerts.stream().map(Alert::lastSeen).max(Instant::compareTo).orElseThrow();
        Duration shift = Duration.between(last, fleet.now.minus(JUST_NOW));
        alerts.forEach(alert -> fleet.incidents.put(
                alert.incidentId(), shifted(ContractJson.of(alert).toString(), shift)));
        fleet.openOf("retry-storm").set("feedback", feedback(fleet.now));
        fleet.addHosts();
        fleet.addDrift();
        fleet.addLists();
        return fleet;
    }

    /** Nothing at all: a service on its first day. */
    static MadeFleet empty() {
        MadeFleet fleet = new MadeFleet();
        List.of("servers", "clients", "accounts", "senders", "destinations")
                .forEach(list -> fleet.lists.put(list, List.of()));
        return fleet;
    }

    private static ObjectNode shifted(String json, Duration shift) {
        return ContractJson.read(TIME_VALUE
                .matcher(json)
                .replaceAll(found -> Matcher.quoteReplacement(
                        '"' + Instant.parse(found.group(1)).plus(shift).toString() + '"')));
    }

    /** All that operators can have said of an incident. */
    private static ObjectNode feedback(Instant at) {
        return ContractJson.read("""
                {"acknowledged":{"value":null,"by":"anna","at":"AT","reason":null,"sequence":2},
                 "assigned":{"value":"ben","by":"anna","at":"AT","reason":"knows the host","sequence":3},
                 "verdict":{"value":"benign","by":"omar","at":"AT","reason":"the newsletter of the 1st","sequence":4}}
                """.replace("AT", at.toString()));
    }

    /** The open incident that a detector found. */
    ObjectNode openOf(String detector) {
        return incidents.values().stream()
                .filter(alert -> alert.get("detector").asText().equals(detector))
                .filter(alert -> !alert.get("state").asText().equals("RESOLVED"))
                .findFirst()
                .orElseThrow();
    }

    static String id(JsonNode alert) {
        return alert.get("incidentId").asText();
    }

    /** A copy under another id, so that the console takes it for a new incident. */
    static ObjectNode another(ObjectNode alert, String id, String title) {
        ObjectNode copy = alert.deepCopy();
        copy.put("incidentId", id);
        copy.put("title", title);
        copy.put("sequence", 1);
        copy.set("parent", null);
        copy.set("children", copy.arrayNode());
        return copy;
    }

    static ObjectNode over(ObjectNode alert) {
        ObjectNode copy = alert.deepCopy();
        copy.put("state", "RESOLVED");
        copy.put("sequence", alert.get("sequence").asInt() + 1);
        copy.put("resolvedAt", Instant.now().toString());
        copy.put("resolution", "As usual for ten minutes.");
        return copy;
    }

    static void addEvidence(ObjectNode alert, String file, String text) {
        ((ArrayNode) alert.get("evidence"))
                .addObject()
                .put("host", "mx1")
                .put("file", file)
                .put("offset", 7)
                .put("time", alert.get("onset").asText())
                .put("text", text);
    }

    private void addHosts() {
        for (String host : List.of("cp3", "cp6", "imap1", "mail1", "mx1", "mx2", "out1", "out2", "out3", "web4")) {
            long open = incidents.values().stream()
                    .filter(alert -> !alert.get("state").asText().equals("RESOLVED"))
                    .filter(alert -> alert.get("subject").get("server").asText().equals(host))
                    .count();
            Map<String, Long> families =
                    open == 0 ? Map.of() : Map.of(host.startsWith("mx") ? "connection" : "remote", open);
            hosts.add(new HostRow("default", host, now.minusSeconds(12), "CURRENT", 48_210, 3, families));
        }
        hosts.add(new HostRow("default", "mx3", now.minusSeconds(1_260), "SILENT", 0, 0, Map.of()));
        hosts.add(new HostRow("default", "list1", now.minusSeconds(340), "LATE", 1_890, 0, Map.of()));
        hosts.add(new HostRow("default", "cp9", now.minusSeconds(12), "CURRENT", 9_000, 1_212, Map.of()));
        hosts.add(new HostRow("default", "old1", now.minusSeconds(90_000), "ENDED", 0, 0, Map.of()));
        hosts.add(new HostRow("default", "announced", Instant.EPOCH, "SILENT", 0, 0, Map.of()));
    }

    private void addDrift() {
        drift.add(new DriftRow(
                "9f31c0de55aa0042",
                "postfix",
                "postfix/smtpd",
                "warning: hypothetical setting <*> is obsolete since <*>",
                1_202,
                now.minusSeconds(86_000),
                now.minusSeconds(44),
                "3.11",
                "warning: hypothetical setting smtpd_x is obsolete since 3.11"));
        drift.add(new DriftRow(
                "00000000000000aa",
                "unknown",
                "acme-scand",
                "scan of <*> took <*> ms <script>alert(<*>)</script>",
                17,
                now.minusSeconds(7_000),
                now.minusSeconds(600),
                "",
                "scan of 4F1 took 20 ms <script>alert(1)</script>"));
    }

    private void addLists() {
        lists.put("servers", rows("server", hosts.stream().map(HostRow::host).toList()));
        List<String> clients = new ArrayList<>(List.of("203.0.113.177"));
        for (int at = 0; at < 120; at++) {
            clients.add("198.51.100." + at);
        }
        lists.put("clients", rows("client", clients));
        lists.put(
                "accounts", rows("account", List.of("karen.vogel@example.com", "shop@example.net", "it@example.com")));
        lists.put("senders", rows("sender", List.of("bounce@news.example", "karen.vogel@example.com")));
        lists.put(
                "destinations", rows("destination", List.of("bigmail.example", "heavy.example", "kleinpost.example")));
    }

    private List<EntityRow> rows(String kind, List<String> names) {
        List<EntityRow> rows = new ArrayList<>();
        for (int at = 0; at < names.size(); at++) {
            String name = names.get(at);
            List<EntityRow.Open> open = incidents.values().stream()
                    .filter(alert -> !alert.get("state").asText().equals("RESOLVED"))
                    .filter(alert -> alert.get("subject").get(kind).asText().equals(name))
                    .map(alert -> new EntityRow.Open(
                            alert.get("detector").asText(),
                            alert.get("subject").get("server").asText("").equals("null") ? "" : "mx1",
                            "",
                            alert.get("severity").asText(),
                            alert.get("cause").asText(),
                            now.minusSeconds(100)))
                    .toList();
            rows.add(new EntityRow(
                    kind, "default", name, now.minusSeconds(10L * at), measures(at, 60), 1 + at % 3, open));
        }
        return rows;
    }

    private static Map<String, Double> measures(int seed, int minutes) {
        double scale = minutes * (1 + (seed * 37 % 23) / 4.0);
        return Map.of(
                "connects",
                Math.floor(scale * 3),
                "messages",
                Math.floor(scale),
                "recipients",
                Math.floor(scale * 1.4),
                "authFailures",
                Math.floor(scale / 9),
                "attempts",
                Math.floor(scale * 2),
                "sent",
                Math.floor(scale),
                "deferred",
                Math.floor(scale / 7),
                "throttled",
                (double) (seed % 5),
                "bytes",
                Math.floor(scale * 91_000));
    }

    /** Everything about a name: calm for hours, and wild for the last six minutes. */
    Entity entity(String list, EntityRow row) {
        List<Entity.Point> series = new ArrayList<>();
        Instant end = now.minusSeconds(20);
        for (int minute = 60; minute > 20; minute--) {
            series.add(new Entity.Point(end.minusSeconds(minute * 60L), Duration.ofMinutes(1), burst(minute, 60)));
        }
        for (int pane = 120; pane > 0; pane--) {
            series.add(new Entity.Point(end.minusSeconds(pane * 10L), Duration.ofSeconds(10), burst(pane / 6.0, 10)));
        }
        return new Entity(
                row,
                List.of("mx1", "mx2"),
                Map.of("1m", measures(1, 1), "10m", measures(1, 10), "1h", measures(1, 60), "all", measures(1, 4_000)),
                series,
                hours(),
                List.of(
                        new Entity.Learned("", "connectsPerMinute", 7, 22, 140, 0.8),
                        new Entity.Learned("mx1", "authFailures", 0, 2, 0, 0)),
                List.of(new Entity.Sessions("mx1", end.minusSeconds(10), Duration.ofSeconds(10), 24)),
                List.of(new Entity.Line(
                        "mx1",
                        "/var/log/mail.log",
                        390_758,
                        now.minusSeconds(60),
                        "postfix/smtpd[288]: connect from unknown[203.0.113.177]")),
                list.equals("senders"),
                list.equals("senders") ? Duration.ofSeconds(4) : Duration.ZERO,
                false);
    }

    /** A week with days and nights, twice as much as usual on the last of them. */
    private List<Entity.Hour> hours() {
        List<Entity.Hour> hours = new ArrayList<>();
        Instant last = now.truncatedTo(ChronoUnit.HOURS);
        for (int ago = 167; ago >= 0; ago--) {
            Instant start = last.minus(Duration.ofHours(ago));
            Duration length = ago > 0 ? Duration.ofHours(1) : Duration.ofMinutes(5);
            double share = length.toMinutes() / 60.0;
            double usual =
                    share * (300 - 250 * Math.cos(start.atZone(ZoneOffset.UTC).getHour() * Math.PI / 12));
            double counted = Math.round(usual * (ago < 24 ? 2 : 1) + share * (ago * 7 % 20));
            hours.add(new Entity.Hour(
                    start,
                    length,
                    Map.of("connects", counted, "messages", Math.floor(counted / 3)),
                    Map.of("connects", usual)));
        }
        return hours;
    }

    private static Map<String, Double> burst(double minutesAgo, int seconds) {
        double calm = 6 + 3 * Math.sin(minutesAgo * 1.7) + 2 * Math.cos(minutesAgo * 4.1);
        double perMinute = minutesAgo < 6 ? 40 + 30 * Math.sin(minutesAgo) : calm;
        double counted = Math.max(0, Math.round(perMinute * seconds / 60));
        return Map.of(
                "connects",
                counted,
                "messages",
                Math.floor(counted / 3),
                "recipients",
                Math.floor(counted / 2),
                "authFailures",
                Math.floor(counted / 2),
                "deferred",
                Math.floor(counted / 4),
                "throttled",
                Math.floor(counted / 5),
                "lines",
                counted * 6);
    }
}
