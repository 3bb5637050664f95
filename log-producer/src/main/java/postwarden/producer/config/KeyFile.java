package postwarden.producer.config;

import java.nio.file.Path;
import postwarden.producer.redact.SiteKey;

/** The file that holds a site's redaction key: all its bytes but a line end behind them. */
public final class KeyFile {
    private KeyFile() {}

    /**
     * Reads a key. Who may read it can try passwords against the hashes.
     *
     * @param file holds the key; readable by its owner only, who is whoever runs this, or root
     * @throws IllegalArgumentException when it cannot be read, is too short, or is open to others, saying which
     */
    public static SiteKey read(Path file) {
        byte[] bytes = SecretFile.read(file);
        try {
            return new SiteKey(bytes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
