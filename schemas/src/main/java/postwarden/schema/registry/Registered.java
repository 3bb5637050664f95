package postwarden.schema.registry;

import java.util.Objects;
import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param subject what the schema describes, such as {@code mail.lines-value}
 * @param version place in the subject's history, >= 1
 * @param id the registry's number for the schema's text, >= 1; the same under every subject
 * @param schema the schema itself
 */
public record Registered(String subject, int version, int id, Schema schema) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when version or id is below 1
     */
    public Registered {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(schema, "schema");
        if (version < 1 || id < 1) {
            throw new IllegalArgumentException(
                    "version " + version + " and id " + id + " of subject " + subject + " must be at least 1");
        }
    }
}
