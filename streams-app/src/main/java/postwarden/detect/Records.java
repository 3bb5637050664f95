package postwarden.detect;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import postwarden.correlate.Memory;
import postwarden.tally.Count;
import postwarden.tally.Hours;
import postwarden.tally.Key;
import postwarden.tally.PaneKey;
import postwarden.tally.Tally;

/**
 * Where the numbers of keys are stored. Most keys are rare and are one row; a busy one has its tracks on many hosts, and
 * tallies that are large and done with, in rows of their own, so that what changes in it is small.
 *
 * @param keys everything about a key but for what is in the other two
 * @param tracks what keys with more hosts than {@value #HOSTS_HERE} have on the others; hours of keys that are often busy
 * @param tallies what would make a track large
 */
public record Records(Memory<Key, KeyState> keys, Memory<TrackKey, Track> tracks, Memory<PaneKey, Tally> tallies) {
    /** Hosts whose tracks stay with the key; most clients and accounts are seen on one or two. */
    static final int HOSTS_HERE = 4;
    /**
     * Hours that stay with the track; some forty bytes on the mean. More go to their row all at once, so that what is written with
     * each commit does not grow, and a rare key has no second row.
     */
    private static final int HOURS_HERE = 8;

    KeyState state(Key key) {
        return keys.get(key).orElseGet(KeyState::new);
    }

    /** The track of a host, made when there is none. */
    Track track(Key key, KeyState state, String host) {
        Track here = state.tracks.get(host);
        if (here != null) {
            return here;
        }
        if (state.elsewhere.contains(host)) {
            return tracks.get(new TrackKey(key, host)).orElseGet(Track::new);
        }
        Track fresh = new Track();
        if (host.isEmpty() || state.tracks.size() < HOSTS_HERE) {
            state.tracks.put(host, fresh);
        } else {
            state.elsewhere.add(host);
            tracks.put(new TrackKey(key, host), fresh);
            keys.put(key, state);
        }
        return fresh;
    }

    /** Remembers what was changed in a host's track. */
    void changed(Key key, KeyState state, String host, Track track) {
        if (state.elsewhere.contains(host)) {
            tracks.put(new TrackKey(key, host), track);
        } else {
            keys.put(key, state);
        }
    }

    /** Forgets the key. */
    void remove(Key key, KeyState state) {
        for (String host : hosts(state)) {
            Track track = track(key, state, host);
            track.kept.forEach((start, kept) -> removeRow(key, host, start, kept));
            track.older.ifPresent(kept -> removeRow(key, host, History.PAST, kept));
            track.doubted.ifPresent(kept -> removeRow(key, host, History.DOUBTED, kept));
            if (track.hasMoreHours) {
                tracks.remove(TrackKey.ofHours(key, host));
            }
        }
        state.elsewhere.forEach(host -> tracks.remove(new TrackKey(key, host)));
        keys.remove(key);
    }

    /** The hosts of a key, without the one that stands for all. */
    static Collection<String> hosts(KeyState state) {
        TreeSet<String> hosts = new TreeSet<>(state.tracks.keySet());
        hosts.remove("");
        hosts.addAll(state.elsewhere);
        return hosts;
    }

    /** Whether anything of a count is kept of the key on the host; leaves what is packed as it is. */
    boolean counted(Key key, KeyState state, String host, Count count) {
        Track track = track(key, state, host);
        return Stream.concat(
                        track.older.stream().map(kept -> seen(key, host, History.PAST, kept)),
                        track.kept.entrySet().stream().map(entry -> seen(key, host, entry.getKey(), entry.getValue())))
                .anyMatch(tally -> tally.map(counted -> counted.count(count)).orElse(0L) > 0);
    }

    /** Moves the hours that a track carries along to their row, when they are many. */
    void moveHours(Key key, String host, Track track) {
        if (track.hours.map(Hours::size).orElse(0) <= HOURS_HERE) {
            return;
        }
        TrackKey row = TrackKey.ofHours(key, host);
        Track all = tracks.get(row).orElseGet(Track::new);
        Hours hours = all.hours.orElseGet(Hours::new);
        track.hours.ifPresent(hours::merge);
        all.hours = Optional.of(hours);
        tracks.put(row, all);
        track.hours = Optional.empty();
        track.hasMoreHours = true;
    }

    /** What was counted on the host in each hour of the last week that is known, to the end of a pane. */
    Hours hours(Key key, String host, Track track, long end) {
        Hours hours = new Hours();
        if (track.hasMoreHours) {
            tracks.get(TrackKey.ofHours(key, host)).flatMap(row -> row.hours).ifPresent(hours::merge);
        }
        track.hours.ifPresent(hours::merge);
        track.kept
                .headMap(end, true)
                .forEach((start, kept) ->
                        tally(key, host, start, kept).ifPresent(tally -> hours.add(key.watch(), start, tally)));
        return hours;
    }

    private Optional<Tally> seen(Key key, String host, long start, Kept kept) {
        return kept.isHere() ? Optional.of(kept.glance()) : tally(key, host, start, kept);
    }

    private void removeRow(Key key, String host, long start, Kept kept) {
        if (!kept.isHere()) {
            tallies.remove(new PaneKey(key, host, start, kept.panes()));
        }
    }

    Optional<Tally> tally(Key key, String host, long start, Kept kept) {
        return kept.isHere() ? Optional.of(kept.look()) : tallies.get(new PaneKey(key, host, start, kept.panes()));
    }
}
