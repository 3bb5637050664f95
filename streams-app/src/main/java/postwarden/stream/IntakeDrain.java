package postwarden.stream;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import postwarden.detect.WatchParams;
import postwarden.stream.codec.TallyBatch;
import postwarden.tally.OpenPanes;
import postwarden.tally.Progress;

/**
 * Sends the open panes on, a batch for each partition, and writes what the intake remembers, within the commit: the tick that
 * brings it here was held by the record cache, which Kafka Streams flushes as the first thing of a commit.
 */
final class IntakeDrain implements Processor<String, IntakeOutput, byte[], byte[]> {
    /** Bytes after which a batch is sent: a quarter of what a broker accepts by default, before compression. */
    private static final int BATCH_BYTES = 256 * 1024;

    /** How often it is looked for hosts that say nothing: as often as they should speak. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Meters meters;
    private final WatchParams watch;
    private final TaskMemory memory;
    private final TallyBatch[] batches;
    private ProcessorContext<byte[], byte[]> context;
    private HeapStore<OpenPanes> heap;

    /** @param parts partitions of the tallies topic */
    IntakeDrain(Meters meters, int parts, WatchParams watch) {
        this.meters = meters;
        this.watch = watch;
        memory = meters.intakeMemory();
        batches = new TallyBatch[parts];
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> initial) {
        context = initial;
        heap = context.getStateStore(Stores.INTAKE_HEAP);
        for (int part = 0; part < batches.length; part++) {
            batches[part] = new TallyBatch();
        }
        if (watch.leaveBehind().isPresent()) {
            // By the wall clock: that nothing comes can be noticed by nothing that comes.
            context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, now -> listen());
        }
    }

    /** Tells the watches who has become quiet; whether that is silence they decide, by what others say. */
    private void listen() {
        List<Progress> changed = heap.content().ear().look(LOOK, watch.silence());
        if (changed.isEmpty()) {
            return;
        }
        long stamp = Math.max(0, context.currentStreamTimeMs());
        for (int part = 0; part < batches.length; part++) {
            for (Progress progress : changed) {
                batches[part].passed(progress);
            }
            send(part, stamp);
        }
    }

    @Override
    public void process(Record<String, IntakeOutput> tick) {
        meters.drain("intake");
        long stamp = tick.timestamp();
        meters.tallies(heap.content().size());
        var passed = heap.content().drain((key, host, pane, tally) -> {
            int part = ByPart.of(key, batches.length);
            batches[part].counted(key, host, pane, tally);
            if (batches[part].size() >= BATCH_BYTES) {
                send(part, stamp);
            }
        });
        for (int part = 0; part < batches.length; part++) {
            for (Progress progress : passed) {
                batches[part].passed(progress);
            }
            if (!batches[part].isEmpty()) {
                send(part, stamp);
            }
        }
        heap.drained();
        memory.now(heap.journalBytes(), heap.heldBytes());
    }

    @Override
    public void close() {
        memory.end();
    }

    private void send(int part, long stamp) {
        context.forward(new Record<>(ByPart.name(part), batches[part].take(), stamp));
    }
}
