package postwarden.evaluate;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import postwarden.detect.Severity;
import postwarden.simulate.Label;

/** The report for people. */
final class Markdown {
    private static final String NONE = "–";

    private final PrintStream out;

    Markdown(PrintStream out) {
        this.out = out;
    }

    void title(String text) {
        out.println();
        out.println("## " + text);
        out.println();
    }

    void gates(List<String> broken) {
        title("Gates");
        broken.forEach(gate -> out.println("- " + gate));
        if (broken.isEmpty()) {
            out.println("All hold.");
        }
    }

    /** Every incident that was opened, where none should be. */
    void told(List<Notice> notices) {
        out.println();
        notices.stream()
                .filter(notice -> notice.step() == Notice.Step.OPENED)
                .forEach(notice -> out.println("- told: " + line(notice)));
    }

    void detectors(Collection<Row> rows) {
        out.println(
                "| detector | labels | recall | incidents | right | allowed | violations | wrong | precision | median | p90"
                        + " | cause | duplicates | flaps |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %d | %s | %d | %d | %d | %d | %d | %s | %s | %s | %s | %d | %d |%n",
                    row.detector,
                    row.labels,
                    share(row.recall()),
                    row.incidents(),
                    row.right,
                    row.allowed,
                    row.violations,
                    row.wrong,
                    share(row.precision()),
                    seconds(row.seconds(.5)),
                    seconds(row.seconds(.9)),
                    share(row.causes()),
                    row.duplicates,
                    row.flaps);
        }
    }

    /** What operators of a running service have called its incidents. */
    void verdicts(Verdicts verdicts) {
        title("What operators say");
        out.println(
                "| detector | true | benign | false | unjudged | as told | 95 % interval | worth a call | 95 % interval |");
        out.println("|---|--:|--:|--:|--:|--:|---|--:|---|");
        verdicts.byDetector().forEach(this::verdicts);
        verdicts("all", verdicts.all());
    }

    private void verdicts(String detector, Verdicts.Counts counts) {
        out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %s | %s | %s | %s |%n",
                // It is from a file, and ends neither a cell nor a line.
                detector.replaceAll("[^A-Za-z0-9._-]", "?"),
                counts.right(),
                counts.benign(),
                counts.wrong(),
                counts.unjudged(),
                share(counts.asTold().value()),
                interval(counts.asTold()),
                share(counts.worth().value()),
                interval(counts.worth()));
    }

    private static String interval(Share share) {
        return share.whole() == 0 ? NONE : share(share.least()) + " to " + share(share.most());
    }

    /** Recall by strength or daemon. */
    void recalls(Map<String, Row> rows) {
        out.println("| what | labels | recall | median | p90 |");
        out.println("|---|--:|--:|--:|--:|");
        rows.values().stream()
                .filter(row -> row.labels > 0)
                .forEach(row -> out.printf(
                        Locale.ROOT,
                        "| %s | %d | %s | %s | %s |%n",
                        row.detector,
                        row.labels,
                        share(row.recall()),
                        seconds(row.seconds(.5)),
                        seconds(row.seconds(.9))));
    }

    /** What nobody told, and what was told of it instead. */
    void missed(Scorecard card) {
        for (Label label : card.missed()) {
            out.println("- missed: " + label.kind() + " " + label.variant() + " " + label.strength() + " on "
                    + label.daemon() + ", " + label.size() + ", " + label.onset() + ", "
                    + label.names().stream().sorted().limit(3).toList());
            card.about(label).forEach(notice -> out.println("  - but told: " + line(notice)));
        }
    }

    void incidents(String what, List<Notice> notices, Scorecard card) {
        notices.forEach(notice -> out.println("- " + what + ": " + line(notice) + "; it is " + card.subject(notice)));
    }

    private static String line(Notice notice) {
        return notice.detector() + " " + notice.severity() + " " + notice.cause() + " at " + notice.told() + " about "
                + notice.subjects() + " on " + (notice.server().isEmpty() ? "the fleet" : notice.server());
    }

    void clean(CleanRate rate) {
        out.printf(Locale.ROOT, "%.1f host days.%n%n", rate.hostDays());
        out.println("| severity | incidents | a day per 1000 hosts | 95 % interval |");
        out.println("|---|--:|--:|---|");
        for (Severity severity : Severity.values()) {
            row(severity.name(), rate.count(severity), rate);
        }
        row("MEDIUM and above", rate.calls(), rate);
        out.println();
        rate.byDetector().forEach((detector, count) -> row(detector, count, rate));
    }

    private void row(String name, int count, CleanRate rate) {
        out.printf(
                Locale.ROOT,
                "| %s | %d | %.2f | %.2f to %.2f |%n",
                name,
                count,
                rate.aDay(count),
                rate.least(count),
                rate.most(count));
    }

    private static String share(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String seconds(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.0f s", value);
    }
}
