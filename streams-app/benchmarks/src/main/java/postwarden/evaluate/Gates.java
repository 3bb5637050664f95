package postwarden.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;
import postwarden.detect.Severity;

/** What must hold for the command to end with 0. */
final class Gates {
    @Option(
            names = "--min-recall",
            paramLabel = "SHARE",
            description = "of the labelled incidents of each detector (default: ${DEFAULT-VALUE})")
    private double recall = .95;

    @Option(
            names = "--min-precision",
            paramLabel = "SHARE",
            description = "of the incidents of each detector (default: ${DEFAULT-VALUE})")
    private double precision = .95;

    @Option(
            names = "--max-violations",
            paramLabel = "N",
            description = "look-alikes told as what they look like (default: ${DEFAULT-VALUE})")
    private int violations;

    @Option(
            names = "--max-p90",
            paramLabel = "SECONDS",
            description = "to compromised-account at 200 recipients in ten minutes (default: ${DEFAULT-VALUE})")
    private double seconds = 300;

    @Option(
            names = "--max-critical",
            paramLabel = "N",
            description = "CRITICAL a day per 1000 clean hosts (default: ${DEFAULT-VALUE})")
    private double critical = .5;

    @Option(
            names = "--max-calls",
            paramLabel = "N",
            description = "MEDIUM and above a day per 1000 clean hosts (default: ${DEFAULT-VALUE})")
    private double calls = 5;

    /** What does not hold; empty when all does. */
    List<String> broken(Scorecard card) {
        List<String> broken = new ArrayList<>();
        int violated = 0;
        for (Row row : card.rows()) {
            violated += row.violations;
            if (row.recall() < recall) {
                broken.add(say("%s: recall %.3f, below %.3f", row.detector, row.recall(), recall));
            }
            if (row.precision() < precision) {
                broken.add(say("%s: precision %.3f, below %.3f", row.detector, row.precision(), precision));
            }
        }
        if (violated > violations) {
            broken.add(say("%d look-alikes were told as what they look like, more than %d", violated, violations));
        }
        Row usual = card.by(label -> label.strength().name()).get("compromised-account USUAL");
        if (usual != null && !(usual.seconds(.9) <= seconds)) {
            broken.add(say(
                    "compromised-account at 200 recipients in ten minutes: p90 %.0f s, above %.0f s",
                    usual.seconds(.9), seconds));
        }
        return broken;
    }

    /** The same for a clean fleet. */
    List<String> broken(CleanRate rate) {
        List<String> broken = new ArrayList<>();
        double worst = rate.aDay(rate.count(Severity.CRITICAL));
        if (worst > critical) {
            broken.add(say("%.2f CRITICAL a day per 1000 clean hosts, above %.2f", worst, critical));
        }
        double all = rate.aDay(rate.calls());
        if (all > calls) {
            broken.add(say("%.2f alerts of MEDIUM and above a day per 1000 clean hosts, above %.2f", all, calls));
        }
        return broken;
    }

    private static String say(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
