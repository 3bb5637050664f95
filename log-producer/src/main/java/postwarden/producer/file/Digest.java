package postwarden.producer.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names for content: the first half of its SHA-256, so that no line of a log is readable in what is kept about a file. */
final class Digest {
    private static final int BYTES = 16;

    private Digest() {}

    static String of(byte[] content, int from, int to) {
        MessageDigest digest = sha256();
        digest.update(content, from, to - from);
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
