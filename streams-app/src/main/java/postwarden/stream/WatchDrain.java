package postwarden.stream;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import postwarden.detect.Fleet;
import postwarden.detect.Report;
import postwarden.incident.Settled;
import postwarden.stream.codec.DeskRecord;

/** Asks the detectors about the panes that have closed, tells the desk, and writes what the watches remember. */
final class WatchDrain implements Processor<byte[], Boolean, String, byte[]> {
    private final Settings settings;
    private final Meters meters;
    private ProcessorContext<String, byte[]> context;
    private HeapStore<WatchPart> heap;

    WatchDrain(Settings settings, Meters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> initial) {
        context = initial;
        heap = context.getStateStore(Stores.WATCH_HEAP);
    }

    @Override
    public void process(Record<byte[], Boolean> tick) {
        meters.drain("watch");
        for (Report report : heap.content().watcher().settle()) {
            meters.report();
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
        heap.drained();
    }
}
