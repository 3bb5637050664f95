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
 */
public record Source(String file, String fileId, long start, long end, int partition, long recordOffset) {}
