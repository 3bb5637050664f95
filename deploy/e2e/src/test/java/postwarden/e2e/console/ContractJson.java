package postwarden.e2e.console;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import postwarden.alertjson.AlertJson;
import postwarden.incident.Alert;

/** The API's JSON: the records of {@code postwarden.ask} by component, times as ISO 8601 text, lengths of time in seconds. */
final class ContractJson {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(Instant.class, new AsText())
                    .addSerializer(Duration.class, new AsSeconds()));

    private ContractJson() {}

    static String of(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("a value of the contract has no JSON", impossible);
        }
    }

    static ObjectNode read(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException unreadable) {
            throw new AssertionError("no JSON object: " + json, unreadable);
        }
    }

    static ObjectNode of(Alert alert) {
        return read(AlertJson.line(alert));
    }

    /** A page of a list as the API answers it. */
    static String page(List<?> all, int from, int limit) {
        int to = Math.min(all.size(), from + limit);
        return of(new Page(
                all.subList(Math.min(from, to), to),
                all.size(),
                to < all.size() ? Integer.toString(to) : null,
                Instant.now()));
    }

    /** {@code next} is where the next page begins, null on the last one. */
    private record Page(List<?> items, long total, @Nullable String next, Instant asOf) {}

    private static final class AsText extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class AsSeconds extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(value.toMillis() / 1000.0);
        }
    }
}
