package postwarden.correlate;

/**
 * One line that other files may hold as well.
 *
 * @param hash of what it says
 * @param pid of its process; 0 while no header named it
 * @param files 16 bits of each file's hash that held it, up to four; 0 for none
 */
public record CopiedLine(long time, long hash, int pid, long files) {
    static final long NO_FILES = 0;
    /** No line. */
    static final CopiedLine NONE = new CopiedLine(Long.MIN_VALUE, 0, 0, NO_FILES);

    private static final int BITS = 16;
    private static final long ONE = 0xFFFF;
    /** Knuth, multiplicative hashing by the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    boolean isNone() {
        return time == Long.MIN_VALUE;
    }

    boolean isOf(int otherPid) {
        return pid <= 0 || otherPid <= 0 || pid == otherPid;
    }

    boolean isIn(int file) {
        for (long left = files; left != 0; left >>>= BITS) {
            if ((left & ONE) == bits(file)) {
                return true;
            }
        }
        return false;
    }

    /** The same in a further file; a fifth is not noted. */
    CopiedLine in(int file) {
        return (files >>> (Long.SIZE - BITS)) != 0
                ? this
                : new CopiedLine(time, hash, pid, (files << BITS) | bits(file));
    }

    CopiedLine by(int otherPid) {
        return pid > 0 || otherPid <= 0 ? this : new CopiedLine(time, hash, otherPid, files);
    }

    /** Never 0, which stands for no file; names that differ in one digit are spread apart. */
    private static long bits(int file) {
        return Math.max(1, (file * SPREAD) >>> (Long.SIZE - BITS));
    }
}
