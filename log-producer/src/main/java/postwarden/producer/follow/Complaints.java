package postwarden.producer.follow;

import io.micrometer.core.instrument.Counter;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with paths: each is said once, and again only when it changes. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    /** Bounds what is remembered; beyond it a complaint may be repeated. */
    private static final int MOST = 10_000;

    private final Map<String, String> said = new HashMap<>();
    private final Counter counter;
    private boolean any;

    Complaints(Counter counter) {
        this.counter = counter;
    }

    void about(String path, String what) {
        any = true;
        if (said.size() >= MOST) {
            said.clear();
        }
        if (!what.equals(said.put(path, what))) {
            LOG.warn("{}: {}", path, what);
            counter.increment();
        }
    }

    void fine(String path) {
        said.remove(path);
    }

    /** Whether anything was ever complained about. */
    boolean any() {
        return any;
    }
}
