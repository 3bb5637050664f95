package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

class LearningTest {
    private static final Key CLIENT = new Key("default", Watch.CLIENT, "192.0.2.1");
    private static final long NOW = Pane.of(Scenario.START);
    private static final int HOURS = 5;
    private static final long WEEK = 7 * 24 * 360;

    @ParameterizedTest
    @EnumSource(Span.class)
    void what_no_detector_looked_at_is_learned_too(Span span) {
        // Given five hours of connects, two a minute, of which no pane concerns a detector
        Watching watching = new Watching(Watching.replay(), new ManyConnects(span));
        for (long pane = NOW; pane < NOW + HOURS * 360; pane++) {
            if (pane % 3 == 0) {
                watching.merge(CLIENT, "mx1", pane, connects(1));
            }
            passed(watching, pane);
        }

        // When it floods for the first time
        watching.merge(CLIENT, "mx1", NOW + HOURS * 360, connects(100));
        passed(watching, NOW + HOURS * 360);

        // Then what is usual is known, of all but the last half hour
        assertThat(measures(watching).get("usual")).isCloseTo(2, within(0.01));
        assertThat(measures(watching).get("learned")).isCloseTo((HOURS - 0.5) * 60, within(1.0));
    }

    @ParameterizedTest
    @EnumSource(Span.class)
    void idle_minutes_are_learned_up_to_the_last_half_hour(Span span) {
        // Given one connect, and silence
        Watching watching = new Watching(Watching.replay(), new ManyConnects(span));
        watching.merge(CLIENT, "mx1", NOW, connects(1));
        for (long pane = NOW; pane < NOW + HOURS * 360; pane++) {
            passed(watching, pane);
        }

        // When it floods
        watching.merge(CLIENT, "mx1", NOW + HOURS * 360, connects(100));
        passed(watching, NOW + HOURS * 360);

        // Then
        assertThat(measures(watching).get("learned")).isCloseTo((HOURS - 0.5) * 60, within(1.0));
        assertThat(measures(watching).get("usual")).isCloseTo(1 / ((HOURS - 0.5) * 60), within(0.001));
    }

    @ParameterizedTest
    @EnumSource(Span.class)
    void the_calm_before_a_flood_is_still_known_when_the_flood_goes_on(Span span) {
        // Given one connect, and silence
        Watching watching = new Watching(Watching.replay(), new ManyConnects(span));
        watching.merge(CLIENT, "mx1", NOW, connects(1));
        for (long pane = NOW; pane < NOW + HOURS * 360; pane++) {
            passed(watching, pane);
        }

        // When it floods for a minute
        for (long pane = NOW + HOURS * 360; pane < NOW + HOURS * 360 + 6; pane++) {
            watching.merge(CLIENT, "mx1", pane, connects(100));
            passed(watching, pane);
        }

        // Then
        assertThat(measures(watching).get("learned")).isCloseTo((HOURS - 0.5) * 60, within(1.0));
    }

    @ParameterizedTest
    @CsvSource({"0, 6.67", "1, 3.33", "24, 0"})
    void each_hour_of_the_week_has_a_usual_of_its_own(int hoursLater, double usual) {
        // Given twenty connects a minute in one hour a week, for two weeks
        Watching watching = new Watching(Watching.replay(), new ManyConnects(Span.HOST));
        for (long pane = NOW; pane < NOW + 2 * WEEK; pane++) {
            if ((pane - NOW) % WEEK < 360) {
                watching.merge(CLIENT, "mx1", pane, connects(pane % 3 == 0 ? 4 : 3));
            }
            passed(watching, pane);
        }

        // When it floods in the third
        long flood = NOW + 2 * WEEK + hoursLater * 360L;
        for (long pane = NOW + 2 * WEEK; pane < flood; pane++) {
            passed(watching, pane);
        }
        watching.merge(CLIENT, "mx1", flood, connects(100));
        passed(watching, flood);

        // Then two thirds of what is usual are that hour's, half of it its neighbours'
        assertThat(measures(watching).get("usual")).isCloseTo(usual, within(0.02));
    }

    private static Map<String, Double> measures(Watching watching) {
        return ((Report.Found) watching.reports().get(0)).finding().measures();
    }

    private static Tally connects(long count) {
        return new Tally().add(Count.CONNECTS, count);
    }

    private static void passed(Watching watching, long pane) {
        watching.progress(new Progress("default", "mx1", pane, false, List.of()));
        watching.settle();
    }
}
