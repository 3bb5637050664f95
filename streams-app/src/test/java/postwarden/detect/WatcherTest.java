package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

class WatcherTest {
    private static final Key CLIENT = new Key("default", Watch.CLIENT, "192.0.2.1");
    private static final long NOW = Pane.of(Scenario.START);
    private static final long THREE_HOURS = Pane.count(Duration.ofHours(3));
    private static final WatchParams LIVE = new WatchParams(
            Optional.of(Duration.ofSeconds(60)),
            0.1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            CrowdParams.STANDARD);

    @Test
    void a_host_with_a_three_hour_backlog_is_watched_in_its_own_time() {
        // Given the client busy on a host that keeps up
        Watching watching = new Watching(LIVE, new ManyConnects(Span.HOST));
        watching.merge(CLIENT, "mx1", NOW, connects(1));
        passed(watching, "mx1", NOW);
        watching.settle();

        // When the other host's flood of three hours ago comes, a pane at a time
        for (long pane = NOW - THREE_HOURS; pane < NOW - THREE_HOURS + 6; pane++) {
            watching.merge(CLIENT, "mx2", pane, connects(12));
            passed(watching, "mx2", pane);
            watching.settle();
        }

        // Then it is told in its own time, with all its connects
        assertThat(watching.reports()).hasSize(1);
        Finding finding = ((Report.Found) watching.reports().get(0)).finding();
        assertThat(finding.pane()).isEqualTo(NOW - THREE_HOURS + 4);
        assertThat(finding.measures()).containsEntry("connects1", 60.0);
    }

    @Test
    void what_is_old_is_kept_by_the_minute_and_then_as_one_sum() {
        // Given four busy hours
        Watching watching = new Watching(Watching.replay(), new ManyConnects(Span.HOST));
        for (long pane = NOW; pane < NOW + 4 * 360; pane++) {
            watching.merge(CLIENT, "mx1", pane, connects(1));
            passed(watching, "mx1", pane);
            watching.settle();
        }

        // Then twenty minutes of panes, fifty of minutes, one sum, and what one settling lags behind
        assertThat(watching.storedTallies()).isBetween(20 * 6 + 50, 20 * 6 + 50 + 1 + 2 * History.MINUTE);
    }

    @Test
    void the_last_hour_and_what_is_older_are_everything() {
        // Given a client that connects for two hours
        Watching watching = new Watching(Watching.replay(), new ManyConnects(Span.HOST));
        for (long pane = NOW; pane < NOW + 720; pane++) {
            watching.merge(CLIENT, "mx1", pane, connects(1));
            passed(watching, "mx1", pane);
            watching.settle();
        }

        // When it floods
        watching.merge(CLIENT, "mx1", NOW + 720, connects(100));
        passed(watching, "mx1", NOW + 720);
        watching.settle();

        // Then
        assertThat(watching.reports()).hasSize(1);
        Finding finding = ((Report.Found) watching.reports().get(0)).finding();
        double hour = finding.measures().getOrDefault("connects60", 0.0);
        double past = finding.measures().getOrDefault("past", 0.0);
        assertThat(hour).isBetween(100.0 + 353, 100.0 + 359);
        assertThat(hour + past).isEqualTo(820);
    }

    @Test
    void a_finding_is_told_when_it_begins_every_minute_while_it_lasts_and_when_it_is_over() {
        // Given
        Watching watching = new Watching(Watching.replay(), new ManyConnects(Span.HOST));

        // When a flood of two minutes is followed by calm
        for (long pane = NOW; pane < NOW + 60; pane++) {
            watching.merge(CLIENT, "mx1", pane, connects(pane < NOW + 12 ? 10 : 1));
            passed(watching, "mx1", pane);
            watching.settle();
        }

        // Then: shown until the window falls below half the threshold, over after the hold time of five minutes
        List<Report> reports = watching.reports();
        assertThat(reports.stream().map(Report::pane)).containsExactly(NOW + 5, NOW + 11, NOW + 14 + 30);
        assertThat(reports.get(2))
                .isInstanceOfSatisfying(
                        Report.Over.class,
                        over -> assertThat(over.lastSeenPane()).isEqualTo(NOW + 14));
    }

