package postwarden.tally;

import java.time.Instant;

/**
 * Bytes of a file that have not come although others did, or of which the producer said that they are lost.
 *
 * @param file path on the host
 * @param start first byte
 * @param end first byte behind it
 * @param since the producer's time at the first heartbeat behind its opening; {@link Instant#MIN} before that
 * @param said whether the producer said that these are lost, so that they are no hole besides
 */
public record Hole(String file, String fileId, long start, long end, Instant since, boolean said) {
    Hole noticed(Instant at) {
        return since.equals(Instant.MIN) ? new Hole(file, fileId, start, end, at, said) : this;
    }

    /** Whether both are about the same bytes. */
    boolean isOver(Hole other) {
        return fileId.equals(other.fileId) && start == other.start && end == other.end;
    }
}
