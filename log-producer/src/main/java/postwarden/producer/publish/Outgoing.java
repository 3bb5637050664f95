package postwarden.producer.publish;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import postwarden.producer.syslog.Header;

/**
 * One record on its way to Kafka: a line, or a word of the agent about its files.
 *
 * @param kind what it is
 * @param tenant whose host it is
 * @param reporter the agent
 * @param host the host that wrote the line
 * @param header what its header says
 * @param readTimeMicros when it was read, microseconds since the epoch
 * @param text its bytes without the LF, in an array whose rest and future are none of the record's; empty when it is no line
 * @param file path, - for standard input, empty when it is about a host
 * @param fileId identity of the file's content
 * @param startOffset first byte in the file
 * @param endOffset first byte behind it and its LF
 * @param fragment index in its line
 * @param last whether the line ends with it
 * @param roster on a HELLO, all hosts that this agent reads for
 * @param note for people; empty for none
 * @param contiguous whether the records of the host follow one another in the file without a hole
 * @param fresh this run's number (see {@link #run}) where these bytes were never sent before, as far as this agent and its state can know;
 *     {@link #NOT_FRESH} where they may have been
 */
public record Outgoing(
        Kind kind,
        String tenant,
        String reporter,
        String host,
        Header header,
        long readTimeMicros,
        ByteBuffer text,
        String file,
        String fileId,
        long startOffset,
        long endOffset,
        int fragment,
        boolean last,
        List<String> roster,
        String note,
        boolean contiguous,
        int fresh) {
    /** Of what may have been sent before. */
    public static final int NOT_FRESH = 0;
    /** All numbers of runs take {@value #RUN_BYTES} bytes in Avro. */
    static final int RUN_BYTES = 5;

    private static final int LEAST_RUN = 1 << 30;

    public Outgoing {
        roster = List.copyOf(roster);
    }

    /** A number for a run of the agent, which no other has, by chance: two to the power of thirty are to be had. */
    public static int run() {
        return LEAST_RUN | new SecureRandom().nextInt(LEAST_RUN);
    }

    /** What a record is; see MailLine.avsc. */
    public enum Kind {
        /** A line or a fragment of one. */
        LINE,
        /** The agent has begun to read for this host. */
        HELLO,
        /** The agent lives; the header's time says how far this host has been read. */
        HEARTBEAT,
        /** Bytes were gone before they were read. */
        LOSS,
        /** Nothing more will come for this host. */
        END
    }
}
