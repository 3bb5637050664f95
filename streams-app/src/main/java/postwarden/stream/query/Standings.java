package postwarden.stream.query;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import postwarden.stream.Shared;

/** How far the hosts are, read once for each commit of a part, and only when somebody asks. */
final class Standings {
    private final Reach reach;
    private final ConcurrentHashMap<Integer, Known> known = new ConcurrentHashMap<>();

    private record Known(Shared shared, long version, Standing standing) {}

    Standings(Reach reach) {
        this.reach = reach;
    }

    /** As of the part's last commit, or the one before when another is just being made. */
    Standing of(Shared shared, KeyRows rows, Deadline deadline) {
        long version = shared.version();
        @Nullable Known last = known.get(shared.part());
        if (last != null && last.shared() == shared && last.version() == version) {
            return last.standing();
        }
        Standing read = rows.standing(reach.settings().watch(), deadline);
        known.put(shared.part(), new Known(shared, version, read));
        return read;
    }
}
