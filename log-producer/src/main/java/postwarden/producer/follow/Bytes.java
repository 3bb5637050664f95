package postwarden.producer.follow;

import java.io.IOException;
import postwarden.producer.file.Family;

/** The bytes of one open log, wherever they come from. */
interface Bytes extends AutoCloseable {

    /** Opens what stands at a path: as it is, or unpacked where its name says that it is compressed. */
    static Bytes open(Stat stat) throws IOException {
        return Family.isCompressed(stat.name()) ? Unpacked.open(stat) : PlainBytes.open(stat.path());
    }

    /** How many there are; where that is not known yet, one more than are known. */
    long size() throws IOException;

    /** Reads from a place on; answers how many bytes there were. */
    int read(byte[] into, int length, long from) throws IOException;

    @Override
    void close() throws IOException;
}
