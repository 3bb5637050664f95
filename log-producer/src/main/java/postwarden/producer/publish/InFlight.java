package postwarden.producer.publish;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.TimeQuality;

/**
 * One record from when it is taken until it is acknowledged. It is written once and then is its bytes, and as little beside them as can
 * be: thousands are on their way at a time, and what lives so long is copied by each collection of garbage.
 */
final class InFlight {
    private static final ByteBuffer NO_TEXT = ByteBuffer.allocate(0);

    /** Stands for a partition that is not known. */
    static final int NOWHERE = -1;

    /** What the registry's wire format begins with. */
    private static final byte MAGIC = 0;

    private final String tenant;
    private final String reporter;
    private final String host;
    private final String file;
    private final String fileId;
    private final long startOffset;
    private final long endOffset;
    private final long readTimeMicros;
    private final boolean contiguous;
    private final Runnable acknowledged;
    /** What the window counts for it, in bytes; with {@link #settled}, {@link #line} and {@link #share} guarded by this. */
    private int size;

    private boolean settled;
    private boolean line;
    /** What it is counted in beside the window, once that is known. */
    private @Nullable Share share;

    /** Belongs to the reading thread. */
    private int partition = NOWHERE;
    /** Until it is written; this and {@link #bytes} belong to the reading thread. */
    private @Nullable Outgoing record;

    private byte @Nullable [] bytes;

    InFlight(Outgoing record, int size, Runnable acknowledged) {
        this.tenant = record.tenant();
        this.reporter = record.reporter();
        this.host = record.host();
        this.file = record.file();
        this.fileId = record.fileId();
        this.startOffset = record.startOffset();
        this.endOffset = record.endOffset();
        this.readTimeMicros = record.readTimeMicros();
        this.contiguous = record.contiguous();
        this.acknowledged = acknowledged;
        this.size = size;
        this.line = record.kind() == Outgoing.Kind.LINE;
        this.record = record;
    }

    /** The host's own name is the key: all its lines stand in one partition, in their order. */
    String key() {
        return host;
    }

    /** Notes where Kafka's producer puts it. */
    void goesTo(int number) {
        partition = number;
    }

    /** Where Kafka's producer puts it; {@link #NOWHERE} before that is known. */
    int partition() {
        return partition;
    }

    /** Is counted in a share from now on, and in no other any more; in none when it is settled. */
    synchronized void countIn(Share other) {
        if (!settled && share != other) {
            if (share != null) {
                share.remove(size);
            }
            share = other;
            other.add(size);
        }
    }

    /** Whether it is a line, in whose place a LOSS may stand. */
    synchronized boolean isLine() {
        return line;
    }

    /** What is to be written; null when it was. */
    @Nullable
    Outgoing record() {
        return record;
    }

    /** What was written; null before. */
    byte @Nullable [] bytes() {
        return bytes;
    }

    /** Lets go of everything but what was written. */
    void written(byte[] value) {
        bytes = value;
        record = null;
    }

    /** Before it is handed over once more: Kafka may have it, so it no longer says that it is new. */
    void again() {
        // The schema's last field: the number of a run, or a byte of zero.
        if (bytes != null && bytes.length > Outgoing.RUN_BYTES && bytes[0] == MAGIC && bytes[bytes.length - 1] != 0) {
            bytes = Arrays.copyOf(bytes, bytes.length - Outgoing.RUN_BYTES + 1);
            bytes[bytes.length - 1] = Outgoing.NOT_FRESH;
        }
    }

    /** Makes it the LOSS that stands in its place, which counts for so much; answers by how much less, or -1 when it is settled. */
    synchronized int lose(String why, int lossSize) {
        if (settled) {
            return -1;
        }
        Header header = new Header(host, "", Header.NO_PID, 0, TimeQuality.NONE, 0, "");
        record = new Outgoing(
                Outgoing.Kind.LOSS,
                tenant,
                reporter,
                host,
                header,
                readTimeMicros,
                NO_TEXT,
                file,
                fileId,
                startOffset,
                endOffset,
                0,
                true,
                List.of(),
                why,
                contiguous,
                Outgoing.NOT_FRESH);
        bytes = null;
        line = false;
        int less = Math.max(0, size - lossSize);
        size -= less;
        if (share != null) {
            share.shrink(less);
        }
        return less;
    }

    /** Notes that Kafka has it, once; answers what it counted for, or -1 when that was noted before. */
    synchronized int settle() {
        if (settled) {
            return -1;
        }
        settled = true;
        if (share != null) {
            share.settle(size);
        }
        return size;
    }

    /** What the window counts for it, in bytes. */
    synchronized int size() {
        return size;
    }

    synchronized boolean isSettled() {
        return settled;
    }

    /** Tells whoever sent it that Kafka has it. */
    void tellAcknowledged() {
        acknowledged.run();
    }

    /** Where it stands, for people. */
    String where() {
        return "bytes " + startOffset + " to " + endOffset + " of " + file;
    }
}
