package postwarden.tally;

import java.util.function.Consumer;

/** A tally that was opened, or nobody's, to which nothing is added. */
final class Opened {
    static final Opened NOBODY = new Opened();

    private final Tally[] tally;

    Opened(Tally... tally) {
        this.tally = tally;
    }

    void with(Consumer<Tally> adding) {
        for (Tally one : tally) {
            adding.accept(one);
        }
    }
}
