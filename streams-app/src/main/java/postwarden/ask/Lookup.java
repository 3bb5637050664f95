package postwarden.ask;

import java.util.List;
import postwarden.tally.Key;

/**
 * A question about one key.
 *
 * @param stale whether a standby's copy will do; the answer says how old it may be
 * @param brief whether it is enough to say how things are: without {@link Entity#series}, {@link Entity#hours} and
 *     {@link Entity#samples}, which are a quarter of the work; for programs that ask often
 * @param hosts as in {@link EntityQuestion#hosts}; a key that none of them has seen is not there
 */
public record Lookup(Key key, boolean stale, boolean brief, List<String> hosts) {
    public Lookup {
        hosts = List.copyOf(hosts);
    }

    /** Everything that all hosts have told about it, of the instance that counts. */
    public static Lookup of(Key key) {
        return new Lookup(key, false, false, List.of());
    }

    /** The same question, for which a standby's copy will do. */
    public Lookup orStale() {
        return new Lookup(key, true, brief, hosts);
    }

    /** The same question, for which it is enough to say how things are. */
    public Lookup inBrief() {
        return new Lookup(key, stale, true, hosts);
    }
}
