package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** What may be somebody else's is no past, and is summed for a day: the same in whatever rhythm it is looked at. */
class DoubtedTest {
    private static final Key ACCOUNT = new Key("default", Watch.ACCOUNT, "anna@example.com");
    private static final long NOW = Pane.of(Scenario.START);
    private static final long HOUR = 360;
    private static final long PANES = 40 * HOUR;
    private static final List<String> REFERENCE = told(1, false);

    @Test
    void what_is_in_doubt_is_summed_for_a_day_and_then_anew() {
        assertThat(doubted(9)).isZero();
        assertThat(doubted(14)).isBetween(4 * 60L, 5 * 60L);
        assertThat(doubted(32)).isGreaterThan(21 * 60L);
        assertThat(doubted(39)).isLessThan(8 * 60L);
    }

    @Test
    void it_is_no_past() {
        assertThat(past(38)).isPositive().isBetween(past(9), past(9) + 5);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 100, 2000, PANES})
    void any_rhythm_of_settling_and_any_restart_tells_the_same(long every) {
        assertThat(told(every, true)).isEqualTo(REFERENCE);
    }

    private static long doubted(int hour) {
        return number(hour, "doubted");
    }

    private static long past(int hour) {
        return number(hour, "past");
    }

    private static long number(int hour, String what) {
        String line = REFERENCE.stream()
                .filter(each -> each.startsWith((NOW + hour * HOUR) + " "))
                .findFirst()
                .orElseThrow();
        String from = line.substring(line.indexOf(what + "=") + what.length() + 1);
        return Math.round(Double.parseDouble(from.split("[,}]")[0]));
    }

    /** A message every third minute for nine hours, then every minute, which is what the detector doubts. */
    private static List<String> told(long every, boolean restarts) {
        Watching watching = new Watching(Watching.replay(), new Doubting());
        for (long pane = 0; pane < PANES; pane++) {
            if (pane % (pane < 9 * HOUR ? 18 : 6) == 0) {
                Tally tally =
                        new Tally().add(Count.RECIPIENTS, 1).note(Distinct.RECIPIENTS, "r" + pane + "@example.net");
                watching.merge(ACCOUNT, "mx" + pane / 6 % 2, NOW + pane, tally);
            }
            for (int host = 0; host < 2; host++) {
                watching.progress(
                        new Progress("default", "mx" + host, NOW + pane, pane == PANES - 1, List.of("mx0", "mx1")));
            }
            if (pane % every == every - 1 || pane == PANES - 1) {
                watching.settle();
                if (restarts && pane % 5 == 0) {
                    watching.restart();
                }
            }
        }
        List<String> lines = new ArrayList<>();
        for (Report report : watching.reports()) {
            if (report instanceof Report.Found found) {
                lines.add(found.finding().pane() + " " + found.finding().measures());
            }
        }
        return lines;
    }

    /** Doubts thirty messages an hour, and tells of every hour what is in doubt. */
    private record Doubting() implements KeyDetector {
        @Override
        public Scope scope() {
            return new Scope("doubting", Watch.ACCOUNT, Span.FLEET, Set.of());
        }

        @Override
        public boolean mayConcern(Tally pane) {
            return pane.count(Count.RECIPIENTS) > 0;
        }

        @Override
        public boolean doubts(View view) {
            return view.window(Duration.ofHours(1)).count(Count.RECIPIENTS) >= 30;
        }

        @Override
        public Optional<Finding> assess(View view, boolean open) {
            return (view.pane() - NOW) % HOUR == 0 ? Optional.of(finding(view)) : Optional.empty();
        }

        private static Finding finding(View view) {
            return new Finding(
                    "doubting",
                    1,
                    view.key(),
                    "",
                    view.pane(),
                    Subject.account(view.key().name()),
                    Pane.start(view.pane()),
                    Severity.INFO,
                    1,
                    List.of(new Cause("DOUBT", 1, "because")),
                    "doubt",
                    "",
                    new TreeMap<>(Map.of(
                            "doubted", (double) view.doubted().count(Count.RECIPIENTS),
                            "people", (double) view.doubted().distinct(Distinct.RECIPIENTS),
                            "past", (double) view.past().count(Count.RECIPIENTS))),
                    new TreeMap<>(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    "",
                    false,
                    List.of(),
                    "");
        }
    }
}
