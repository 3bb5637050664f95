package postwarden.stream;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import postwarden.detect.Fleet;
import postwarden.detect.HostProgress;
import postwarden.detect.KeyState;
import postwarden.detect.Records;
import postwarden.detect.Track;
import postwarden.detect.TrackKey;
import postwarden.detect.Watcher;
import postwarden.stream.codec.Codec;
import postwarden.stream.codec.StateCodecs;
import postwarden.stream.codec.TallyBatch;
import postwarden.tally.Key;
import postwarden.tally.PaneKey;
import postwarden.tally.Progress;
import postwarden.tally.Tally;

/** Merges the tallies of its part of the keys, and forwards one tick after each drain. */
final class WatchNode implements FixedKeyProcessor<byte[], byte[], Boolean>, TallyBatch.Reader {
    private final Settings settings;
    private final Meters meters;
    private FixedKeyProcessorContext<byte[], Boolean> context;
    private HeapStore<WatchPart> heap;
    private WatchPart part;
    private long merged;

    WatchNode(Settings settings, Meters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Boolean> initial) {
        context = initial;
        heap = context.getStateStore(Stores.WATCH_HEAP);
        heap.reset();
        Journal journal = new Journal(
                context.getStateStore(Stores.WATCH_JOURNAL), settings.stream().bounds(), context::currentSystemTimeMs);
        StoreMemory<String, HostProgress> hosts = memory(journal, Stores.FLEET, Codec.TEXT, StateCodecs.HOST_PROGRESS);
        StoreMemory<Key, KeyState> keys = memory(journal, Stores.KEYS, StateCodecs.KEY, StateCodecs.KEY_STATE);
        StoreMemory<TrackKey, Track> tracks = memory(journal, Stores.TRACKS, StateCodecs.TRACK_KEY, StateCodecs.TRACK);
        StoreMemory<PaneKey, Tally> tallies = memory(journal, Stores.TALLIES, StateCodecs.PANE_KEY, StateCodecs.TALLY);
        journal.restore();
        Fleet fleet = new Fleet(hosts, settings.watch());
        Records records = new Records(keys, tracks, tallies);
        int own = context.taskId().partition();
        int parts = settings.stream().partitions();
        part = new WatchPart(
                new Watcher(
                        settings.detectors(), records, fleet, settings.watch(), key -> ByPart.of(key, parts) == own),
                fleet);
        heap.share(part, journal);
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
        merged = 0;
        TallyBatch.read(record.value(), this);
        meters.merged(merged);
        if (!heap.tick()) {
            context.forward(record.withValue(Boolean.TRUE));
        }
    }

    @Override
    public void counted(Key key, String host, long pane, Tally tally) {
        part.watcher().merge(key, host, pane, tally);
        merged++;
    }

    @Override
    public void passed(Progress progress) {
        part.watcher().progress(progress);
    }

    private <K, V> StoreMemory<K, V> memory(Journal journal, String store, Codec<K> keys, Codec<V> values) {
        KeyValueStore<Bytes, byte[]> kept = context.getStateStore(store);
        return journal.keepShared(kept, keys, values);
    }
}
