package postwarden.producer.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters in a file for node_exporter's textfile collector: whole at every moment, readable by all, and gone when the agent has ended,
 * so that nobody takes its last numbers for how things are.
 */
public final class Textfile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Textfile.class);

    private final Path file;
    private final Supplier<String> text;
    private boolean failing;

    /** A file that is not written yet. */
    public Textfile(Path file, Supplier<String> text) {
        this.file = file;
        this.text = text;
    }

    /** Writes it anew; when that fails, says so once and again when it has worked in between. Whether it worked. */
    public boolean write() {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, text.get());
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("why", e.toString())
                        .log("the file with the metrics cannot be written");
            }
            failing = true;
        }
        return !failing;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("why", e.toString())
                    .log("the file with the metrics of an agent that has ended cannot be removed");
        }
    }
}
