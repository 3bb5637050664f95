package postwarden.schema.registry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

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
        int first = name().endsWith("_TRANSITIVE") ? 0 : Math.max(0, earlier.size() - 1);
        return IntStream.range(first, earlier.size())
                .mapToObj(index -> breach(next, earlier.get(index), index + 1))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Why one schema cannot read what another wrote, or empty when it can: a line for a person.
     *
     * @param reader the schema that is wanted
     * @param writer the schema that wrote
     */
    public static Optional<String> obstacle(Schema reader, Schema writer) {
        var verdict = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (verdict.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return Optional.empty();
        }
        // Not Avro's own text, which prints both schemas in full.
        return Optional.of(verdict.getResult().getIncompatibilities().stream()
                .map(found -> found.getType() + " at " + found.getLocation())
                .collect(Collectors.joining(", ")));
    }

    private Optional<String> breach(Schema next, Schema earlier, int version) {
        Optional<String> backward = name().startsWith("FORWARD") || this == NONE
                ? Optional.empty()
                : obstacle(next, earlier).map(why -> "it cannot read version " + version + ": " + why);
        Optional<String> forward = name().startsWith("BACKWARD") || this == NONE
                ? Optional.empty()
                : obstacle(earlier, next).map(why -> "version " + version + " cannot read it: " + why);
        return backward.or(() -> forward).map(why -> this + " is broken: " + why);
    }
}
