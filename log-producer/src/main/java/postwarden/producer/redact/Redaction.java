package postwarden.producer.redact;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How secrets are replaced: by a keyed hash where a key is given and equality matters, else by {@value #CUT}. Safe for many threads. */
public final class Redaction {
    /** Stands where a secret stood. */
    public static final String CUT = "***";

    /** Cuts, and leaves no hash. */
    public static final Redaction WITHOUT_KEY = new Redaction(Optional.empty());

    // Optional is a parameter nowhere else; here it says what the two ways to make one are.
    private final Optional<SiteKey> key;

    private Redaction(Optional<SiteKey> key) {
        this.key = key;
    }

    /** Cuts, and leaves hashes under this key of passwords whose repetition tells something. */
    public static Redaction with(SiteKey key) {
        return new Redaction(Optional.of(key));
    }

    /** Whether it replaces every secret in the same way. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Redaction redaction && redaction.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** What stands where the secret stood. */
    String replacement(Secret.Kind kind, byte[] bytes, int from, int to) {
        return switch (kind) {
            case HIDDEN, NUMBERS -> CUT;
            case GIVEN_PASSWORD ->
                key.map(site -> "keyed hash of given password: " + site.hash(bytes, from, to))
                        .orElse("given password: " + CUT);
        };
    }
}
