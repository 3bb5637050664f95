package postwarden.schema.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** A registry in this process, for tests and for {@code mock://} URLs; gone when the process ends. */
public final class MemoryRegistry implements Registry {

    // Shared on purpose: a producer and a consumer in one test find each other by the name in mock://name.
    private static final Map<String, MemoryRegistry> SCOPES = new ConcurrentHashMap<>();

    private final String name;
    private RegistryContents contents = RegistryContents.empty();

    /** An empty registry that only its holder knows. */
    public MemoryRegistry() {
        this("memory");
    }

    private MemoryRegistry(String name) {
        this.name = name;
    }

    /**
     * The registry of a scope; the same one for the same name, in all of this process.
     *
     * @param scope what stands behind {@code mock://}
     */
    public static MemoryRegistry of(String scope) {
        return SCOPES.computeIfAbsent(scope, fresh -> new MemoryRegistry("mock://" + fresh));
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        contents = contents.with(subject, schema);
        return idOf(subject, schema);
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        return found(contents.find(subject, schema), subject);
    }

    @Override
    public synchronized Schema schema(int id) {
        return contents.schema(id)
                .orElseThrow(
                        () -> new RegistryRefused(RegistryRefused.SCHEMA_NOT_FOUND, "schema " + id + " not found"));
    }

    @Override
    public synchronized Registered latest(String subject) {
        return contents.latest(subject)
                .orElseThrow(() ->
                        new RegistryRefused(RegistryRefused.SUBJECT_NOT_FOUND, "subject " + subject + " not found"));
    }

    @Override
    public synchronized void require(String subject, Compatibility rule) {
        contents = contents.with(subject, rule);
    }

    @Override
    public String name() {
        return name;
    }

    /** Keeps the contents: others of the same scope may still want them. */
    @Override
    public void close() {}

    private static int found(Optional<Registered> version, String subject) {
        return version.map(Registered::id)
                .orElseThrow(() -> new RegistryRefused(
                        RegistryRefused.SCHEMA_NOT_FOUND, "schema not found under subject " + subject));
    }
}
