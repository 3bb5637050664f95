package postwarden.tally;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes the compact form in which states are stored: whole numbers as variable-length zigzag (as in Avro and Protocol
 * Buffers), texts as length and UTF-8. Part of the core, because each state knows its own parts.
 */
public final class Packer {
    private byte[] bytes = new byte[256];
    private int size;

    public Packer number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        room(10);
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
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** An instant to the nanosecond. */
    public Packer instant(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    public Packer bytes(byte[] value) {
        number(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    public byte[] packed() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
