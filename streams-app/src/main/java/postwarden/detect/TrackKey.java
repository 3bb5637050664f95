package postwarden.detect;

import postwarden.tally.Key;

/**
 * Where a track stands that is not with its key.
 *
 * @param host whose numbers it holds
 */
public record TrackKey(Key key, String host) {
    /** No host's name begins like this; one that lies about its name would find its hours among those of the host that it names. */
    private static final String HOURS = "\0hours:";

    /** Where the hours of a host stand that are more than its track carries along; only {@link Track#hours} is used there. */
    static TrackKey ofHours(Key key, String host) {
        return new TrackKey(key, HOURS + host);
    }

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
