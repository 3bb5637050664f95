package postwarden.producer.follow;

import java.io.IOException;
import java.nio.file.FileSystemException;
import postwarden.producer.file.Family;

/** The bytes of one open log, wherever they come from. */
interface Bytes extends AutoCloseable {

    /**
     * Opens what was looked at: as it is, or unpacked where its name says that it is compressed.
     *
     * @throws IOException also when another file stands there by now: read under the first one's name, it would hide that one
     */
    static Bytes open(Stat stat) throws IOException {
        Bytes bytes = Family.isCompressed(stat.name()) ? Unpacked.open(stat) : PlainBytes.open(stat);
        boolean same = false;
        try {
            same = stat.isStillThere();
        } finally {
            if (!same) {
                bytes.close();
            }
        }
        if (!same) {
            throw new FileSystemException(stat.path().toString(), null, "replaced while it was opened; looking again");
        }
        return bytes;
    }

    /** How many there are; where that is not known yet, one more than are known. */
    long size() throws IOException;

    /** Reads from a place on; answers how many bytes there were. */
    int read(byte[] into, int length, long from) throws IOException;

    @Override
    void close() throws IOException;
}
