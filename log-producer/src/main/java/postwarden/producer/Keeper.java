package postwarden.producer;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postwarden.producer.checkpoint.Checkpoint;
import postwarden.producer.checkpoint.CheckpointParams;
import postwarden.producer.checkpoint.CheckpointStore;
import postwarden.producer.checkpoint.Origin;
import postwarden.producer.checkpoint.Registry;

/**
 * Writes a checkpoint now and then, when something has moved, and a last one at the end. A disk that is full stops no reading: the old
 * checkpoint stays, and it is tried again.
 */
final class Keeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final Registry registry;
    private final CheckpointStore store;
    private final Origin origin;
    private final CheckpointParams params;
    private final Counter failures;
    private final Clock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "keep-checkpoint"));

    /** When files were seen last is written this often, though nothing else has changed: a part of the time until they are forgotten. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final int PAUSES_TO_FORGET = 4;
    /** Before the first checkpoint, which is written even when no file is known: it says that there was a run. */
    private static final long NOTHING = -1;

    private long written = NOTHING;
    private long seenWrittenMillis;
    private volatile long goodMillis;
    private boolean failing;
    private boolean drained;

    Keeper(
            Registry registry,
            CheckpointStore store,
            Origin origin,
            CheckpointParams params,
            Counter failures,
            Clock clock) {
        this.registry = registry;
        this.store = store;
        this.origin = origin;
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
        origin.begin();
        long pause = params.every().toMillis();
        var unused = timer.scheduleWithFixedDelay(this::keep, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Tells whether everything that was sent is acknowledged, now that nothing more will be. */
    void drained(boolean all) {
        drained = all;
    }

    @Override
    public void close() {
        timer.shutdown();
        synchronized (this) {
            keep();
            if (drained && !failing && written == registry.changes()) {
                noteDrained();
            }
        }
    }

    private void noteDrained() {
        try {
            origin.drained(store.generation(), registry.inexact());
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("directory", params.directory())
                    .addKeyValue("why", e.getMessage())
                    .log("that everything is acknowledged cannot be noted; the next start takes fewer lines for new");
        }
    }

    private long pauseMillis() {
        return Math.min(LONGEST_PAUSE.toMillis(), params.forgetAfter().toMillis() / PAUSES_TO_FORGET);
    }

    /** Writes a checkpoint now, when something has moved. */
    synchronized void keep() {
        long begun = clock.millis();
        boolean sayWhenSeen = Math.abs(begun - seenWrittenMillis) >= pauseMillis();
        if (sayWhenSeen) {
            registry.forget(begun - params.forgetAfter().toMillis());
        }
        long now = registry.changes();
        if (now == written && !sayWhenSeen) {
            goodMillis = begun;
            return;
        }
        Optional<Checkpoint> checkpoint = registry.checkpoint();
        if (checkpoint.isEmpty()) {
            // Paths are looked at; soon again.
            return;
        }
        try {
            store.save(checkpoint.get());
            written = now;
            seenWrittenMillis = begun;
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
