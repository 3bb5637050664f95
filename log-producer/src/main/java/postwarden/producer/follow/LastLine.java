package postwarden.producer.follow;

import java.io.IOException;

/** Finds where the last whole line of a file ends. */
final class LastLine {
    private static final int STRETCH = 65_536;

    private LastLine() {}

    /** Index behind the last LF in the file's last {@value #STRETCH} bytes; the file's size when there is none. */
    static long end(Bytes log) throws IOException {
        long size = log.size();
        int length = (int) Math.min(STRETCH, size);
        byte[] bytes = new byte[length];
        long from = size - length;
        for (int i = log.read(bytes, length, from) - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return from + i + 1;
            }
        }
        return length == size ? 0 : size;
    }
}
