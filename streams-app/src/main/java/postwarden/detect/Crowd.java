package postwarden.detect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * Keeps the number of keys within bounds, whatever strangers invent: a key that has been silent for long is forgotten; when a
 * watch is full, a further key is let in only once it has come often, in the place of one that is silent. Who is not let in is
 * counted with its server only.
 */
final class Crowd {
    /** Values looked at in each round, besides four for each key that came, so that looking keeps up with coming. */
    private static final int LOOKS = 32;

    private static final int LOOKS_EACH = 4;
    /** Keys that may have to make room, of each watch. */
    private static final int CANDIDATES = 256;

    private final Records records;
    private final Fleet fleet;
    private final CrowdParams params;
    private final long forgetAfter;
    private final long forgetAccountsAfter;
    private final Map<Watch, Place> places = new EnumMap<>(Watch.class);
    private int came;

    /** What is known of one watch's keys. */
    private static final class Place {
        private final Deque<Key> candidates = new ArrayDeque<>();
        private Optional<Frequencies> frequencies = Optional.empty();
        private long keys;
        private long forgotten;
        private long evicted;
        private long turnedAway;
    }

    Crowd(Records records, Fleet fleet, CrowdParams params) {
        this.records = records;
        this.fleet = fleet;
        this.params = params;
        forgetAfter = Pane.count(params.forgetAfter());
        forgetAccountsAfter = Pane.count(params.forgetAccountsAfter());
        for (Watch watch : Watch.values()) {
            places.put(watch, new Place());
        }
    }

    /** Counts a key that was there before. */
    void known(Key key) {
        place(key).keys++;
    }

    /** Whether a key that is not known is watched from now on. */
    boolean admits(Key key, Tally tally) {
        Place place = place(key);
        if (place.keys >= params.maxKeys() && !hasMadeRoom(place, key, tally)) {
            place.turnedAway++;
            return false;
        }
        place.keys++;
        came++;
        return true;
    }

    /** Whether so long has passed before this pane that the key is as if it had never been, swept out or not. */
    boolean isForgotten(Key key, KeyState state, Track track, long pane) {
        return !track.kept.isEmpty()
                && pane - track.newest() > forgetAfter
                && isCalm(state)
                && isSilent(key, state, host -> pane);
    }

    /** Looks at some keys: forgets the silent ones, and notes who could make room. */
    void look() {
        List<Key> silent = new ArrayList<>();
        records.keys().some(LOOKS + LOOKS_EACH * came, (key, state) -> {
            Place place = place(key);
            if (isCalm(state) && isSilent(key, state, host -> fleet.closedThrough(key.tenant(), host))) {
                silent.add(key);
            } else if (place.keys >= params.maxKeys() && isCalm(state) && place.candidates.size() < CANDIDATES) {
                place.candidates.add(key);
            }
        });
        came = 0;
        for (Key key : silent) {
            place(key).forgotten += forget(key) ? 1 : 0;
        }
    }

    /** How many keys of a watch there are, and what became of others so far. */
    Census census(Watch watch) {
        Place place = places.getOrDefault(watch, new Place());
        return new Census(place.keys, place.forgotten, place.evicted, place.turnedAway);
    }

    private boolean hasMadeRoom(Place place, Key key, Tally tally) {
        Frequencies frequencies = place.frequencies.orElseGet(Frequencies::new);
        place.frequencies = Optional.of(frequencies);
        if (frequencies.add(key, events(tally)) < params.admitAfter()) {
            return false;
        }
        for (Key candidate = place.candidates.poll(); candidate != null; candidate = place.candidates.poll()) {
            Optional<KeyState> state = records.keys().get(candidate);
            if (state.isPresent() && isCalm(state.get()) && forget(candidate)) {
                place.evicted++;
                return true;
            }
        }
        return false;
    }

    /** Removes the key, unless it is gone already. */
    boolean forget(Key key) {
        Optional<KeyState> state = records.keys().get(key);
        state.ifPresent(known -> {
            records.remove(key, known);
            place(key).keys--;
        });
        return state.isPresent();
    }

    /** What a key did: connections, attempts to log in, messages, deliveries. */
    private static int events(Tally tally) {
        long events =
                tally.sum(Count.CONNECTS, Count.AUTH_SUCCESSES, Count.AUTH_FAILURES, Count.MESSAGES, Count.DELIVERIES);
        return (int) Math.max(1, Math.min(events, 1000));
    }

    /** @param now the pane that a host has come to, by its name */
    private boolean isSilent(Key key, KeyState state, ToLongFunction<String> now) {
        long silence = Long.MAX_VALUE;
        for (String host : Records.hosts(state)) {
            long newest = records.track(key, state, host).newest();
            long reached = now.applyAsLong(host);
            if (reached == Long.MIN_VALUE) {
                return false;
            }
            silence = newest == Long.MIN_VALUE ? silence : Math.min(silence, reached - newest);
        }
        return silence > forgetAfter && (silence > forgetAccountsAfter || !isUsed(key, state));
    }

    /** Whether somebody was ever let in to the account: who only guesses at names cannot make them stay. */
    private boolean isUsed(Key key, KeyState state) {
        return key.watch() == Watch.ACCOUNT
                && Records.hosts(state).stream()
                        .anyMatch(host -> records.counted(key, state, host, Count.AUTH_SUCCESSES));
    }

    private static boolean isCalm(KeyState state) {
        return state.open.isEmpty() && state.tracks.values().stream().allMatch(Track::isCalm);
    }

    private Place place(Key key) {
        return places.getOrDefault(key.watch(), new Place());
    }
}