    @Test
    void a_host_that_goes_on_for_hours_ends_nothing_that_only_another_saw() {
        // Given a flood of one host that then falls silent
        Watching watching = floodOfOneHost();
        assertThat(watching.reports()).isNotEmpty();

        // When the other goes on for three hours
        for (long pane = NOW + 12; pane < NOW + 3 * 360; pane += 6) {
            passed(watching, "mx2", pane);
            watching.settle();
        }

        // Then
        assertThat(watching.reports()).noneMatch(Report.Over.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mx1", "mx2"})
    @Timeout(10)
    void a_clock_that_leaps_ten_years_is_survived_while_something_is_open(String wrong) {
        // Given a flood of one host that then falls silent
        Watching watching = floodOfOneHost();

        // When it, or the other, says that it is ten years later, again and again
        for (int again = 0; again < 100; again++) {
            passed(watching, wrong, NOW + Pane.count(Duration.ofDays(3653)) + again);
            watching.settle();
        }

        // Then only who saw it can say that it is over
        assertThat(watching.reports().stream().anyMatch(Report.Over.class::isInstance))
                .isEqualTo(wrong.equals("mx1"));
    }

    @Test
    void nothing_is_judged_beyond_the_time_of_those_who_saw_it() {
        // Given
        Watching watching = new Watching(Watching.replay(), new ManyConnects(Span.FLEET));
        watching.progress(new Progress("default", "mx1", Long.MIN_VALUE, false, List.of("mx1", "mx2")));
        for (long pane = NOW; pane < NOW + 12; pane++) {
            watching.merge(CLIENT, "mx1", pane, connects(20));
        }
        watching.progress(new Progress("default", "mx1", NOW + 11, true, List.of()));

        // When another goes on
        for (long pane = NOW; pane < NOW + 60; pane++) {
            passed(watching, "mx2", pane);
            watching.settle();
        }

        // Then
        assertThat(watching.reports()).isNotEmpty().allMatch(report -> report.pane() <= NOW + 11);
    }

    @Test
    void silence_of_a_host_that_is_gone_is_no_calm() {
        // Given a client that flooded two hosts, of which one is heard no more
        Watching watching = new Watching(LIVE, new ManyConnects(Span.FLEET));
        for (long pane = NOW; pane < NOW + 6; pane++) {
            watching.merge(CLIENT, "mx1", pane, connects(10));
            watching.merge(CLIENT, "mx2", pane, connects(10));
            passed(watching, "mx1", pane);
            passed(watching, "mx2", pane);
        }

        // When the other passes half an hour
        for (long pane = NOW + 6; pane < NOW + 180; pane++) {
            passed(watching, "mx1", pane);
            watching.settle();
        }

        // Then
        assertThat(watching.reports()).isNotEmpty().noneMatch(report -> report instanceof Report.Over);
    }

    private static Tally connects(long n) {
        return new Tally().add(Count.CONNECTS, n);
    }

    /** Two minutes of a flood that only mx1 sees, while mx2 is up too; the next panes are nobody's yet. */
    private static Watching floodOfOneHost() {
        Watching watching = new Watching(LIVE, new ManyConnects(Span.FLEET));
        for (long pane = NOW; pane < NOW + 12; pane++) {
            watching.merge(CLIENT, "mx1", pane, connects(20));
            passed(watching, "mx1", pane);
            passed(watching, "mx2", pane);
            watching.settle();
        }
        return watching;
    }

    private static void passed(Watching watching, String host, long pane) {
        watching.progress(new Progress("default", host, pane, false, List.of()));
    }
}
