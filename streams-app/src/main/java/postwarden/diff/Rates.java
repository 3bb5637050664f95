package postwarden.diff;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import postwarden.detect.Severity;

/**
 * How many incidents there are of each kind, and how many that is a day per thousand hosts.
 *
 * @param watched for how long all hosts together were watched; zero when no line has a time
 * @param counts incidents by detector and highest severity
 */
public record Rates(Duration watched, SortedMap<Kind, Integer> counts) {
    private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final int HOSTS = 1000;

    /** Detectors in the order of the alphabet, the gravest first. */
    public record Kind(String detector, Severity severity) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            return Comparator.comparing(Kind::detector)
                    .thenComparing(Kind::severity, Comparator.reverseOrder())
                    .compare(this, other);
        }
    }

    /** Of the cases that are whole: the others are of another time. */
    public static Rates of(List<Case> cases, Duration watched) {
        SortedMap<Kind, Integer> counts = new TreeMap<>();
        cases.stream()
                .filter(Case::whole)
                .forEach(each -> counts.merge(new Kind(each.detector(), each.highest()), 1, Integer::sum));
        return new Rates(watched, counts);
    }

    public int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    public int all() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** So many incidents a day per thousand hosts; NaN when nothing was watched. */
    public double rate(int count) {
        double hostDays = watched.toMillis() / DAY_MILLIS;
        return hostDays == 0 ? Double.NaN : count / hostDays * HOSTS;
    }
}
