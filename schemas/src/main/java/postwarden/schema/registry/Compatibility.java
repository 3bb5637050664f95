package postwarden.schema.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;

/** The rules that a registry can hold new versions of a subject to, with Confluent's names. */
public enum Compatibility {
    /** Anything goes. */
    NONE,
    /** The new schema reads what the latest wrote. */
    BACKWARD,
    /** The new schema reads what any earlier one wrote. */
    BACKWARD_TRANSITIVE,
    /** The latest schema reads what the new one writes. */
    FORWARD,
    /** Every earlier schema reads what the new one writes. */
    FORWARD_TRANSITIVE,
    /** The new and the latest schema read each other's records. */
    FULL,
    /** The new schema and every earlier one read each other's records. */
    FULL_TRANSITIVE;

    /**
     * Holds a new schema against the earlier ones.
     *
     * @param next the new schema
     * @param earlier the versions so far, oldest first; may be empty
     * @return why the rule is broken, or empty when it is kept
     */
    public Optional<String> breach(Schema next, List<Schema> earlier) {
        if (this == NONE) {
            return Optional.empty();
        }
        // Avro's validators look at the newest version first.
        List<Schema> newestFirst = new ArrayList<>(earlier);
        Collections.reverse(newestFirst);
        try {
            validator().validate(next, newestFirst);
            return Optional.empty();
        } catch (SchemaValidationException broken) {
            return Optional.of(this + " is broken: " + broken.getMessage());
        }
    }

    private SchemaValidator validator() {
        SchemaValidatorBuilder strategy = strategy();
        return name().endsWith("_TRANSITIVE") ? strategy.validateAll() : strategy.validateLatest();
    }

    private SchemaValidatorBuilder strategy() {
        SchemaValidatorBuilder builder = new SchemaValidatorBuilder();
        if (name().startsWith("BACKWARD")) {
            return builder.canReadStrategy();
        }
        return name().startsWith("FORWARD") ? builder.canBeReadStrategy() : builder.mutualReadStrategy();
    }
}
