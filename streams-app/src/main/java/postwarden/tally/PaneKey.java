package postwarden.tally;

/**
 * Where a stored tally stands: one key on one host, from one pane on.
 *
 * @param start number of its first pane
 * @param panes how many panes it sums up, >= 1: old panes are kept a minute at a time
 */
public record PaneKey(Key key, String host, long start, int panes) {
    /** Written out for the same reason as {@link Key#hashCode}. */
    @Override
    public int hashCode() {
        return ((key.hashCode() * 31 + host.hashCode()) * 31 + Long.hashCode(start)) * 31 + panes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PaneKey that
                && start == that.start
                && panes == that.panes
                && host.equals(that.host)
                && key.equals(that.key);
    }
}
