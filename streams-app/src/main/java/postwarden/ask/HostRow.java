package postwarden.ask;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one host.
 *
 * @param closedThrough how far its lines are counted; the epoch when it was only announced
 * @param state CURRENT, LATE (behind the others by more than is waited for), SILENT or ENDED
 * @param lines counted in the last hour
 * @param notUnderstood lines of the last hour that no rule knew
 * @param open incidents that are open about it, by family of detectors
 */
public record HostRow(
        String tenant,
        String host,
        Instant closedThrough,
        String state,
        double lines,
        double notUnderstood,
        Map<String, Long> open) {
    public HostRow {
        open = new TreeMap<>(open);
    }
}
