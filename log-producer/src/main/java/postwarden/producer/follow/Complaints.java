package postwarden.producer.follow;

import io.micrometer.core.instrument.Counter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong with paths: each is said once, and again only when it changes. What is wrong now is what was complained about from the
 * end of one look to the end of the next, for any thread; the rest belongs to one.
 */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    /** Bounds what is remembered; beyond it a complaint may be repeated. */
    private static final int MOST = 10_000;

    private final Map<String, String> said = new HashMap<>();
    private final Map<String, String> sinceLook = new HashMap<>();
    private final Counter counter;
    private final BiConsumer<String, String> say;
    private volatile Map<String, String> current = Map.of();
    private boolean any;

    /** Says them in the log. */
    Complaints(Counter counter) {
        this(
                counter,
                (path, what) -> LOG.atWarn()
                        .addKeyValue("path", path)
                        .addKeyValue("why", what)
                        .log("a path is not read"));
    }

    Complaints(Counter counter, BiConsumer<String, String> say) {
        this.counter = counter;
        this.say = say;
    }

    /** A look at all paths has ended. */
    void looked() {
        current = Map.copyOf(sinceLook);
        sinceLook.clear();
    }

    void about(String path, String what) {
        any = true;
        if (said.size() >= MOST) {
            said.clear();
        }
        if (sinceLook.size() < MOST) {
            sinceLook.put(path, what);
        }
        if (!what.equals(said.put(path, what))) {
            say.accept(path, what);
            counter.increment();
        }
    }

    void fine(String path) {
        said.remove(path);
        sinceLook.remove(path);
    }

    /** Paths that are not read, and why, as of the last look. */
    Map<String, String> current() {
        return current;
    }

    /** Whether anything was ever complained about. */
    boolean any() {
        return any;
    }
}
