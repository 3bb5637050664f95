package postwarden.tally;

/**
 * The entity that a tally is about.
 *
 * @param tenant whose it is
 * @param name canonical: lower case for accounts, senders and domains; an address or network for clients
 */
public record Key(String tenant, Watch watch, String name) {
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
