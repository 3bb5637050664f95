package postwarden.tally;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The entity that a tally is about.
 *
 * @param tenant whose it is
 * @param name canonical: lower case for accounts, senders and domains; an address or network for clients
 */
public record Key(String tenant, Watch watch, String name) {
    private static final Hasher64 HASHER = Hashing.wyhashFinal4();
    /** Knuth, multiplicative hashing by the golden ratio. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** 64 bits of a name of any length, the same in every run; keys of different watches are not told apart. */
    public long hash() {
        return HASHER.hashCharsToLong(name) ^ (tenant.hashCode() * SPREAD);
    }

    /** Written out, because a record's own goes through method handles, and this is asked for hundreds of times a window. */
    @Override
    public int hashCode() {
        return (tenant.hashCode() * 31 + watch.id()) * 31 + name.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && watch == that.watch && name.equals(that.name) && tenant.equals(that.tenant);
    }
}
