package postwarden.producer.redact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes written as decimal numbers with commas between them. */
final class Numbers {
    private Numbers() {}

    /** The bytes; what is larger than a byte is cut to one. */
    static byte[] decode(byte[] text, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((to - from) / 3);
        int value = -1;
        for (int i = from; i < to; i++) {
            if (text[i] >= '0' && text[i] <= '9') {
                value = Math.max(value, 0) * 10 + text[i] - '0';
            } else if (value >= 0) {
                bytes.write(value);
                value = -1;
            }
        }
        if (value >= 0) {
            bytes.write(value);
        }
        return bytes.toByteArray();
    }

    static byte[] encode(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder((to - from) * 4);
        for (int i = from; i < to; i++) {
            text.append(i > from ? "," : "").append(bytes[i] & 0xff);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
