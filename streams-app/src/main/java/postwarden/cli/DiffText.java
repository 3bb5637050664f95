package postwarden.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import postwarden.alertjson.TerminalSafe;
import postwarden.diff.Case;
import postwarden.diff.Difference;
import postwarden.diff.Rates;

/** A comparison for people: a block for each difference, then the rates as a table. */
record DiffText(DiffReport report) {
    private static final String ROW = "%-26s %-9s %12s %12s%n";

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(report.before() + " against " + report.now() + ", " + report.hosts() + " hosts, " + report.span());
        text.append('\n');
        report.comparison().differences().forEach(difference -> write(difference, text));
        text.append(report.comparison().differences().size() + " different, "
                + report.comparison().same() + " the same, "
                + report.comparison().partial()
                + " not compared because one side has not read all of it\n");
        writeRates(text);
        return text.toString();
    }

    private static void write(Difference difference, StringBuilder text) {
        Case told = difference.subject();
        String who = " " + told.detector() + "  " + TerminalSafe.escaped(told.title()) + '\n';
        if (difference instanceof Difference.Changed changed) {
            text.append(String.join(", ", changes(changed))).append(who);
        } else {
            String what = difference instanceof Difference.New ? "NEW " : "LOST ";
            text.append(what + told.highest() + " " + TerminalSafe.escaped(told.cause()))
                    .append(who);
        }
        text.append("  found ").append(told.detectedAt()).append(", incident ").append(told.id());
        if (difference instanceof Difference.Changed changed
                && !changed.before().id().equals(told.id())) {
            text.append(", was ").append(changed.before().id());
        }
        text.append('\n');
        Case judged = difference instanceof Difference.Changed changed ? changed.before() : told;
        if (!(difference instanceof Difference.New)) {
            String verdict = judged.verdict().isEmpty() ? "none" : TerminalSafe.escaped(judged.verdict());
            text.append("  verdict of operators: ").append(verdict).append('\n');
        }
    }

    private static List<String> changes(Difference.Changed changed) {
        Case before = changed.before();
        Case now = changed.now();
        List<String> said = new ArrayList<>();
        for (Difference.Change change : Difference.Change.values()) {
            if (changed.changes().contains(change)) {
                said.add(
                        switch (change) {
                            case EARLIER, LATER ->
                                change + " by " + plain(changed.delay().abs());
                            case SEVERITY -> before.highest() + " -> " + now.highest();
                            case CAUSE ->
                                TerminalSafe.escaped(before.cause()) + " -> " + TerminalSafe.escaped(now.cause());
                        });
            }
        }
        return said;
    }

    private static String plain(Duration time) {
        return time.toSeconds() + " s";
    }

    private void writeRates(StringBuilder text) {
        text.append("Alerts a day per 1000 hosts (and how many there were)\n");
        text.append(String.format(Locale.ROOT, ROW, "detector", "severity", report.before(), report.now()));
        for (Rates.Kind kind : report.kinds()) {
            text.append(String.format(
                    Locale.ROOT,
                    ROW,
                    kind.detector(),
                    kind.severity(),
                    cell(report.beforeRates(), report.beforeRates().count(kind)),
                    cell(report.nowRates(), report.nowRates().count(kind))));
        }
        text.append(String.format(
                Locale.ROOT,
                ROW,
                "all",
                "",
                cell(report.beforeRates(), report.beforeRates().all()),
                cell(report.nowRates(), report.nowRates().all())));
    }

    private static String cell(Rates rates, int count) {
        double rate = rates.rate(count);
        return Double.isNaN(rate) ? "- (" + count + ")" : String.format(Locale.ROOT, "%.1f (%d)", rate, count);
    }
}
