package postwarden.replay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import postwarden.diff.Place;
import postwarden.incident.Alert;

/**
 * What a replay reads, settled once when it begins: the same after a crash, and what a comparison goes by.
 *
 * @param order what was asked for
 * @param ranges by partition of the lines topic
 * @param hosts who speaks in the range, or is announced in it
 */
public record Plan(Order order, Map<Integer, Range> ranges, List<HostPart> hosts) {
    /**
     * What was asked for; another order under the same name is another replay.
     *
     * @param from first instant, by the records' time, ISO 8601
     * @param to first instant behind; empty for the end of the topic when the replay began
     * @param configDigest names the thresholds
     * @param partitions of the internal topics
     */
    public record Order(String from, String to, String configDigest, int partitions) {}

    public Plan {
        ranges = new TreeMap<>(ranges);
        hosts = List.copyOf(hosts);
    }

    /** Records in all ranges; an upper bound, where offsets are missing. */
    public long records() {
        return ranges.values().stream().mapToLong(Range::size).sum();
    }

    public long lines() {
        return hosts.stream().mapToLong(HostPart::lines).sum();
    }

    /** The hosts that said something, as {@code tenant/host}, between these times of their own. */
    public SortedSet<String> speakers(long fromMillis, long toMillis) {
        return hosts.stream()
                .filter(host -> host.records() > 0)
                .filter(host -> host.newestMillis() >= fromMillis && host.firstMillis() < toMillis)
                .map(host -> host.tenant() + "/" + host.host())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** For how long all hosts together were watched between these times of their own. */
    public Duration watched(long fromMillis, long toMillis) {
        return Duration.ofMillis(hosts.stream()
                .filter(host -> host.firstMillis() != HostPart.NO_TIME)
                .mapToLong(host -> {
                    long begin = Math.max(host.firstMillis(), fromMillis);
                    long end = Math.min(host.newestMillis(), toMillis);
                    return Math.min(host.watchedMillis(), Math.max(0, end - begin));
                })
                .sum());
    }

    /** The earliest time of a host's first line; {@link HostPart#NO_TIME} when no line has one. */
    public long firstMillis() {
        return hosts.stream()
                .mapToLong(HostPart::firstMillis)
                .filter(time -> time != HostPart.NO_TIME)
                .min()
                .orElse(HostPart.NO_TIME);
    }

    /** How far the foremost host came. */
    public long newestMillis() {
        return hosts.stream().mapToLong(HostPart::newestMillis).max().orElse(HostPart.NO_TIME);
    }

    /**
     * Where an alert stands: by the offsets of the lines that it shows, and, as a later alert may show early lines only, by
     * when it was last seen.
     *
     * @param paneMillis how far a pane's end may lie behind its last line
     */
    public Place place(Alert alert, long paneMillis) {
        boolean before = false;
        for (Alert.Evidence line : alert.evidence()) {
            Range range = ranges.get(line.partition());
            if (range != null && line.recordOffset() >= range.stop()) {
                return Place.BEHIND;
            }
            before |= range != null && line.recordOffset() >= 0 && line.recordOffset() < range.start();
        }
        if (alert.lastSeen().toEpochMilli() > newestMillis() + paneMillis) {
            return Place.BEHIND;
        }
        return before ? Place.BEFORE : Place.INSIDE;
    }
}
