package postwarden.detect;

import postwarden.tally.Key;

/**
 * Where a track stands that is not with its key.
 *
 * @param host whose numbers it holds
 */
public record TrackKey(Key key, String host) {
    /** Written out, because a record's own goes through method handles. */
    @Override
    public int hashCode() {
        return key.hashCode() * 31 + host.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrackKey that && host.equals(that.host) && key.equals(that.key);
    }
}
