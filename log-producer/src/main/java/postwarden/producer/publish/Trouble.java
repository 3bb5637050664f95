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
    private final String meanwhile;
    private final String end;
    /** Written by who holds the lock; most acknowledgements only ask whether there is something. */
    private volatile String current = "";

    private long saidMillis;

    /** Of lines. */
    Trouble(Clock clock) {
        this(clock, "lines wait for Kafka, nothing is lost", "records are acknowledged again");
    }

    /**
     * @param meanwhile what it means, said with each trouble
     * @param end said once when it is over
     */
    Trouble(Clock clock, String meanwhile, String end) {
        this.clock = clock;
        this.meanwhile = meanwhile;
        this.end = end;
    }

    synchronized void is(String what) {
        long now = clock.millis();
        if (!what.equals(current) || Math.abs(now - saidMillis) >= AGAIN_MILLIS) {
            LOG.atWarn().addKeyValue("why", what).log(meanwhile);
            current = what;
            saidMillis = now;
        }
    }

    /** What is wrong now; empty when nothing is. */
    String current() {
        return current;
    }

    void over() {
        if (!current.isEmpty()) {
            end();
        }
    }

    private synchronized void end() {
        if (!current.isEmpty()) {
            LOG.info("{}", end);
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
