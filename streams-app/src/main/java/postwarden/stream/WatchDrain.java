package postwarden.stream;

import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import postwarden.detect.Census;
import postwarden.detect.Fleet;
import postwarden.detect.Report;
import postwarden.incident.Settled;
import postwarden.stream.codec.DeskRecord;
import postwarden.tally.Watch;

/** Asks the detectors about the panes that have closed, tells the desk, and writes what the watches remember. */
final class WatchDrain implements Processor<byte[], Boolean, String, byte[]> {
    private static final Census NOBODY = new Census(0, 0, 0, 0);

    private final Settings settings;
    private final Meters meters;
    private final TaskMemory memory;
    private final Map<Watch, Census> told = new EnumMap<>(Watch.class);
    private ProcessorContext<String, byte[]> context;
    private HeapStore<WatchPart> heap;

    WatchDrain(Settings settings, Meters meters) {
        this.settings = settings;
        this.meters = meters;
        memory = meters.watchMemory();
    }

    @Override
    public void init(ProcessorContext<String, byte[]> initial) {
        context = initial;
        heap = context.getStateStore(Stores.WATCH_HEAP);
        told.clear();
    }

    @Override
    public void process(Record<byte[], Boolean> tick) {
        meters.drain("watch");
        for (Report report : heap.content().watcher().settle()) {
            meters.desk().report(report);
            context.forward(new Record<>(
                    report.key().tenant(), DeskRecord.encode(new DeskRecord.Told(report)), tick.timestamp()));
        }
        Fleet fleet = heap.content().fleet();
        int part = context.taskId().partition();
        for (String tenant : fleet.tenants()) {
            Settled settled = new Settled(
                    tenant, part, settings.stream().partitions(), fleet.closedThrough(tenant), fleet.hasEnded(tenant));
            context.forward(new Record<>(tenant, DeskRecord.encode(new DeskRecord.Passed(settled)), tick.timestamp()));
        }
        for (Watch watch : Watch.values()) {
            Census now = heap.content().watcher().census(watch);
            meters.keys(watch, told.getOrDefault(watch, NOBODY), now);
            told.put(watch, now);
        }
        if (part == 0) {
            meters.service().hosts(fleet.roll());
        }
        heap.drained();
        memory.now(heap.journalBytes(), heap.heldBytes());
    }

    @Override
    public void close() {
        memory.end();
        if (context.taskId().partition() == 0) {
            meters.service().hostsGone();
        }
        // The gauge is the sum over all tasks of this instance.
        told.forEach((watch, last) -> meters.keys(watch, new Census(last.keys(), 0, 0, 0), NOBODY));
    }
}
