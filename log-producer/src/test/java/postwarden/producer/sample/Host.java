package postwarden.producer.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A made-up procfs in a folder. */
final class Host {
    static final Path RESOURCES = Path.of("src/test/resources/sample");
    static final long SECOND = 1_000_000_000L;

    private final Path proc;

    Host(Path folder) {
        this.proc = folder;
    }

    Path proc() {
        return proc;
    }

    /** Puts a recorded text in its place, over the one that was there. */
    Host has(String place, String resource) throws IOException {
        Path file = proc.resolve(place);
        Files.createDirectories(file.getParent());
        Files.copy(RESOURCES.resolve(resource), file, StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    Host says(String place, String text) throws IOException {
        Path file = proc.resolve(place);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }
}
