package postwarden.producer.follow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;

/** A log as it stands on the disk. */
record PlainBytes(FileChannel channel) implements Bytes {
    static PlainBytes open(Stat stat) throws IOException {
        return new PlainBytes(
                stat.links()
                        ? FileChannel.open(stat.path(), StandardOpenOption.READ)
                        : FileChannel.open(stat.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(byte[] into, int length, long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        int count = 0;
        while (buffer.hasRemaining() && count >= 0) {
            count = channel.read(buffer, from + buffer.position());
        }
        return buffer.position();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
