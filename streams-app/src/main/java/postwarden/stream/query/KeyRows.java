package postwarden.stream.query;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import postwarden.detect.Dossier;
import postwarden.detect.Fleet;
import postwarden.detect.HostProgress;
import postwarden.detect.KeyState;
import postwarden.detect.Records;
import postwarden.detect.Track;
import postwarden.detect.TrackKey;
import postwarden.detect.WatchParams;
import postwarden.stream.JournalCopy;
import postwarden.stream.Shared;
import postwarden.stream.Stores;
import postwarden.stream.codec.Codec;
import postwarden.stream.codec.StateCodecs;
import postwarden.tally.Key;
import postwarden.tally.PaneKey;
import postwarden.tally.Tally;

/** The rows of one part of the watches. */
record KeyRows(
        Rows<String, HostProgress> fleet,
        Rows<Key, KeyState> keys,
        Rows<TrackKey, Track> tracks,
        Rows<PaneKey, Tally> tallies,
        Younger<String> youngerFleet) {

    /** As the task that counts shares them. */
    static KeyRows of(Reach reach, Shared shared) {
        Function<String, ReadOnlyKeyValueStore<Bytes, byte[]>> stores = name -> reach.store(name, shared.part());
        Younger<String> fleet = shared(shared, Stores.FLEET);
        return new KeyRows(
                new Rows<>(Codec.TEXT, StateCodecs.HOST_PROGRESS, fleet, stores.apply(Stores.FLEET)),
                new Rows<>(
                        StateCodecs.KEY, StateCodecs.KEY_STATE, shared(shared, Stores.KEYS), stores.apply(Stores.KEYS)),
                new Rows<>(
                        StateCodecs.TRACK_KEY,
                        StateCodecs.TRACK,
                        shared(shared, Stores.TRACKS),
                        stores.apply(Stores.TRACKS)),
                new Rows<>(
                        StateCodecs.PANE_KEY,
                        StateCodecs.TALLY,
                        shared(shared, Stores.TALLIES),
                        stores.apply(Stores.TALLIES)),
                fleet);
    }

    /** As a copy has them, and its journal. */
    static KeyRows of(Reach reach, int part, JournalCopy journal) {
        Function<String, ReadOnlyKeyValueStore<Bytes, byte[]>> stores = name -> reach.copy(name, part);
        Younger<String> fleet = younger(journal, Stores.FLEET, Codec.TEXT);
        return new KeyRows(
                new Rows<>(Codec.TEXT, StateCodecs.HOST_PROGRESS, fleet, stores.apply(Stores.FLEET)),
                new Rows<>(
                        StateCodecs.KEY,
                        StateCodecs.KEY_STATE,
                        younger(journal, Stores.KEYS, StateCodecs.KEY),
                        stores.apply(Stores.KEYS)),
                new Rows<>(
                        StateCodecs.TRACK_KEY,
                        StateCodecs.TRACK,
                        younger(journal, Stores.TRACKS, StateCodecs.TRACK_KEY),
                        stores.apply(Stores.TRACKS)),
                new Rows<>(
                        StateCodecs.PANE_KEY,
                        StateCodecs.TALLY,
                        younger(journal, Stores.TALLIES, StateCodecs.PANE_KEY),
                        stores.apply(Stores.TALLIES)),
                fleet);
    }

    /** How far the hosts are. */
    Standing standing(WatchParams params, Deadline deadline) {
        Set<String> moving = new HashSet<>();
        youngerFleet.forEach((name, row) -> moving.add(name));
        return new Standing(new Fleet(fleet.once(deadline), params), moving);
    }

    /** What is known of a key, by the hosts that are told of; {@code value} is its row. */
    Dossier dossier(Key key, byte[] value, Standing standing, Predicate<String> hosts, Deadline deadline) {
        Records records = new Records(keys.once(deadline), tracks.once(deadline), tallies.once(deadline));
        return new Dossier(key, keys.decode(value), records, host -> standing.end(key.tenant(), host), hosts);
    }

    /** The same by its name; nothing where none of those hosts has seen it. */
    Optional<Dossier> dossier(Key key, Standing standing, Predicate<String> hosts, Deadline deadline) {
        return keys.bytes(key)
                .map(value -> dossier(key, value, standing, hosts, deadline))
                .filter(dossier -> hosts.test("") || !dossier.hosts().isEmpty());
    }

    private static <K> Younger<K> shared(Shared shared, String store) {
        return shared.<K>recent(store).map(Younger::of).orElseGet(Younger::none);
    }

    private static <K> Younger<K> younger(JournalCopy journal, String store, Codec<K> keys) {
        return Younger.of(journal, Stores.OF_WATCH.indexOf(store), keys);
    }
}
