package postwarden.local;

import java.util.List;
import java.util.Locale;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.stream.Meters;

/** The numbers at the end. */
final class Summary {
    private Summary() {}

    static void print(Stack stack, Follow alerts) {
        Meters meters = stack.meters();
        long read = stack.counters().lines();
        long counted = meters.records("counted");
        long late = meters.records("late");
        long duplicate = meters.records("duplicate");
        long dead = meters.records("dead_letter");
        System.err.printf(
                Locale.ROOT,
                "%nlines      %,d read; %,d counted, %,d late, %,d duplicate, %,d dead-lettered%n",
                read,
                counted,
                late,
                duplicate,
                dead);
        System.err.printf(
                Locale.ROOT,
                "understood all but %,d unrecognised and %,d without a readable header%n",
                meters.unrecognised(),
                meters.unparsed());
        List<Alert> incidents = alerts.incidents();
        System.err.printf(Locale.ROOT, "incidents  %d%n", incidents.size());
        for (Severity severity : Severity.values()) {
            incidents.stream()
                    .filter(alert -> alert.severity() == severity)
                    .forEach(alert ->
                            System.err.printf("           %-8s %-9s %s%n", severity, alert.state(), alert.title()));
        }
        System.err.printf(
                Locale.ROOT,
                "service    %,.0f lines a second, %.1f CPU seconds a million lines (its threads alone, start included;"
                        + " exactly once, one thread, %d and %d drains; budget: 10)%n",
                stack.cost().linesPerSecond(),
                stack.cost().cpuSecondsPerMillion(),
                meters.drains("intake"),
                meters.drains("watch"));
    }
}
