package postwarden.schema.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/** Schemas as they are registered: without what only Java's generated classes put in. */
public final class SchemaText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaText() {}

    /**
     * The schema without Java's own properties, as a registry in a house with other languages wants it; what Confluent's
     * serializer calls {@code avro.remove.java.properties}.
     *
     * @param schema such as a generated class's
     */
    public static Schema plain(Schema schema) {
        try {
            return new Schema.Parser()
                    .parse(stripped(JSON.readTree(schema.toString())).toString());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Avro printed a schema that is not JSON", impossible);
        }
    }

    private static JsonNode stripped(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.createArrayNode();
            array.forEach(item -> copy.add(stripped(item)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode copy = JSON.createObjectNode();
        object.properties().stream()
                .filter(field -> !field.getKey().equals("avro.java.string"))
                .forEach(field -> copy.set(field.getKey(), stripped(field.getValue())));
        return copy;
    }
}
