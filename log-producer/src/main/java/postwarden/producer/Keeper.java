package postwarden.producer;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.checkpoint.CheckpointStore;
import postwarden.producer.checkpoint.FileState;
import postwarden.producer.checkpoint.Registry;

/**
 * Writes a checkpoint now and then, when something has moved, and a last one at the end. A disk that is full stops no reading: the old
 * checkpoint stays, and it is tried again.
 */
final class Keeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Registry registry;
    private final CheckpointStore store;
    private final CheckpointParams params;
    private final Counter failures;
    private final Clock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "keep-checkpoint"));

    /** Null before the first, which is written even when no file is known: it says that there was a run. */
    private @Nullable List<FileState> written;

    private volatile long goodMillis;
    private boolean failing;

    Keeper(Registry registry, CheckpointStore store, CheckpointParams params, Counter failures, Clock clock) {
        this.registry = registry;
        this.store = store;
        this.params = params;
        this.failures = failures;
        this.clock = clock;
        this.goodMillis = clock.millis();
    }

    /** How long ago the checkpoint on disk said how things were, in milliseconds; at first since the start. */
    long ageMillis() {
        return Math.max(0, clock.millis() - goodMillis);
    }

    void start() {
        long pause = params.every().toMillis();
        var unused = timer.scheduleWithFixedDelay(this::keep, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdown();
        keep();
    }

    /** Writes a checkpoint now, when something has moved. */
    synchronized void keep() {
        long begun = clock.millis();
        registry.forget(begun - params.forgetAfter().toMillis());
        List<FileState> now = registry.acknowledged();
        if (now.equals(written)) {
            goodMillis = begun;
            return;
        }
        try {
            store.save(now);
            written = now;
            goodMillis = begun;
            failing = false;
        } catch (IOException e) {
            failures.increment();
            if (!failing) {
                LOG.atWarn()
                        .addKeyValue("directory", params.directory())
                        .addKeyValue("why", e.getMessage())
                        .log("no checkpoint can be written; the old one stays, trying again");
            }
            failing = true;
        }
    }
}
