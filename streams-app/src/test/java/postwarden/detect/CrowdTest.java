package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** Whatever strangers invent, memory is bounded, and who comes often is watched. */
class CrowdTest {
    private static final int MOST = 1000;
    private static final long NOW = Pane.of(Scenario.START);
    private static final WatchParams PARAMS = new WatchParams(
            Optional.empty(),
            0.1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            new CrowdParams(MOST, 8, Duration.ofHours(24), Duration.ofHours(48)));

    @Test
    void ever_new_keys_fill_a_bounded_memory_and_a_heavy_hitter_is_still_found() {
        // Given a watch that random names have filled
        Watching watching = new Watching(PARAMS, new ManyConnects(Span.HOST));
        long pane = NOW;
        for (int name = 0; name < 20_000; name++) {
            pane = NOW + name / 100;
            connect(watching, "random" + name, pane, 1);
            if (name % 100 == 99) {
                close(watching, pane);
            }
        }
        assertThat(watching.keys()).isEqualTo(MOST);
        assertThat(watching.census(Watch.CLIENT).turnedAway()).isEqualTo(20_000 - MOST);

        // When one comes more often, among others that go on
        for (int more = 0; more < 12; more++) {
            pane++;
            connect(watching, "heavy", pane, 40);
            connect(watching, "another" + more, pane, 1);
            close(watching, pane);
        }

        // Then
        assertThat(watching.reports()).anyMatch(report -> report.key().name().equals("heavy"));
        assertThat(watching.keys()).isEqualTo(MOST);
        assertThat(watching.census(Watch.CLIENT).evicted()).isPositive();
    }

    @Test
    void one_that_comes_a_little_at_a_time_is_let_in_after_a_while() {
        // Given
        Watching watching = new Watching(PARAMS, new ManyConnects(Span.HOST));
        for (int name = 0; name < 2 * MOST; name++) {
            connect(watching, "random" + name, NOW, 1);
        }
        close(watching, NOW);

        // When
        for (int more = 1; more <= 20; more++) {
            connect(watching, "patient", NOW + more, 1);
            close(watching, NOW + more);
        }

        // Then
        assertThat(watching.knows(new Key("default", Watch.CLIENT, "patient"))).isTrue();
    }

    @Test
    void who_is_silent_for_long_is_forgotten_in_the_time_of_its_host() {
        // Given
        Watching watching = new Watching(PARAMS, new ManyConnects(Span.HOST));
        connect(watching, "silent", NOW, 1);
        close(watching, NOW);

        // When another key keeps the host's clock going
        for (long pane = NOW; pane < NOW + Pane.count(Duration.ofHours(30)); pane += 360) {
            connect(watching, "busy", pane, 1);
            close(watching, pane);
        }

        // Then
        assertThat(watching.knows(new Key("default", Watch.CLIENT, "silent"))).isFalse();
        assertThat(watching.knows(new Key("default", Watch.CLIENT, "busy"))).isTrue();
        assertThat(watching.census(Watch.CLIENT).forgotten()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"AUTH_SUCCESSES, 30, true", "AUTH_SUCCESSES, 55, false", "AUTH_FAILURES, 30, false"})
    void an_account_that_somebody_was_let_in_to_is_remembered_longer_than_one_that_was_guessed_at(
            Count count, int hours, boolean known) {
        // Given
        Key account = new Key("default", Watch.ACCOUNT, "anna@example.com");
        Watching watching = new Watching(PARAMS, new ManyConnects(Span.HOST));
        watching.merge(account, "mx1", NOW, new Tally().add(count, 1));

        // When
        for (long pane = NOW; pane < NOW + Pane.count(Duration.ofHours(hours)); pane += 360) {
            connect(watching, "busy", pane, 1);
            close(watching, pane);
        }

        // Then
        assertThat(watching.knows(account)).isEqualTo(known);
    }

    @Test
    void what_is_forgotten_leaves_no_rows_behind() {
        // Given a key with many large panes
        Watching watching = new Watching(PARAMS, new ManyConnects(Span.HOST));
        for (int pane = 0; pane < 100; pane++) {
            Tally large = new Tally().add(Count.CONNECTS, 1);
            for (int name = 0; name < 24; name++) {
                large.name("relay:a-name-of-some-length-" + name, 1);
            }
            watching.merge(new Key("default", Watch.CLIENT, "large"), "mx1", NOW + pane, large);
            close(watching, NOW + pane);
        }
        assertThat(watching.rows()).isPositive();

        // When
        for (long pane = NOW; pane < NOW + Pane.count(Duration.ofHours(30)); pane += 360) {
            connect(watching, "busy", pane, 1);
            close(watching, pane);
        }

        // Then
        assertThat(watching.rows()).isZero();
        assertThat(watching.keys()).isEqualTo(1);
    }

    @Test
    void a_key_that_comes_back_after_long_is_new_whether_it_was_swept_out_or_not() {
        // Given one that nobody has had time to sweep out
        Watching watching = new Watching(PARAMS, new ManyConnects(Span.HOST));
        connect(watching, "old", NOW, 5);

        // When
        long later = NOW + Pane.count(Duration.ofHours(25));
        connect(watching, "old", later, 1);

        // Then
        assertThat(watching.storedTallies()).isEqualTo(1);
        assertThat(watching.census(Watch.CLIENT).keys()).isEqualTo(1);
    }

    private static void connect(Watching watching, String client, long pane, long connects) {
        watching.merge(
                new Key("default", Watch.CLIENT, client), "mx1", pane, new Tally().add(Count.CONNECTS, connects));
    }

    private static void close(Watching watching, long pane) {
        watching.progress(new Progress("default", "mx1", pane, false, List.of("mx1")));
        watching.settle();
    }
}
