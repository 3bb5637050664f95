package postwarden.schema.released;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import postwarden.schema.registry.Compatibility;

/**
 * One schema as it is now and as it was released, and what is wrong between the two.
 *
 * @param name such as MailLine
 * @param current what the sources say
 * @param released v1, v2 and so on, oldest first
 */
record Releases(String name, Schema current, List<Schema> released) {
    private static final Path SOURCES = Path.of("src/main/avro");
    private static final Path RELEASED = Path.of("src/main/resources/released");

    static Releases read(String name) throws IOException {
        List<Schema> released = new ArrayList<>();
        while (Files.exists(versionFile(name, released.size() + 1))) {
            released.add(parse(versionFile(name, released.size() + 1)));
        }
        return new Releases(name, parse(SOURCES.resolve(name + ".avsc")), released);
    }

    /** Names of all schemas that ever were in the sources or released. */
    static List<String> names() throws IOException {
        try (Stream<Path> sources = Files.list(SOURCES);
                Stream<Path> folders = Files.list(RELEASED)) {
            return Stream.concat(sources, folders)
                    .map(path -> path.getFileName().toString().replace(".avsc", ""))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** What to do when the sources say something that was never released. */
    Optional<String> unreleased() {
        boolean known = !released.isEmpty()
                && released.get(released.size() - 1).toString().equals(current.toString());
        return known
                ? Optional.empty()
                : Optional.of(name + ".avsc is not its latest released version, v" + released.size()
                        + ". Records of both will meet in topics. If the change is meant: copy "
                        + SOURCES.resolve(name + ".avsc") + " to " + versionFile(name, released.size() + 1)
                        + ", see that this test finds it compatible, and register it before agents and service are"
                        + " updated (see RATIONALE.md). Never change a file of a released version.");
    }

    /** What breaks records between the sources and any released version, in either direction. */
    Optional<String> incompatible() {
        return Compatibility.FULL_TRANSITIVE
                .breach(current, released)
                .map(why -> name + ".avsc cannot live beside its released versions: " + why
                        + ". New fields need a default, fields without one must stay, types must not change.");
    }

    private static Path versionFile(String name, int version) {
        return RELEASED.resolve(name).resolve("v" + version + ".avsc");
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }
}
