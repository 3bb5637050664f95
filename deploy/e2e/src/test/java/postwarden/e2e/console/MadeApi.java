package postwarden.e2e.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import postwarden.ask.EntityRow;
import postwarden.detect.Severity;

/** The API's answers about a made fleet: the same routes, parameters and shapes. */
final class MadeApi {
    private static final int PAGE = 100;

    private final MadeFleet fleet;

    MadeApi(MadeFleet fleet) {
        this.fleet = fleet;
    }

    /** An answer. */
    record Reply(int status, String type, Map<String, String> headers, String body) {}

    static Reply problem(int status, String title, String detail, Map<String, String> headers) {
        String body =
                ContractJson.of(Map.of("type", "about:blank", "title", title, "status", status, "detail", detail));
        return new Reply(status, "application/problem+json", headers, body);
    }

    Reply answer(String method, String path, @Nullable String query) {
        Map<String, String> asked = parameters(query);
        String[] parts = path.substring(1).split("/");
        if (method.equals("POST")) {
            return new Reply(202, "application/json", Map.of(), "");
        }
        return switch (parts[0]) {
            case "health" -> json(ContractJson.of(fleet.health));
            case "hosts" -> page(fleet.hosts, asked);
            case "drift" -> page(fleet.drift, asked);
            case "incidents" ->
                parts.length == 1
                        ? page(incidents(asked), asked)
                        : found(Optional.ofNullable(fleet.incidents.get(decoded(parts[1])))
                                .map(JsonNode::toString));
            default -> entities(parts, asked);
        };
    }

    private Reply entities(String[] parts, Map<String, String> asked) {
        List<EntityRow> rows = fleet.lists.get(parts[0]);
        if (rows == null) {
            return found(Optional.empty());
        }
        if (parts.length == 1) {
            String search = asked.getOrDefault("search", "");
            Comparator<EntityRow> byName = Comparator.comparing(EntityRow::name);
            String measure = asked.getOrDefault("sort", "");
            Comparator<EntityRow> order = measure.isEmpty()
                    ? byName
                    : Comparator.<EntityRow>comparingDouble(
                                    row -> -row.measures().getOrDefault(measure, 0.0))
                            .thenComparing(byName);
            return page(
                    rows.stream()
                            .filter(row -> row.name().contains(search))
                            .sorted(order)
                            .toList(),
                    asked);
        }
        String name = decoded(parts[1]);
        return found(rows.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .map(row -> ContractJson.of(fleet.entity(parts[0], row))));
    }

    private List<ObjectNode> incidents(Map<String, String> asked) {
        Set<String> states = texts(asked.get("state"));
        Set<String> detectors = texts(asked.get("detector"));
        Severity least = Severity.valueOf(asked.getOrDefault("severity", "INFO"));
        return fleet.incidents.values().stream()
                .filter(alert ->
                        states.isEmpty() || states.contains(alert.get("state").asText()))
                .filter(alert -> detectors.isEmpty()
                        || detectors.contains(alert.get("detector").asText()))
                .filter(alert ->
                        Severity.valueOf(alert.get("severity").asText()).compareTo(least) >= 0)
                .filter(alert -> alert.get("subject").toString().contains(asked.getOrDefault("subject", "")))
                .sorted(Comparator.comparing(
                                (ObjectNode alert) -> alert.get("onset").asText())
                        .reversed())
                .toList();
    }

    private static Reply page(List<?> all, Map<String, String> asked) {
        int limit = Integer.parseInt(asked.getOrDefault("limit", Integer.toString(PAGE)));
        return json(ContractJson.page(all, Integer.parseInt(asked.getOrDefault("cursor", "0")), limit));
    }

    private static Reply found(Optional<String> body) {
        return body.map(MadeApi::json)
                .orElseGet(() -> problem(404, "Not found", "Nothing is known by this name.", Map.of()));
    }

    private static Reply json(String body) {
        return new Reply(200, "application/json", Map.of(), body);
    }

    private static Set<String> texts(@Nullable String list) {
        return list == null ? Set.of() : Stream.of(list.split(",")).collect(Collectors.toSet());
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> asked = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                asked.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return asked;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
