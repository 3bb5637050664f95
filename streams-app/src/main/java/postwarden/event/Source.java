package postwarden.event;

/**
 * Where a line stands: in its file, and in Kafka.
 *
 * @param file path on the host, or - for standard input
 * @param fileId identity of the content across renames
 * @param start first byte, >= 0
 * @param end first byte behind the line and its LF, >= start
 * @param partition Kafka partition of the lines topic, or -1 where there is none (scan)
 * @param recordOffset Kafka offset, or -1 where there is none
 * @param contiguous whether the file is this host's alone, so that its records follow one another without a hole
 * @param fresh the number of the run of the producer that says that these bytes were never sent before; 0 where nobody says so
 */
public record Source(
        String file,
        String fileId,
        long start,
        long end,
        int partition,
        long recordOffset,
        boolean contiguous,
        int fresh) {
    /** Of a producer that does not say what it sent before. */
    public Source(
            String file, String fileId, long start, long end, int partition, long recordOffset, boolean contiguous) {
        this(file, fileId, start, end, partition, recordOffset, contiguous, 0);
    }

    /** In a file of which nobody says that it is one host's alone. */
    public Source(String file, String fileId, long start, long end, int partition, long recordOffset) {
        this(file, fileId, start, end, partition, recordOffset, false);
    }
}
