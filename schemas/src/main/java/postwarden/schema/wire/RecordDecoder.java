package postwarden.schema.wire;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary encoding (specification 1.12, "Binary Encoding") read from one record's bytes. No length that the bytes
 * claim is believed beyond the bytes that are left, before anything is allocated: Avro's own decoder allocates what it
 * is told, up to a limit for the whole process ({@code org.apache.avro.limits.*}), so that a record of ten bytes may
 * cost two gigabytes.
 */
final class RecordDecoder extends Decoder {
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 0x7f;
    private static final int LONGEST_INT = 35;
    private static final int LONGEST_LONG = 70;

    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    /** Starts over with other bytes, which must not change until the record is read. */
    void reset(byte[] source, int offset, int length) {
        bytes = source;
        at = offset;
        end = offset + length;
    }

    /** Forgets the bytes, so that a big record does not stay in memory with its decoder. */
    void clear() {
        reset(new byte[0], 0, 0);
    }

    /** Bytes that are not read yet. */
    int left() {
        return end - at;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        return next() == 1;
    }

    @Override
    public int readInt() throws IOException {
        int raw = 0;
        for (int shift = 0; shift < LONGEST_INT; shift += 7) {
            int b = next();
            raw |= (b & SEVEN_BITS) << shift;
            if ((b & MORE) == 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new IOException("an int of more than five bytes");
    }

    @Override
    public long readLong() throws IOException {
        long raw = 0;
        for (int shift = 0; shift < LONGEST_LONG; shift += 7) {
            int b = next();
            raw |= (long) (b & SEVEN_BITS) << shift;
            if ((b & MORE) == 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new IOException("a long of more than ten bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return (float) FLOATS.get(bytes, take(Float.BYTES));
    }

    @Override
    public double readDouble() throws IOException {
        return (double) DOUBLES.get(bytes, take(Double.BYTES));
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        int length = length();
        byte[] copy = new byte[length];
        System.arraycopy(bytes, take(length), copy, 0, length);
        return new Utf8(copy);
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        take(length());
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        int length = length();
        byte[] copy = new byte[length];
        System.arraycopy(bytes, take(length), copy, 0, length);
        return ByteBuffer.wrap(copy);
    }

    @Override
    public void skipBytes() throws IOException {
        take(length());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        System.arraycopy(bytes, take(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        take(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return blockItems();
    }

    @Override
    public long arrayNext() throws IOException {
        return blockItems();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return blockItems();
    }

    @Override
    public long mapNext() throws IOException {
        return blockItems();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    /** Items in the next block, each of at least one byte: an array of nulls, which no schema of ours has, is refused. */
    private long blockItems() throws IOException {
        long items = readLong();
        if (items < 0) {
            readLong();
            items = -items;
        }
        if (items < 0 || items > left()) {
            throw new AvroRuntimeException("a block of " + items + " items where " + left() + " bytes are left");
        }
        return items;
    }

    /** Skips blocks that state their size; the items of the first one that does not are for the caller to skip. */
    private long skipBlocks() throws IOException {
        long items = readLong();
        while (items < 0) {
            take(checked(readLong()));
            items = readLong();
        }
        if (items > left()) {
            throw new AvroRuntimeException("a block of " + items + " items where " + left() + " bytes are left");
        }
        return items;
    }

    private int length() throws IOException {
        return checked(readLong());
    }

    private int checked(long length) {
        if (length < 0 || length > left()) {
            throw new AvroRuntimeException("a length of " + length + " where " + left() + " bytes are left");
        }
        return (int) length;
    }

    private int take(int length) throws EOFException {
        if (length > left()) {
            throw new EOFException("ends " + (length - left()) + " bytes early");
        }
        int from = at;
        at += length;
        return from;
    }

    private int next() throws EOFException {
        if (at >= end) {
            throw new EOFException("ends too early");
        }
        return bytes[at++];
    }
}
