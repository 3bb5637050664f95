package postwarden.tally;

/** Where the tallies of one event's tenant, host and pane are found. */
@FunctionalInterface
public interface TallySink {
    /**
     * The tally to add to; the same one when asked again for the same event.
     *
     * @param name canonical, see {@link Key}; never empty
     */
    Tally open(Watch watch, String name);
}
