package postwarden.drift;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import postwarden.event.Daemon;

/**
 * What lines of one kind have in common.
 *
 * @param daemon whose rules did not know them
 * @param program as their headers name it, at most {@value #LONGEST_PROGRAM} characters; {@value #NO_HEADER} where the header was not
 *     understood
 * @param text the words that do not vary, or why the header was not understood
 */
public record Template(Daemon daemon, String program, String text) {
    /** The program of lines whose header was not understood. */
    public static final String NO_HEADER = "(no header)";

    private static final int LONGEST_PROGRAM = 48;
    /** FNV-1a for 64 bits (RFC 9923, section 5). */
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;

    private static final long FNV_PRIME = 0x100000001b3L;

    static Template of(Daemon daemon, String program, String message) {
        String name = program.substring(0, Math.min(program.length(), LONGEST_PROGRAM));
        return new Template(daemon, name, Words.template(message));
    }

    static Template ofUnparsed(String reason) {
        return new Template(Daemon.UNKNOWN, NO_HEADER, Words.template(reason));
    }

    /** The same in every release and on every machine for the same template. */
    public long id() {
        long hash = FNV_OFFSET;
        for (byte b : (daemon.wireName() + "\0" + program + "\0" + text).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    /** The id in sixteen hexadecimal digits. */
    public String name() {
        return String.format(Locale.ROOT, "%016x", id());
    }
}
