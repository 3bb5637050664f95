package postwarden.detect.sending;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import postwarden.detect.Advice;
import postwarden.detect.Cause;
import postwarden.detect.Finding;
import postwarden.detect.Grade;
import postwarden.detect.Subject;
import postwarden.detect.Usual;
import postwarden.detect.View;
import postwarden.detect.reading.Evidence;
import postwarden.tally.Count;
import postwarden.tally.Mark;
import postwarden.tally.Tally;

/**
 * A finding about an account's sending, but for what all of them have in common.
 *
 * @param measures by name; each threshold has one
 */
record Told(
        String detector,
        Grade grade,
        double confidence,
        List<Cause> causes,
        Instant onset,
        String title,
        String summary,
        Map<String, Double> measures,
        Map<String, Double> thresholds,
        Map<String, Usual> baseline,
        List<Advice> advice,
        String script,
        String technique) {
    private static final int VERSION = 1;
    private static final Duration HOUR = Duration.ofHours(1);

    Finding about(View view) {
        return about(view, "");
    }

    /** @param sender whose mail it is, where that is not the account's own */
    Finding about(View view, String sender) {
        Tally hour = view.window(HOUR);
        return new Finding(
                detector,
                VERSION,
                view.key(),
                view.host(),
                view.pane(),
                new Subject("", "", view.key().name(), sender, "", "", script),
                onset,
                grade,
                confidence,
                causes,
                title,
                summary,
                new TreeMap<>(measures),
                new TreeMap<>(thresholds),
                baseline,
                Evidence.of(hour, Count.MESSAGES, Count.BOUNCED_UNKNOWN, Count.BOUNCED_SPAM, Count.AUTH_SUCCESSES),
                advice,
                technique,
                hour.has(Mark.LOG_GAP),
                blindSpots(hour));
    }

    private static List<String> blindSpots(Tally hour) {
        List<String> blind = new ArrayList<>();
        blind.add("What the messages say is not known; neither is where addresses are in the world.");
        if (hour.has(Mark.EXIM)
                && hour.count(Count.SCRIPT_MESSAGES) > 0
                && hour.topNames("script:", 1).isEmpty()) {
            blind.add("Where scripts run is not known: Exim logs it with log_selector = +arguments.");
        }
        return blind;
    }
}
