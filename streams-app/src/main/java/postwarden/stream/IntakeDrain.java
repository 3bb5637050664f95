package postwarden.stream;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import postwarden.stream.codec.StateCodecs;
import postwarden.stream.codec.TallyRecord;
import postwarden.tally.OpenPanes;
import postwarden.tally.Progress;

/**
 * Sends the open panes on and writes what the intake remembers, within the commit: the tick that brings it here was held by
 * the record cache, which Kafka Streams flushes as the first thing of a commit.
 */
final class IntakeDrain implements Processor<String, IntakeOutput, byte[], byte[]> {
    private final Meters meters;
    private ProcessorContext<byte[], byte[]> context;
    private HeapStore<OpenPanes> heap;

    IntakeDrain(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> initial) {
        context = initial;
        heap = context.getStateStore(Stores.INTAKE_HEAP);
    }

    @Override
    public void process(Record<String, IntakeOutput> tick) {
        meters.drain("intake");
        long stamp = tick.timestamp();
        var passed = heap.content().drain((key, host, pane, tally) -> {
            meters.tally();
            TallyRecord counted = new TallyRecord.Counted(host, pane, tally);
            context.forward(new Record<>(StateCodecs.KEY.encode().apply(key), TallyRecord.encode(counted), stamp));
        });
        for (Progress progress : passed) {
            byte[] value = TallyRecord.encode(new TallyRecord.Passed(progress));
            context.forward(new Record<>(TallyRecord.passedKey(), value, stamp));
        }
        heap.drained();
    }
}
