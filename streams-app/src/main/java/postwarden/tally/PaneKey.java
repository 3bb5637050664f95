package postwarden.tally;

/**
 * Where a stored tally stands: one key on one host, from one pane on.
 *
 * @param start number of its first pane
 * @param panes how many panes it sums up, >= 1: old panes are kept a minute at a time
 */
public record PaneKey(Key key, String host, long start, int panes) {}
