package postwarden.soc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;

/** Parts of JSON objects that leave out what is empty, and in which every text is well formed. */
public final class JsonParts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonParts() {}

    public static ObjectNode object() {
        return JSON.objectNode();
    }

    public static ArrayNode array() {
        return JSON.arrayNode();
    }

    /** Puts a text, unless it is empty. */
    public static void put(ObjectNode into, String field, String text) {
        if (!text.isEmpty()) {
            into.put(field, PlainText.wellFormed(text));
        }
    }

    /** Puts an object, unless nothing is in it. */
    public static void put(ObjectNode into, String field, ObjectNode object) {
        if (!object.isEmpty()) {
            into.set(field, object);
        }
    }

    /** Puts an array, unless nothing is in it. */
    public static void put(ObjectNode into, String field, ArrayNode array) {
        if (!array.isEmpty()) {
            into.set(field, array);
        }
    }

    /** The texts that are not empty, each once. */
    public static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = array();
        texts.stream()
                .filter(text -> !text.isEmpty())
                .distinct()
                .forEach(text -> array.add(PlainText.wellFormed(text)));
        return array;
    }

    /** Numbers by name; what is no number, such as a share of nothing, is left out. */
    public static ObjectNode numbers(Map<String, Double> numbers) {
        ObjectNode object = object();
        numbers.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                object.put(name, value);
            }
        });
        return object;
    }
}
