package postwarden.producer.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are put together; grows with what is written. */
final class Buffer {
    private byte[] bytes = {};
    private int size;

    void write(byte[] from, int start, int length) {
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
        }
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    void write(String ascii) {
        byte[] text = ascii.getBytes(StandardCharsets.US_ASCII);
        write(text, 0, text.length);
    }

    /** What was written; the buffer is then empty, and holds no memory. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        bytes = new byte[0];
        size = 0;
        return taken;
    }
}
