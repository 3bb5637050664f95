package postwarden.producer.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A short name for content: the first half of its SHA-256, so that no line of a log is readable in what is kept about a file. Two
 * numbers, because an agent with ten thousand files has two of each.
 *
 * @param high its first eight bytes
 * @param low its other eight bytes
 */
public record Digest(long high, long low) {
    /** Of nothing; written as an empty text. */
    static final Digest NONE = new Digest(0, 0);

    private static final int DIGITS = 16;

    static Digest of(byte[] content, int from, int to) {
        MessageDigest digest = sha256();
        digest.update(content, from, to - from);
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new Digest(bytes.getLong(), bytes.getLong());
    }

    /**
     * As it was written.
     *
     * @throws IllegalArgumentException when it is neither 32 hexadecimal digits nor empty
     */
    public static Digest valueOf(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        if (text.length() != 2 * DIGITS) {
            throw new IllegalArgumentException("a digest has 32 digits, not " + text.length());
        }
        return new Digest(
                HexFormat.fromHexDigitsToLong(text, 0, DIGITS),
                HexFormat.fromHexDigitsToLong(text, DIGITS, 2 * DIGITS));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** 32 hexadecimal digits; nothing for {@link #NONE}. */
    @Override
    public String toString() {
        return equals(NONE)
                ? ""
                : HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
