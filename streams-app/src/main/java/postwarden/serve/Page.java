package postwarden.serve;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import postwarden.ask.Listing;

/**
 * Rows as a caller gets them.
 *
 * @param total how many there are in all; for a caller who does not see every host, how many of them were looked through
 * @param next where the next page begins; null when this is the last one
 * @param asOf when it was asked, to the ten seconds in which states are counted: so the same answer stays the same
 */
record Page(List<?> items, long total, @Nullable String next, Instant asOf) {
    private static final long PANE_SECONDS = 10;
    /** Pages that are looked through for one of a caller who does not see every host. */
    private static final int MOST_PAGES = 20;

    Page {
        items = List.copyOf(items);
    }

    /** All rows on one page. */
    static Page whole(List<?> items, Clock clock) {
        return new Page(items, items.size(), null, now(clock));
    }

    private static Instant now(Clock clock) {
        long seconds = clock.instant().getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, PANE_SECONDS));
    }

    /** How a list is asked page by page: {@code rows} behind a cursor, at most so many. */
    interface Source<T> {
        Listing<T> rows(Cursor after, int limit);
    }

    /**
     * The rows behind a cursor that the caller sees.
     *
     * @param everything whether these are all there are
     */
    static <T> Page of(
            Source<T> source,
            Cursor from,
            int limit,
            boolean everything,
            Predicate<T> sees,
            Function<T, Cursor> cursorOf,
            Function<T, Object> shown,
            Clock clock) {
        List<Object> items = new ArrayList<>();
        Cursor at = from;
        long total = 0;
        int ask = everything ? limit : Parameters.MOST_ROWS;
        for (int page = 0; page < MOST_PAGES; page++) {
            Listing<T> rows = source.rows(at, ask);
            for (T row : rows.rows()) {
                at = cursorOf.apply(row);
                if (everything || sees.test(row)) {
                    items.add(shown.apply(row));
                    if (items.size() == limit) {
                        return new Page(items, everything ? rows.total() : items.size(), at.text(), now(clock));
                    }
                }
            }
            total = everything ? rows.total() : items.size();
            if (rows.rows().size() < ask) {
                return new Page(items, total, null, now(clock));
            }
        }
        return new Page(items, total, at.text(), now(clock));
    }
}
