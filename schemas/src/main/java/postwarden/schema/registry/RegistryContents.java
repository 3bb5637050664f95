package postwarden.schema.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * Everything that a registry holds, as a value: registering gives new contents and leaves the old as they were, so that
 * they can be stored before they are told.
 *
 * @param versions all versions of all subjects, in the order of their registration
 * @param rules the rule by subject; {@link #DEFAULT_RULE} where none is set
 */
public record RegistryContents(List<Registered> versions, Map<String, Compatibility> rules) {

    /** What holds for a subject without a rule: Confluent's default. */
    public static final Compatibility DEFAULT_RULE = Compatibility.BACKWARD;

    /** Copies both collections. */
    public RegistryContents {
        versions = List.copyOf(versions);
        rules = Map.copyOf(rules);
    }

    /** A registry without subjects. */
    public static RegistryContents empty() {
        return new RegistryContents(List.of(), Map.of());
    }

    /**
     * These contents and one version more, or these if the subject has the schema already.
     *
     * @throws RegistryRefused when the subject's rule forbids the schema
     */
    public RegistryContents with(String subject, Schema schema) {
        if (find(subject, schema).isPresent()) {
            return this;
        }
        List<Registered> earlier = versionsOf(subject).toList();
        rule(subject)
                .breach(schema, earlier.stream().map(Registered::schema).toList())
                .ifPresent(why -> {
                    throw new RegistryRefused(
                            RegistryRefused.INCOMPATIBLE, "schema for subject " + subject + " refused: " + why);
                });
        Registered next = new Registered(subject, earlier.size() + 1, idFor(schema), schema);
        return new RegistryContents(
                Stream.concat(versions.stream(), Stream.of(next)).toList(), rules);
    }

    /** These contents with another rule for a subject. */
    public RegistryContents with(String subject, Compatibility rule) {
        Map<String, Compatibility> next = new HashMap<>(rules);
        next.put(subject, rule);
        return new RegistryContents(versions, next);
    }

    /** The version of a subject that is this schema, documentation included. */
    public Optional<Registered> find(String subject, Schema schema) {
        return versionsOf(subject).filter(known -> sameText(known, schema)).findFirst();
    }

    /** The schema with an id. */
    public Optional<Schema> schema(int id) {
        return versions.stream()
                .filter(known -> known.id() == id)
                .map(Registered::schema)
                .findFirst();
    }

    /** The latest version of a subject. */
    public Optional<Registered> latest(String subject) {
        return versionsOf(subject).reduce((earlier, later) -> later);
    }

    /** All versions of a subject, oldest first. */
    public Stream<Registered> versionsOf(String subject) {
        return versions.stream().filter(known -> known.subject().equals(subject));
    }

    /** The rule that a new version of a subject must keep. */
    public Compatibility rule(String subject) {
        return rules.getOrDefault(subject, DEFAULT_RULE);
    }

    private int idFor(Schema schema) {
        int highest = versions.stream().mapToInt(Registered::id).max().orElse(0);
        return versions.stream()
                .filter(known -> sameText(known, schema))
                .findFirst()
                .map(Registered::id)
                .orElse(highest + 1);
    }

    /** Schema.equals leaves documentation out; to a registry another text is another schema. */
    private static boolean sameText(Registered known, Schema schema) {
        return known.schema().toString().equals(schema.toString());
    }
}
