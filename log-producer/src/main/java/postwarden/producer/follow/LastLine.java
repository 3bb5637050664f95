package postwarden.producer.follow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Finds where the last whole line of a file ends. */
final class LastLine {
    private static final int STRETCH = 65_536;

    private LastLine() {}

    /** Index behind the last LF in the file's last {@value #STRETCH} bytes; the file's size when there is none. */
    static long end(FileChannel channel) throws IOException {
        long size = channel.size();
        int length = (int) Math.min(STRETCH, size);
        ByteBuffer bytes = ByteBuffer.allocate(length);
        long from = size - length;
        int count = 0;
        while (bytes.hasRemaining() && count >= 0) {
            count = channel.read(bytes, from + bytes.position());
        }
        for (int i = bytes.position() - 1; i >= 0; i--) {
            if (bytes.get(i) == '\n') {
                return from + i + 1;
            }
        }
        return length == size ? 0 : size;
    }
}
