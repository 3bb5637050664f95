package postwarden.detect;

import postwarden.tally.Key;

/**
 * How often each of any number of keys came, never too low: a count-min sketch (Cormode and Muthukrishnan 2005) whose counters
 * are halved now and then, as TinyLFU does (Einziger, Friedman and Manes 2017), so that what was busy long ago counts for
 * little. One mebibyte.
 */
final class Frequencies {
    private static final int ROWS = 4;
    private static final int WIDTH = 1 << 18;
    private static final int MOST = 255;
    /** Additions after which all counters are halved: ten for each place, after which chance fills them. */
    private static final int HALVED_AFTER = 10 * WIDTH;
    /** Knuth, multiplicative hashing by the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final byte[] counters = new byte[ROWS * WIDTH];
    private int additions;

    /** Adds {@code n} to a key's count and returns the count, at most 255. */
    int add(Key key, int n) {
        if (++additions >= HALVED_AFTER) {
            halve();
        }
        long hash = key.hash();
        int least = MOST;
        for (int row = 0; row < ROWS; row++) {
            least = Math.min(least, counters[place(hash, row)] & MOST);
        }
        int sum = Math.min(MOST, least + n);
        for (int row = 0; row < ROWS; row++) {
            int at = place(hash, row);
            // Only what is below it: the others were raised by other keys.
            counters[at] = (byte) Math.max(counters[at] & MOST, sum);
        }
        return sum;
    }

    private static int place(long hash, int row) {
        return row * WIDTH + (int) (((hash + row * ((hash >>> 32) | 1)) * SPREAD) >>> 46);
    }

    private void halve() {
        for (int i = 0; i < counters.length; i++) {
            counters[i] = (byte) ((counters[i] & MOST) >> 1);
        }
        additions = 0;
    }
}
