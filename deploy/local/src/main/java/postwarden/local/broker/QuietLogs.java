package postwarden.local.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps a broker's thousand lines of a start to those that say what is wrong. */
final class QuietLogs {
    private static final List<String> CHATTY = List.of("kafka", "org.apache.kafka", "state.change.logger");

    /** Warns at every start that the only controller there is has become the controller. */
    private static final List<String> OF_THE_START = List.of("org.apache.kafka.controller.QuorumController");

    /** Warns at every stop that a connection is closed twice; before that its warnings are worth reading. */
    private static final List<String> OF_THE_STOP = List.of("org.apache.kafka.clients.NetworkClient");

    private QuietLogs() {}

    /** Lets Kafka say warnings only, where nobody has given its loggers a level. */
    static void starting() {
        raise(CHATTY, Level.WARN);
        raise(OF_THE_START, Level.ERROR);
    }

    /** Silences what only a stop brings. */
    static void stopping() {
        raise(OF_THE_STOP, Level.ERROR);
    }

    private static void raise(List<String> names, Level level) {
        for (String name : names) {
            if (LoggerFactory.getLogger(name) instanceof Logger logger && logger.getLevel() == null) {
                logger.setLevel(level);
            }
        }
    }
}
