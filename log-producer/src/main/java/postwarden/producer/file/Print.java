package postwarden.producer.file;

/**
 * What a stretch of a file contained when it was read: enough to see later whether it is still the same content.
 *
 * @param from its first byte in the file, >= 0
 * @param length in bytes, 0 to 1024; 0 matches everything
 * @param digest of its bytes
 */
public record Print(long from, int length, Digest digest) {
    /** How much of a file's first line tells it from others, in bytes, when the line is longer. */
    public static final int PREFIX = 1024;
    /** How much is remembered in front of a position, in bytes. */
    public static final int MARK = 32;
    /** Nothing is known about the content. */
    public static final Print NOTHING = new Print(0, 0, Digest.NONE);

    public Print {
        if (from < 0 || length < 0 || length > PREFIX) {
            throw new IllegalArgumentException("no stretch of " + length + " bytes at " + from);
        }
    }

    /** Of the bytes in a range of an array, which stand at a given place in the file. */
    public static Print of(long from, byte[] bytes, int start, int end) {
        return start == end ? NOTHING : new Print(from, end - start, Digest.of(bytes, start, end));
    }

    /**
     * Of a file's beginning: its first line with the LF, or its first {@value #PREFIX} bytes when that is longer. {@link #NOTHING} as
     * long as neither is there, because the beginning would still change.
     */
    public static Print ofBeginning(byte[] bytes, int length) {
        int bound = Math.min(length, PREFIX);
        for (int i = 0; i < bound; i++) {
            if (bytes[i] == '\n') {
                return of(0, bytes, 0, i + 1);
            }
        }
        return bound == PREFIX ? of(0, bytes, 0, PREFIX) : NOTHING;
    }

    /** Whether these are the bytes that were there; the length must be this print's, or what the file still has of it. */
    public boolean matches(byte[] bytes, int count) {
        return length == 0 || (count == length && digest.equals(Digest.of(bytes, 0, count)));
    }
}
