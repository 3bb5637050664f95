package postwarden.tally;

/**
 * A name and how often it came.
 *
 * @param name as it is shown; a stranger may have chosen it
 * @param atLeast and {@code atMost} how often, equal while the names are counted exactly; see {@link Leaders}
 * @param kinds how many different details came with it, about; 0 where none is kept
 */
public record Leader(String name, long atLeast, long atMost, long kinds) {}
