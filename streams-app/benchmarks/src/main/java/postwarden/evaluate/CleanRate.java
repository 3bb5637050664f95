package postwarden.evaluate;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import postwarden.detect.Severity;

/**
 * How often nothing is told as something: incidents a day per 1000 hosts of a fleet in which nothing happens, with the interval
 * that holds the true rate with 95 % (Poisson, by Byar's approximation).
 *
 * @param hostDays simulated, above 0
 */
record CleanRate(double hostDays, Map<Severity, Integer> bySeverity, Map<String, Integer> byDetector) {
    private static final double HOSTS = 1000;
    /** Of the normal distribution, for 95 % on both sides. */
    private static final double Z = 1.96;

    static CleanRate of(Run run, int contender) {
        Map<Severity, Integer> bySeverity = new TreeMap<>();
        Map<String, Integer> byDetector = new TreeMap<>();
        Map<String, Severity> worst = worst(run.notices().get(contender), byDetector);
        worst.values().forEach(severity -> bySeverity.merge(severity, 1, Integer::sum));
        double days = run.shape().lasts().toMillis() / 86_400_000.0;
        return new CleanRate(run.shape().hosts() * days, bySeverity, byDetector);
    }

    private static Map<String, Severity> worst(Collection<Notice> notices, Map<String, Integer> byDetector) {
        Map<String, Severity> worst = new TreeMap<>();
        for (Notice notice : notices) {
            if (!notice.child()) {
                if (!worst.containsKey(notice.incident())) {
                    byDetector.merge(notice.detector() + " " + notice.severity(), 1, Integer::sum);
                }
                worst.merge(notice.incident(), notice.severity(), Severity::max);
            }
        }
        return worst;
    }

    int count(Severity severity) {
        return bySeverity.getOrDefault(severity, 0);
    }

    /** Incidents that call somebody: MEDIUM and above. */
    int calls() {
        return count(Severity.MEDIUM) + count(Severity.HIGH) + count(Severity.CRITICAL);
    }

    double aDay(int count) {
        return count * HOSTS / hostDays;
    }

    /** The least rate that is believable. */
    double least(int count) {
        if (count == 0) {
            return 0;
        }
        double root = 1 - 1.0 / (9 * count) - Z / (3 * Math.sqrt(count));
        return aDay(1) * count * root * root * root;
    }

    /** The largest rate that is believable. */
    double most(int count) {
        double next = count + 1;
        double root = 1 - 1 / (9 * next) + Z / (3 * Math.sqrt(next));
        return aDay(1) * next * root * root * root;
    }
}
