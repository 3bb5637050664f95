package postwarden.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import postwarden.producer.config.KeyFile;
import postwarden.producer.redact.Redaction;

/** The option by which a command leaves the hashes that the site's producers leave. */
final class RedactionKey {
    @Option(
            names = "--redaction-key",
            paramLabel = "FILE",
            description = "key of the hashes that stand for given passwords (default: they are cut without a trace)")
    private @Nullable Path file;

    /** @throws IOException when the key cannot be used, saying why */
    Redaction redaction() throws IOException {
        if (file == null) {
            return Redaction.WITHOUT_KEY;
        }
        try {
            return Redaction.with(KeyFile.read(file));
        } catch (IllegalArgumentException refused) {
            throw new IOException("--redaction-key " + refused.getMessage(), refused);
        }
    }
}
