package postwarden.detect;

import java.util.Optional;
import postwarden.tally.Tally;

/** A sum of tallies that are only read; where there is one alone, which is so of most keys, it is that one and no copy. */
final class Sum {
    private Optional<Tally> only = Optional.empty();
    private Optional<Tally> several = Optional.empty();

    void add(Tally tally) {
        if (several.isPresent()) {
            several.get().mergeLater(tally);
        } else if (only.isPresent()) {
            several = Optional.of(new Tally().mergeLater(only.get()).mergeLater(tally));
        } else {
            only = Optional.of(tally);
        }
    }

    /** To read, as long as none of the tallies changes. */
    Tally tally() {
        return several.or(() -> only).orElseGet(Tally::new);
    }
}
