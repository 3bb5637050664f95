package postwarden.producer.publish;

import java.time.Clock;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that something is wrong, again each minute while it lasts or when the cause changes, and once that it is over. For any thread. */
public final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
    private static final long AGAIN_MILLIS = 60_000;

    private final Clock clock;
    private String current = "";
    private long saidMillis;

    Trouble(Clock clock) {
        this.clock = clock;
    }

    synchronized void is(String what) {
        long now = clock.millis();
        if (!what.equals(current) || Math.abs(now - saidMillis) >= AGAIN_MILLIS) {
            LOG.atWarn().addKeyValue("why", what).log("lines wait for Kafka, nothing is lost");
            current = what;
            saidMillis = now;
        }
    }

    /** What is wrong now; empty when nothing is. */
    synchronized String current() {
        return current;
    }

    synchronized void over() {
        if (!current.isEmpty()) {
            LOG.info("records are acknowledged again");
            current = "";
        }
    }

    /** What an error says about itself, in one line. */
    public static String words(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String text =
                Objects.requireNonNullElse(cause.getMessage(), "no message").replace('\n', ' ');
        return cause.getClass().getSimpleName() + ": " + text;
    }
}
