package postwarden.producer.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The identity of a file's content, the same under every name that rotation gives it and after the loss of all that was known about it:
 * readers tell by it and the offset whether they have seen a line.
 */
public final class FileId {
    private static final int BYTES = 12;

    private FileId() {}

    /**
     * The identity of a file.
     *
     * @param family folder and family name, see {@link Family}; tells two logs apart that begin with the same line
     * @param beginning print of the file's beginning, see {@link Print#ofBeginning}
     * @param turn 0, or how many other files of the family began with the same bytes before this one
     * @return 24 hexadecimal digits
     */
    public static String of(String family, Print beginning, int turn) {
        MessageDigest digest = Digest.sha256();
        digest.update(family.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update((beginning.digest().toString() + ' ' + turn).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
