package postwarden.tally;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Writes the compact form in which states are stored: whole numbers as variable-length zigzag (as in Avro and Protocol
 * Buffers), texts as length and UTF-8. Part of the core, because each state knows its own parts.
 */
public final class Packer {
    /** Bytes of a number of 64 bits, seven in each. */
    private static final int LONGEST_NUMBER = 10;
    /** Bytes of a length from 64 to 8191. */
    private static final int LENGTH = 2;

    private byte[] bytes;
    private int size;
    /** Texts that were written whole, by the order in which they came. */
    private Map<String, Integer> shared = Map.of();

    public Packer() {
        this(64);
    }

    /** @param room bytes that are expected; more find room too */
    public Packer(int room) {
        bytes = new byte[room];
    }

    public Packer number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        room(LONGEST_NUMBER);
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** A number whose bits are all equally likely to be set, such as a hash. */
    public Packer fixed(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    public Packer decimal(double value) {
        return fixed(Double.doubleToRawLongBits(value));
    }

    public Packer flag(boolean value) {
        return number(value ? 1 : 0);
    }

    public Packer text(String value) {
        int length = value.length();
        int start = size;
        number(length);
        room(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c > 127) {
                size = start;
                return bytes(value.getBytes(StandardCharsets.UTF_8));
            }
            bytes[size++] = (byte) c;
        }
        return this;
    }

    /** A text that comes again and again, such as a host or a file: written whole once, then as a number. */
    public Packer shared(String value) {
        if (shared.isEmpty()) {
            shared = new HashMap<>();
        }
        Integer known = shared.putIfAbsent(value, shared.size() + 1);
        return known == null ? number(0).text(value) : number(known);
    }

    /** An instant to the nanosecond. */
    public Packer instant(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    /** What {@code content} writes of the value, as {@link #bytes}: in place, because most of what is stored is nested. */
    public <T> Packer nested(T value, BiConsumer<T, Packer> content) {
        Map<String, Integer> outer = shared;
        shared = Map.of();
        int start = size;
        room(LENGTH);
        size += LENGTH;
        content.accept(value, this);
        int length = size - start - LENGTH;
        int width = width(length);
        if (width != LENGTH) {
            room(width);
            System.arraycopy(bytes, start + LENGTH, bytes, start + width, length);
        }
        size = start;
        number(length);
        size += length;
        shared = outer;
        return this;
    }

    public Packer bytes(byte[] value) {
        number(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** What another packer wrote, as it is. */
    public Packer raw(byte[] written) {
        room(written.length);
        System.arraycopy(written, 0, bytes, size, written.length);
        size += written.length;
        return this;
    }

    /** How many bytes have been written. */
    public int size() {
        return size;
    }

    /** Forgets what was written and keeps the room. */
    public Packer clear() {
        size = 0;
        shared = Map.of();
        return this;
    }

    public byte[] packed() {
        return Arrays.copyOf(bytes, size);
    }

    /** Bytes that {@link #number} takes for a length. */
    private static int width(long length) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(length << 1) + 6) / 7);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
