package postwarden.producer.follow;

import java.nio.file.Path;
import postwarden.producer.journal.JournalParams;
import postwarden.producer.receive.ReceiveParams;

/** By which way the lines of a source come. */
public sealed interface Feed {
    /** Where in an agent's state directory the spools stand. */
    static Path spools(Path state) {
        return state.resolve("spool");
    }

    /** Files of this host. */
    record Files() implements Feed {}

    /** Standard input. */
    record Piped() implements Feed {}

    /** The systemd journal. */
    record Journal(JournalParams params) implements Feed {}

    /**
     * Daemons and log servers that send over TCP or TLS.
     *
     * @param params where they are listened for
     * @param spool the directory in which their lines stand until Kafka has them
     */
    record Syslog(ReceiveParams params, Path spool) implements Feed {}
}
