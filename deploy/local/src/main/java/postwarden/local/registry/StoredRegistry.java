package postwarden.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import postwarden.schema.registry.Compatibility;
import postwarden.schema.registry.Registered;
import postwarden.schema.registry.RegistryContents;

/** A registry's contents and the file that holds them: a change counts when it is on the disk, and not before. */
final class StoredRegistry {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private volatile RegistryContents contents;

    /** A change that could not be written; the contents are what they were. */
    static final class NotStored extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotStored(Path file, IOException why) {
            super(file + ": " + why.getMessage(), why);
        }
    }

    private StoredRegistry(Path file, RegistryContents contents) {
        this.file = file;
        this.contents = contents;
    }

    /**
     * Reads the file, or begins with nothing where there is none.
     *
     * @throws IOException when the file is there and cannot be read: ids that begin anew would make old records lie
     */
    static StoredRegistry open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        RegistryContents contents = Files.exists(file) ? read(file) : RegistryContents.empty();
        return new StoredRegistry(file, contents);
    }

    RegistryContents contents() {
        return contents;
    }

    /**
     * Changes the contents; a change that changes nothing writes nothing.
     *
     * @throws NotStored when the file could not be written
     */
    synchronized void change(UnaryOperator<RegistryContents> change) {
        RegistryContents next = change.apply(contents);
        if (next.equals(contents)) {
            return;
        }
        try {
            write(next);
        } catch (IOException failed) {
            throw new NotStored(file, failed);
        }
        contents = next;
    }

    private void write(RegistryContents next) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(toJson(next)));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ObjectNode toJson(RegistryContents contents) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode versions = root.putArray("versions");
        for (Registered version : contents.versions()) {
            versions.addObject()
                    .put("subject", version.subject())
                    .put("version", version.version())
                    .put("id", version.id())
                    .put("schema", version.schema().toString());
        }
        ObjectNode rules = root.putObject("rules");
        new TreeMap<>(contents.rules()).forEach((subject, rule) -> rules.put(subject, rule.name()));
        return root;
    }

    private static RegistryContents read(Path file) throws IOException {
        try {
            JsonNode root = JSON.readTree(file.toFile());
            List<Registered> versions = new ArrayList<>();
            root.path("versions").forEach(node -> versions.add(version(node)));
            Map<String, Compatibility> rules = new TreeMap<>();
            root.path("rules")
                    .properties()
                    .forEach(rule -> rules.put(
                            rule.getKey(), Compatibility.valueOf(rule.getValue().asText())));
            return new RegistryContents(versions, rules);
        } catch (AvroRuntimeException | IllegalArgumentException | IOException broken) {
            throw new IOException(
                    file + " cannot be read as a registry's contents; restore it from a copy, or remove it together"
                            + " with the broker's data: " + broken.getMessage(),
                    broken);
        }
    }

    private static Registered version(JsonNode node) {
        return new Registered(
                node.path("subject").asText(),
                node.path("version").asInt(),
                node.path("id").asInt(),
                new Schema.Parser().parse(node.path("schema").asText()));
    }
}
