package postwarden.producer.status;

/**
 * How far behind one file is.
 *
 * @param path where it stands, or stood when it was seen last
 * @param fileId identity of its content; empty while it has no whole line
 * @param size in bytes, as of now; of a packed file as far as it is unpacked
 * @param acknowledged first byte that is not known to be in Kafka
 * @param lagBytes bytes that are not known to be in Kafka, >= 0; those of a file among them that stands in its place and is not open yet
 * @param lagSeconds for how long at least one of them has waited; 0 when there is none
 */
public record FileLag(String path, String fileId, long size, long acknowledged, long lagBytes, long lagSeconds) {}
