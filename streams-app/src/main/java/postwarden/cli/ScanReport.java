package postwarden.cli;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.scan.Engine;
import postwarden.tally.Intake;

/** What a scan came to: its worst severity, its incidents, and what it cost. */
final class ScanReport {
    /** Below this the start of the JVM is all that would be measured. */
    private static final long ENOUGH_TO_TELL = 1000;
    /** The rest is in {@code postwarden parse --unrecognised}. */
    private static final int MOST_TEMPLATES = 5;

    private final long beganNanos = System.nanoTime();
    private final long beganCpuNanos = cpuNanos();
    private final Map<Severity, Set<String>> incidents = new EnumMap<>(Severity.class);
    private Severity worst = Severity.INFO;
    private long alerts;
    private final Set<String> allowed = new HashSet<>();

    /** Counts an alert and gives it back. */
    Alert take(Alert alert) {
        if (!alert.isTold()) {
            allowed.add(alert.incidentId());
            return alert;
        }
        alerts++;
        worst = worst.max(alert.severity());
        incidents.values().forEach(ids -> ids.remove(alert.incidentId()));
        incidents.computeIfAbsent(alert.severity(), severity -> new HashSet<>()).add(alert.incidentId());
        return alert;
    }

    /** The highest severity of any alert. */
    Severity worst() {
        return worst;
    }

    void summarise(long lines, Engine engine, PrintStream err) {
        double seconds = Math.max(1e-9, (System.nanoTime() - beganNanos) / 1e9);
        double cpu = (cpuNanos() - beganCpuNanos) / 1e9;
        Map<Intake.Outcome, Long> outcomes = engine.outcomes();
        err.printf(
                Locale.ROOT,
                "%d lines: %d counted, %d late, %d duplicate; %d unrecognised, %d without a readable header%n",
                lines,
                outcomes.getOrDefault(Intake.Outcome.COUNTED, 0L),
                outcomes.getOrDefault(Intake.Outcome.LATE, 0L),
                outcomes.getOrDefault(Intake.Outcome.DUPLICATE, 0L),
                engine.unrecognised(),
                engine.unparsed());
        err.print(new DriftTable(engine.drift()).summary(MOST_TEMPLATES));
        long all = incidents.values().stream().mapToLong(Set::size).sum();
        StringBuilder bySeverity = new StringBuilder();
        for (int i = Severity.values().length - 1; i >= 0; i--) {
            Severity severity = Severity.values()[i];
            int count = incidents.getOrDefault(severity, Set.of()).size();
            if (count > 0) {
                bySeverity
                        .append(bySeverity.isEmpty() ? ": " : ", ")
                        .append(count)
                        .append(' ')
                        .append(severity);
            }
        }
        err.printf(Locale.ROOT, "%d alerts of %d incidents%s%n", alerts, all, bySeverity);
        if (!allowed.isEmpty()) {
            err.printf(Locale.ROOT, "%d more would have been incidents and are allowed%n", allowed.size());
        }
        if (lines < ENOUGH_TO_TELL) {
            return;
        }
        err.printf(
                Locale.ROOT,
                "%.1f s, %.0f lines a second, %.1f CPU seconds a million lines (start of the JVM included)%n",
                seconds,
                lines / seconds,
                cpu / lines * 1e6);
    }

    /** CPU time of this process, in nanoseconds. */
    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
