package postwarden.stream.query;

import java.time.Duration;
import postwarden.ask.NotReady;
import postwarden.stream.QueryParams;

/** The time that one list may take; looked at for each row. */
final class Deadline {
    private static final int ROWS_A_LOOK = 64;

    private final String what;
    private final QueryParams params;
    private final long end;
    private long rows;

    Deadline(String what, QueryParams params) {
        this(what, params, System.nanoTime() + params.scan().toNanos());
    }

    /** @param end when it is over, as {@link System#nanoTime} counts */
    Deadline(String what, QueryParams params, long end) {
        this.what = what;
        this.params = params;
        this.end = end;
    }

    /** @throws NotReady when the time is over */
    void row() {
        if (++rows % ROWS_A_LOOK == 0 && System.nanoTime() - end > 0) {
            throw new NotReady(
                    what + " took longer than " + seconds(params.scan()) + " s and was given up after " + rows
                            + " rows",
                    params.retryAfter());
        }
    }

    private static String seconds(Duration time) {
        return Double.toString(time.toMillis() / 1000.0);
    }
}
