package postwarden.producer.redact;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The key of a site, the same on all its hosts: makes equal passwords equal and tells nothing else about them. */
public final class SiteKey {
    /** Shorter keys can be tried out; RFC 2104, section 3, discourages keys shorter than the hash, most people's tools give 16 and more. */
    public static final int SHORTEST = 16;

    private static final String ALGORITHM = "HmacSHA256";
    /** 48 bits: two of a million passwords meet by chance once in five hundred sites, and nobody can search back without the key. */
    private static final int HASH_BYTES = 6;

    private final byte[] key;

    /**
     * A key of these bytes.
     *
     * @param key at least {@value #SHORTEST} bytes
     * @throws IllegalArgumentException when there are fewer
     */
    public SiteKey(byte[] key) {
        if (key.length < SHORTEST) {
            throw new IllegalArgumentException(
                    "a redaction key of " + key.length + " bytes, at least " + SHORTEST + " are needed");
        }
        this.key = key.clone();
    }

    /** HMAC-SHA-256 of some bytes, its first twelve hexadecimal digits. */
    String hash(byte[] bytes, int from, int to) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(bytes, from, to - from);
            return HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(), HASH_BYTES));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SiteKey site && MessageDigest.isEqual(site.key, key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /** Says nothing about the key. */
    @Override
    public String toString() {
        return "SiteKey";
    }
}
