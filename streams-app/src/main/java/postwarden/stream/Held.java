package postwarden.stream;

import org.jspecify.annotations.Nullable;

/** One value of a {@link StoreMemory} that is on the heap: as an object, as bytes, as both, or as neither when it was removed. */
final class Held<K, V> {
    /** No commit: what is on the heap is what is in the store. */
    static final long RESTED = -1;

    private static final int NOWHERE = -1;

    final K key;
    /** Null when it was removed, or is there as bytes alone. */
    @Nullable
    V value;
    /** The value as it was last written, unless it has changed since. */
    Slice written = Slice.NOTHING;
    /** What it counts for in {@link Heap#restedBytes}. */
    long weight;
    /** Whether it was asked for since {@link Heap#letGo} last saw it. */
    boolean isUsed;
    /** Whether it changed since the last commit. */
    boolean isChanged;
    /** The commit whose journal record holds it, or {@link #RESTED}. */
    long commit = RESTED;
    /** Whether it changed in several of the last commits, so that its object is worth its room. */
    private boolean isBusy;
    /** Where its value stands in the journal's record that is open. */
    private int at = NOWHERE;

    Held(K key) {
        this.key = key;
    }

    boolean mayGo() {
        return !isUsed && !isChanged && commit == RESTED;
    }

    /**
     * Notes that it is written into the journal's record that is open.
     *
     * @param position where its length stands; nothing stands there when it was removed
     * @param busy commits since it was last written, at most, for it to stay an object
     */
    void writes(int position, long now, long busy) {
        at = value == null ? NOWHERE : position;
        isBusy = commit != RESTED && now - commit <= busy;
        commit = now;
        isChanged = false;
    }

    /** The record is closed. */
    void isWrittenIn(byte[] record) {
        written = at == NOWHERE ? Slice.NOTHING : Slice.within(record, at);
        if (!isBusy) {
            pack();
        }
    }

    /** Lets go of the object, when its bytes are known. */
    void pack() {
        if (!written.isNothing()) {
            value = null;
        }
    }
}
