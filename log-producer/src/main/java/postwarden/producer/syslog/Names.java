package postwarden.producer.syslog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Host and program names as strings, each made once: a log repeats a few names millions of times.
 *
 * <p>Bounded: {@value #MOST_SLOTS} names; a name that falls on a taken slot takes it over. It begins small, because an agent may read
 * ten thousand logs of which each has a few.
 */
final class Names {
    private static final int MOST_SLOTS = 256;
    private static final int FIRST_SLOTS = 8;
    private static final byte[] NOTHING = {};

    private byte[][] bytes = new byte[FIRST_SLOTS][];
    private String[] names = new String[FIRST_SLOTS];

    Names() {
        forget(FIRST_SLOTS);
    }

    /** What is lost is made again when it comes again. */
    private void forget(int slots) {
        bytes = new byte[slots][];
        names = new String[slots];
        Arrays.fill(bytes, NOTHING);
        Arrays.fill(names, "");
    }

    /** The name in a range of bytes; bytes beyond ASCII become one character each, so that nothing is lost or merged. */
    String of(byte[] line, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + line[i];
        }
        int slot = (hash ^ hash >>> 16) & (names.length - 1);
        if (!Arrays.equals(bytes[slot], 0, bytes[slot].length, line, from, to)) {
            if (bytes[slot].length > 0 && names.length < MOST_SLOTS) {
                forget(names.length * 2);
                slot = (hash ^ hash >>> 16) & (names.length - 1);
            }
            bytes[slot] = Arrays.copyOfRange(line, from, to);
            names[slot] = new String(bytes[slot], StandardCharsets.ISO_8859_1);
        }
        return names[slot];
    }
}
