package postwarden.ask;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A key in a list.
 *
 * @param kind server, client, account, sender or destination
 * @param lastSeen end of the last pane that counted something for it
 * @param measures by name, over the window that was asked for: counts, and {@code …PerMinute} of none
 * @param hosts how many hosts contribute to it
 * @param open findings of detectors that are open about it
 */
public record EntityRow(
        String kind,
        String tenant,
        String name,
        Instant lastSeen,
        Map<String, Double> measures,
        int hosts,
        List<Open> open) {
    public EntityRow {
        measures = new TreeMap<>(measures);
        open = List.copyOf(open);
    }

    /**
     * A finding that is open.
     *
     * @param host empty where it is about all hosts together
     * @param about who of the many that the key stands for, such as a mailbox of a server; else empty
     */
    public record Open(String detector, String host, String about, String severity, String cause, Instant lastShown) {
        public Open {
            // An instance of the release before does not say it.
            about = Objects.requireNonNullElse(about, "");
        }
    }
}
