package postwarden.tally;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what a {@link Packer} wrote; whatever is not that is an {@link IllegalArgumentException}. */
public final class Unpacker {
    private static final long NANOS = 1_000_000_000;

    private final byte[] bytes;
    private List<String> shared = List.of();
    private int at;

    public Unpacker(byte[] bytes) {
        this(bytes, 0);
    }

    /** @param at where to begin */
    public Unpacker(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes ends at byte " + at);
    }

    /** A number of things to read next, each at least one byte. */
    public int count() {
        long count = number();
        if (count < 0 || count > bytes.length - at) {
            throw new IllegalArgumentException(count + " parts at byte " + at + " of " + bytes.length);
        }
        return (int) count;
    }

    public long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (next() & 0xFF);
        }
        return value;
    }

    public double decimal() {
        return Double.longBitsToDouble(fixed());
    }

    public boolean flag() {
        return number() != 0;
    }

    public String text() {
        int length = count();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /** What {@link Packer#shared} wrote. */
    public String shared() {
        long index = number();
        if (index == 0) {
            String text = text();
            if (shared.isEmpty()) {
                shared = new ArrayList<>();
            }
            shared.add(text);
            return text;
        }
        if (index < 0 || index > shared.size()) {
            throw new IllegalArgumentException("text " + index + " of " + shared.size() + " before byte " + at);
        }
        return shared.get((int) index - 1);
    }

    /** Where the next byte stands. */
    public int at() {
        return at;
    }

    /** Whether anything is left to read. */
    public boolean hasMore() {
        return at < bytes.length;
    }

    public Instant instant() {
        long seconds = number();
        long nanos = number();
        if (seconds < Instant.MIN.getEpochSecond()
                || seconds > Instant.MAX.getEpochSecond()
                || nanos < 0
                || nanos >= NANOS) {
            throw new IllegalArgumentException(
                    "no time before byte " + at + ": " + seconds + " s and " + nanos + " ns");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** Passes over what {@link #bytes} would return. */
    public void skip() {
        int length = count();
        at += length;
    }

    public byte[] bytes() {
        int length = count();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /**
     * Reads the version byte that every state begins with.
     *
     * @throws IllegalArgumentException when it is newer than {@code newest}, as after a downgrade
     */
    public int version(String what, int newest) {
        long version = number();
        if (version < 1 || version > newest) {
            throw new IllegalArgumentException(
                    what + " has version " + version + ", this release reads 1 to " + newest);
        }
        return (int) version;
    }

    private byte next() {
        if (at >= bytes.length) {
            throw new IllegalArgumentException("the state ends at byte " + at);
        }
        return bytes[at++];
    }
}
