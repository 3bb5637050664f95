package postwarden.benchmarks.fleet;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param lines of each backlog
 * @param repeats of each row of the first table, of which the median counts
 * @param stint of each run
 * @param keys of the fleets whose number of keys is varied
 * @param windows of the windows that are varied
 * @param skews shares of the busiest client
 * @param fresh shares of ever-new keys
 * @param instances that share the work
 * @param latency of the live run
 */
record Plan(
        long lines,
        int repeats,
        Stint stint,
        List<Integer> keys,
        List<Duration> windows,
        List<Double> skews,
        List<Double> fresh,
        List<Integer> instances,
        Latency latency) {
    static final Plan FULL = new Plan(
            3_000_000,
            3,
            new Stint(1_000_000, Duration.ofSeconds(40), Duration.ofSeconds(40)),
            List.of(1_000, 10_000, 100_000, 1_000_000),
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(60)),
            List.of(0.0, 0.5, 0.9),
            List.of(0.0, 0.1, 1.0),
            List.of(1, 2, 3),
            new Latency(Duration.ofSeconds(40), Duration.ofSeconds(180), Duration.ofSeconds(2)));

    /** Under five minutes: says whether everything works, and the order of magnitude. */
    static final Plan QUICK = new Plan(
            500_000,
            1,
            new Stint(200_000, Duration.ofSeconds(15), Duration.ofSeconds(12)),
            List.of(1_000, 1_000_000),
            List.of(),
            List.of(0.9),
            List.of(1.0),
            List.of(2),
            new Latency(Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(2)));

    /** The same, where what is not 0 is another. */
    Plan with(int otherRepeats, int otherCpuSeconds) {
        Duration cpu = Duration.ofSeconds(otherCpuSeconds);
        return new Plan(
                lines,
                otherRepeats == 0 ? repeats : otherRepeats,
                cpu.isZero() ? stint : new Stint(stint.warmLines(), cpu, cpu),
                keys,
                windows,
                skews,
                fresh,
                instances,
                latency);
    }
}
