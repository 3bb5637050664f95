package postwarden.ask;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything about one key.
 *
 * @param row as it would be in a list, over an hour
 * @param hosts that contribute to it, sorted
 * @param windows measures by window: {@code 1m}, {@code 10m}, {@code 1h}, and {@code all} for as long as something is kept
 * @param series measures over time, the oldest first: panes of ten seconds that are young, longer ones that are older
 * @param hours the main measures by the hour (UTC), the oldest first: every hour of the last week from the first one that is known on
 * @param baselines what is usual
 * @param openSessions how many sessions each host has seen open at once in the last pane that counted something there; hosts that know
 *     of none are left out
 * @param samples redacted lines that show what is counted, at most ten
 * @param standby whether a standby's copy answered
 * @param staleness how far behind it may be; zero for the instance that counts
 * @param brief whether series, hours and samples were not asked for and so are empty
 */
public record Entity(
        EntityRow row,
        List<String> hosts,
        Map<String, Map<String, Double>> windows,
        List<Point> series,
        List<Hour> hours,
        List<Learned> baselines,
        List<Sessions> openSessions,
        List<Line> samples,
        boolean standby,
        Duration staleness,
        boolean brief) {
    public Entity {
        hosts = List.copyOf(hosts);
        windows = new TreeMap<>(windows);
        series = List.copyOf(series);
        // An instance of an older version tells of none.
        hours = hours == null ? List.of() : List.copyOf(hours);
        baselines = List.copyOf(baselines);
        // An instance of an older version tells of none.
        openSessions = openSessions == null ? List.of() : List.copyOf(openSessions);
        samples = List.copyOf(samples);
    }

    /** What was counted from a moment on. */
    public record Point(Instant start, Duration length, Map<String, Double> measures) {
        public Point {
            measures = new TreeMap<>(measures);
        }
    }

    /**
     * What was counted in an hour.
     *
     * @param length an hour, or less of the one that goes on
     * @param usual what is usual in as long a time at this hour of the week, of the measures that are learned
     */
    public record Hour(Instant start, Duration length, Map<String, Double> measures, Map<String, Double> usual) {
        public Hour {
            measures = new TreeMap<>(measures);
            usual = new TreeMap<>(usual);
        }
    }

    /**
     * What is usual for a measure in a minute.
     *
     * @param host empty where it is of all hosts together
     * @param windows minutes learned from
     * @param maturity weight of the key's own history, 0 to 1
     */
    public record Learned(String host, String measure, double median, double p99, long windows, double maturity) {}

    /** The most sessions that were open at once on a host in a pane. */
    public record Sessions(String host, Instant start, Duration length, double most) {}

    /** A line, redacted. */
    public record Line(String host, String file, long offset, Instant time, String text) {}
}
