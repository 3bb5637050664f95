package postwarden.producer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** What an operator would read in the log. */
public final class Said {
    private Said() {}

    /** Something that may be done. */
    @FunctionalInterface
    public interface Deed<E extends Exception> {
        void run() throws E;
    }

    /** The lines from INFO on that a class logged while something was done, each with its level, its sentence and its facts. */
    public static <E extends Exception> List<String> by(Class<?> speaker, Deed<E> deed) throws E {
        Logger logger = (Logger) LoggerFactory.getLogger(speaker);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        try {
            deed.run();
        } finally {
            logger.setLevel(null);
            logger.detachAppender(lines);
        }
        return lines.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage() + facts(event))
                .toList();
    }

    private static String facts(ILoggingEvent event) {
        return Stream.ofNullable(event.getKeyValuePairs())
                .flatMap(List::stream)
                .map(fact -> " " + fact.key + "=" + fact.value)
                .collect(Collectors.joining());
    }
}
