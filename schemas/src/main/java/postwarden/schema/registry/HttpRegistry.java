package postwarden.schema.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import postwarden.schema.registry.RegistryTransport.Answer;
import postwarden.schema.registry.RegistryTransport.Question;

/**
 * A registry that speaks Confluent's REST API. An unreachable one is waited for as {@link RegistrySettings} say; an
 * answer, even one that is no, comes back at once.
 */
public final class HttpRegistry implements Registry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    private final RegistryTransport transport;

    /** A client; connects with the first question. */
    public HttpRegistry(RegistrySettings settings) {
        this.transport = new RegistryTransport(settings);
    }

    @Override
    public int register(String subject, Schema schema) {
        return number(ask("POST", "/subjects/" + inPath(subject) + "/versions", text(schema)), "id");
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return number(ask("POST", "/subjects/" + inPath(subject), text(schema)), "id");
    }

    @Override
    public Schema schema(int id) {
        return schemaIn(ask("GET", "/schemas/ids/" + id, Map.of()));
    }

    @Override
    public Registered latest(String subject) {
        JsonNode answer = ask("GET", "/subjects/" + inPath(subject) + "/versions/latest", Map.of());
        return new Registered(subject, number(answer, "version"), number(answer, "id"), schemaIn(answer));
    }

    @Override
    public void require(String subject, Compatibility rule) {
        ask("PUT", "/config/" + inPath(subject), Map.of("compatibility", rule.name()));
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public void close() {
        transport.close();
    }

    private JsonNode ask(String method, String path, Map<String, String> body) {
        Optional<String> json = body.isEmpty()
                ? Optional.empty()
                : Optional.of(JSON.valueToTree(body).toString());
        Answer answer = transport.ask(new Question(method, path, json));
        JsonNode node = parsed(answer);
        if (answer.status() != OK) {
            int code = node.path("error_code").asInt(answer.status());
            String message = node.path("message").asText("no reason given");
            throw new RegistryRefused(code, message + " (" + code + " from " + answer.url() + path + ")");
        }
        return node;
    }

    private JsonNode parsed(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException noJson) {
            throw new RegistryRefused(
                    answer.status(),
                    answer.url() + " is no schema registry: it answered with HTTP status " + answer.status()
                            + " and something that is not JSON");
        }
    }

    private int number(JsonNode answer, String field) {
        if (!answer.path(field).canConvertToInt()) {
            throw new RegistryRefused(
                    OK, name() + " is no schema registry: its answer has no number \"" + field + "\"");
        }
        return answer.path(field).asInt();
    }

    /** Parses text of the registry, which is trusted to hold schemas; a record only ever names one by its id. */
    private Schema schemaIn(JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RegistryRefused(OK, "a schema of type " + type + " from " + name() + ", only AVRO can be read");
        }
        try {
            return new Schema.Parser().parse(answer.path("schema").asText());
        } catch (SchemaParseException broken) {
            throw new RegistryRefused(OK, "a schema from " + name() + " cannot be read: " + broken.getMessage());
        }
    }

    private static Map<String, String> text(Schema schema) {
        return Map.of("schema", schema.toString());
    }

    private static String inPath(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
