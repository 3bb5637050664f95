package postwarden.producer.syslog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Host and program names as strings, each made once: a log repeats a few names millions of times.
 *
 * <p>Bounded: {@value #SLOTS} names; a name that falls on a taken slot takes it over.
 */
final class Names {
    private static final int SLOTS = 256;
    private static final byte[] NOTHING = {};

    private final byte[][] bytes = new byte[SLOTS][];
    private final String[] names = new String[SLOTS];

    Names() {
        Arrays.fill(bytes, NOTHING);
        Arrays.fill(names, "");
    }

    /** The name in a range of bytes; bytes beyond ASCII become one character each, so that nothing is lost or merged. */
    String of(byte[] line, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + line[i];
        }
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        if (!Arrays.equals(bytes[slot], 0, bytes[slot].length, line, from, to)) {
            bytes[slot] = Arrays.copyOfRange(line, from, to);
            names[slot] = new String(bytes[slot], StandardCharsets.ISO_8859_1);
        }
        return names[slot];
    }
}
