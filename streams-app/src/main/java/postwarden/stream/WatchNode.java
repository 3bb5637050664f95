package postwarden.stream;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import postwarden.detect.Fleet;
import postwarden.detect.Watcher;
import postwarden.stream.codec.Codec;
import postwarden.stream.codec.StateCodecs;
import postwarden.stream.codec.TallyRecord;

/** Merges the tallies of its part of the keys, and forwards one tick after each drain. */
final class WatchNode implements FixedKeyProcessor<byte[], byte[], Boolean> {
    private final Settings settings;
    private FixedKeyProcessorContext<byte[], Boolean> context;
    private HeapStore<WatchPart> heap;
    private WatchPart part;

    WatchNode(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Boolean> initial) {
        context = initial;
        heap = context.getStateStore(Stores.WATCH_HEAP);
        heap.reset();
        Fleet fleet = new Fleet(memory(Stores.FLEET, Codec.TEXT, StateCodecs.HOST_PROGRESS), settings.watch());
        Watcher watcher = new Watcher(
                settings.detectors(),
                memory(Stores.KEYS, StateCodecs.KEY, StateCodecs.KEY_STATE),
                memory(Stores.TALLIES, StateCodecs.PANE_KEY, StateCodecs.TALLY),
                fleet,
                settings.watch());
        part = new WatchPart(watcher, fleet);
        heap.share(part);
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
        TallyRecord read = TallyRecord.decode(record.value());
        if (read instanceof TallyRecord.Counted counted) {
            part.watcher()
                    .merge(
                            StateCodecs.KEY.decode().apply(record.key()),
                            counted.host(),
                            counted.pane(),
                            counted.tally());
        } else if (read instanceof TallyRecord.Passed passed) {
            part.watcher().progress(passed.progress());
        }
        if (!heap.tick()) {
            context.forward(record.withValue(Boolean.TRUE));
        }
    }

    private <K, V> StoreMemory<K, V> memory(String store, Codec<K> keys, Codec<V> values) {
        KeyValueStore<Bytes, byte[]> kept = context.getStateStore(store);
        return heap.keep(new StoreMemory<>(kept, keys, values, settings.stream().heapEntries()));
    }
}
