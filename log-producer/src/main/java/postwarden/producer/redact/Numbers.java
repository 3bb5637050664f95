package postwarden.producer.redact;

import java.util.Arrays;

/** Bytes written as decimal numbers with commas between them. */
final class Numbers {
    private Numbers() {}

    /** The bytes; what is larger than a byte is cut to one. */
    static byte[] decode(byte[] text, int from, int to) {
        byte[] bytes = new byte[(to - from + 1) / 2];
        int count = 0;
        int value = -1;
        for (int i = from; i < to; i++) {
            if (text[i] >= '0' && text[i] <= '9') {
                value = Math.max(value, 0) * 10 + text[i] - '0';
            } else if (value >= 0) {
                bytes[count++] = (byte) value;
                value = -1;
            }
        }
        if (value >= 0) {
            bytes[count++] = (byte) value;
        }
        return Arrays.copyOf(bytes, count);
    }

    static String encode(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder((to - from) * 4);
        for (int i = from; i < to; i++) {
            text.append(i > from ? "," : "").append(bytes[i] & 0xff);
        }
        return text.toString();
    }
}
