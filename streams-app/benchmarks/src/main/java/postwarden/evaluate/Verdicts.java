package postwarden.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * What operators of a running service have called its incidents, by detector: the last record of each incident counts, so an
 * export may hold them all.
 */
record Verdicts(SortedMap<String, Counts> byDetector) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Of one detector.
     *
     * @param right called true
     * @param benign as told, and harmless
     * @param wrong called false
     * @param unjudged of which nobody has said so
     */
    record Counts(int right, int benign, int wrong, int unjudged) {
        static final Counts NONE = new Counts(0, 0, 0, 0);

        int judged() {
            return right + benign + wrong;
        }

        /** Share of the judged that was as told, harmless or not. */
        Share asTold() {
            return new Share(right + benign, judged());
        }

        /** Share of the judged that was worth waking somebody. */
        Share worth() {
            return new Share(right, judged());
        }

        Counts plus(Counts other) {
            return new Counts(
                    right + other.right, benign + other.benign, wrong + other.wrong, unjudged + other.unjudged);
        }

        private static Counts of(String verdict) {
            return switch (verdict) {
                case "true" -> new Counts(1, 0, 0, 0);
                case "benign" -> new Counts(0, 1, 0, 0);
                case "false" -> new Counts(0, 0, 1, 0);
                default -> new Counts(0, 0, 0, 1);
            };
        }
    }

    /**
     * Reads what {@code postwarden alerts --format json} or {@code postwarden incidents --json} printed.
     *
     * @throws IllegalArgumentException naming the line that is neither
     */
    static Verdicts read(Path file) throws IOException {
        Map<String, JsonNode> last = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    for (JsonNode alert : alerts(line, file + ":" + number)) {
                        last.merge(id(alert), alert, Verdicts::later);
                    }
                }
            }
        }
        SortedMap<String, Counts> byDetector = new TreeMap<>();
        last.values()
                .forEach(alert -> byDetector.merge(
                        alert.path("detector").asText(),
                        Counts.of(alert.at("/feedback/verdict/value").asText("")),
                        Counts::plus));
        return new Verdicts(byDetector);
    }

    /** All detectors together. */
    Counts all() {
        return byDetector.values().stream().reduce(Counts.NONE, Counts::plus);
    }

    private static List<JsonNode> alerts(String line, String where) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(where + " is no JSON", broken);
        }
        List<JsonNode> alerts = json.has("items")
                ? StreamSupport.stream(json.path("items").spliterator(), false).toList()
                : List.of(json);
        if (alerts.stream()
                .anyMatch(alert -> !alert.path("incidentId").isTextual()
                        || !alert.path("detector").isTextual())) {
            throw new IllegalArgumentException(where + " is no alert: it has no incidentId and detector");
        }
        return alerts;
    }

    private static String id(JsonNode alert) {
        return alert.path("tenant").asText() + "/" + alert.path("incidentId").asText();
    }

    private static JsonNode later(JsonNode one, JsonNode other) {
        return other.path("sequence").asInt() >= one.path("sequence").asInt() ? other : one;
    }
}
