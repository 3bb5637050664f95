package postwarden.event;

import java.time.Instant;
import java.util.List;

/** One record of the lines topic, understood: a line, or the producer's word about its files. */
public sealed interface LogRecord {

    /** Whose host it is. */
    String tenant();

    /** The host that wrote it. */
    String host();

    /**
     * A line whose header was understood.
     *
     * @param program as the header names it; empty when it does not
     * @param pid process id, or -1 when the header has none
     * @param time when the daemon wrote it
     * @param header the text before the message, as it stood
     * @param message the text behind the header
     */
    record Line(
            String tenant,
            String host,
            String program,
            int pid,
            Instant time,
            String header,
            String message,
            Source source)
            implements LogRecord {

        /** The whole line as it stood in the file. */
        public String text() {
            return header + message;
        }

        /** The same line with another message: one that it quotes. */
        public Line withMessage(String quoted) {
            return new Line(tenant, host, program, pid, time, header, quoted, source);
        }
    }

    /**
     * A line whose header was not understood; counted and kept, never interpreted.
     *
     * @param reason why
     */
    record Unparsed(String tenant, String host, String reason, String text, Source source) implements LogRecord {}

    /** A later part of a line that was too long for one record; the first part was already understood. */
    record Continuation(String tenant, String host, Source source) implements LogRecord {}

    /**
     * The producer has begun to read for this host; sent before the first line of a session.
     *
     * @param roster all hosts that this producer reads for
     * @param reporter the producer's name; empty where nobody gives it
     */
    record Hello(String tenant, String host, List<String> roster, String reporter) implements LogRecord {
        public Hello {
            roster = List.copyOf(roster);
        }

        /** Of a producer without a name. */
        public Hello(String tenant, String host, List<String> roster) {
            this(tenant, host, roster, "");
        }
    }

    /**
     * The producer lives, and has read everything that the host wrote before this time.
     *
     * @param time by the host's clock
     * @param read when the producer said so, by its own clock; the same as {@code time} when all files are read to their end
     * @param reporter the producer's name; empty where nobody gives it
     */
    record Heartbeat(String tenant, String host, Instant time, Instant read, String reporter) implements LogRecord {
        /** Of a producer without a name that has read everything. */
        public Heartbeat(String tenant, String host, Instant time) {
            this(tenant, host, time, time, "");
        }
    }

    /** Bytes were gone before they were read. */
    record Loss(String tenant, String host, String cause, Source source) implements LogRecord {}

    /** The input of this host is finished: nothing more will come. */
    record End(String tenant, String host) implements LogRecord {}
}
