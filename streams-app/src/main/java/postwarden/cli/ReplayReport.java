package postwarden.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import postwarden.detect.Severity;
import postwarden.diff.Case;
import postwarden.diff.Place;
import postwarden.incident.Alert;
import postwarden.replay.HostPart;
import postwarden.replay.Plan;
import postwarden.replay.Replay;
import postwarden.replay.ReplayName;
import postwarden.stream.Meters;

/** What a replay came to. */
record ReplayReport(ReplayName name, Plan plan, List<Alert> alerts) {
    void print(Replay replay, PrintStream err) {
        int hosts = plan.speakers(Long.MIN_VALUE, Long.MAX_VALUE).size();
        err.printf(Locale.ROOT, "%d lines of %d hosts%s%n", plan.lines(), hosts, hosts == 0 ? "" : ", " + span(plan));
        Meters meters = replay.meters();
        err.printf(
                Locale.ROOT,
                "this run: %d counted, %d late, %d duplicate, %d noted, %d dead letters%n",
                meters.records("counted"),
                meters.records("late"),
                meters.records("duplicate"),
                meters.records("noted"),
                meters.records("dead_letter"));
        List<Case> cases = Case.of(alerts, alert -> Place.INSIDE, time -> true);
        long over = alerts.stream()
                .filter(Alert::isOver)
                .map(Alert::incidentId)
                .distinct()
                .count();
        err.printf(
                Locale.ROOT,
                "%d alerts of %d incidents%s, in %s; %d were over%n",
                alerts.size(),
                cases.size(),
                bySeverity(cases),
                replay.settings().topics().alerts(),
                over);
        err.println("to compare:  postwarden diff " + name.text());
    }

    /** From the first line to the last, by the lines' own times. */
    static String span(Plan plan) {
        return plan.firstMillis() == HostPart.NO_TIME
                ? "no line has a time"
                : Instant.ofEpochMilli(plan.firstMillis()) + " to " + Instant.ofEpochMilli(plan.newestMillis());
    }

    private static String bySeverity(List<Case> cases) {
        List<String> counts = IntStream.range(0, Severity.values().length)
                .mapToObj(index -> Severity.values()[Severity.values().length - 1 - index])
                .filter(severity -> count(cases, severity) > 0)
                .map(severity -> count(cases, severity) + " " + severity)
                .toList();
        return counts.isEmpty() ? "" : " (" + String.join(", ", counts) + ")";
    }

    private static long count(List<Case> cases, Severity severity) {
        return cases.stream().filter(each -> each.highest() == severity).count();
    }
}
