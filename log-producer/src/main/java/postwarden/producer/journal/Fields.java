package postwarden.producer.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The fields of one entry as {@code journalctl -o json} prints them (systemd.journal-fields(7), "Journal JSON Format"): text, an array
 * of byte values where it is no printable UTF-8, an array of either where a field was given more than once, and null where it was too
 * large to print.
 */
final class Fields {
    /** An array of arrays of numbers is the deepest that there is. */
    private static final int DEEPEST = 3;
    /** journald's own names have 64 characters at most. */
    private static final int LONGEST_NAME = 64;

    private static final int LONGEST_NUMBER = 20;
    private static final byte[] TOO_LARGE = {};

    private final JsonFactory json;
    private final Map<String, byte[]> values = new HashMap<>();

    /** Fields of entries of at most so many bytes. */
    Fields(int longestEntry) {
        json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNameLength(LONGEST_NAME)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(longestEntry)
                        .build())
                .build();
    }

    /**
     * Reads one object in place of the last one.
     *
     * @throws IOException when it is none
     */
    void read(byte[] bytes, int length) throws IOException {
        values.clear();
        try (JsonParser parser = json.createParser(bytes, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                values.putIfAbsent(name, value(parser));
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("no whole JSON object");
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    boolean isTooLarge(String name) {
        return values.get(name) == TOO_LARGE;
    }

    byte[] bytes(String name) {
        return values.getOrDefault(name, TOO_LARGE);
    }

    String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** A number in decimal digits, 0 or more; -1 when it is none. */
    long number(String name) {
        String digits = text(name);
        boolean number = !digits.isEmpty()
                && digits.length() < LONGEST_NUMBER - 1
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(digits) : -1;
    }

    private static byte[] value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            return array(parser);
        }
        if (token == JsonToken.VALUE_NULL) {
            return TOO_LARGE;
        }
        if (token == null || !token.isScalarValue()) {
            throw new IOException("a field is neither text nor an array");
        }
        return parser.getText().getBytes(StandardCharsets.UTF_8);
    }

    /** Byte values are one text; texts are the values of a field that was given more than once, each on a line of its own. */
    private static byte[] array(JsonParser parser) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean first = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                out.write(parser.getIntValue());
            } else {
                if (!first) {
                    out.write('\n');
                }
                out.write(value(parser));
            }
            first = false;
        }
        return out.toByteArray();
    }
}
