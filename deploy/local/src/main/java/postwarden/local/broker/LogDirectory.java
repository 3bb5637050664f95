package postwarden.local.broker;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** A broker's directory, and what must stand in it before the broker starts. */
final class LogDirectory {
    /** Kafka writes this file when it formats a directory, and refuses to start without it. */
    private static final String FORMATTED = "meta.properties";

    private LogDirectory() {}

    /**
     * Gives a new directory a cluster of its own; leaves one that has been formatted as it is.
     *
     * @throws KafkaException when the directory cannot be formatted
     */
    static void formatIfNew(Path directory) {
        if (Files.exists(directory.resolve(FORMATTED))) {
            return;
        }
        Formatter formatter = new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerProperties.NODE)
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName(BrokerProperties.CONTROLLER)
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), true));
        try {
            formatter.run();
        } catch (Exception failed) {
            // Exception, because Kafka's method declares no less.
            throw new KafkaException("broker's directory " + directory + " cannot be formatted", failed);
        }
    }
}
