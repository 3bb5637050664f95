package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import postwarden.ask.Measures;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Key;
import postwarden.tally.Peak;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** What is told of a key, by all hosts and by some. */
class DossierTest {
    private static final Key CLIENT = new Key("default", Watch.CLIENT, "203.0.113.177");
    private static final long NOW = 3600 * 360;
    private static final long PANES = 2 * 360;
    private static final List<Duration> LENGTHS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

    /** Two hours of a client on some hosts, the second of which is ten minutes behind the first. */
    private static Watching watching(String... hosts) {
        Watching watching = new Watching(Watching.replay(), new ManyConnects(Span.HOST));
        List<String> named = List.of(hosts);
        for (String host : named) {
            watching.progress(new Progress("default", host, Long.MIN_VALUE, false, named));
        }
        for (long pane = NOW; pane < NOW + PANES; pane++) {
            for (String host : named) {
                long own = host.equals("mx2") ? pane - 60 : pane;
                watching.merge(CLIENT, host, own, tally(host, own));
                watching.progress(new Progress("default", host, own, false, List.of()));
            }
            watching.settle();
        }
        return watching;
    }

    private static Tally tally(String host, long pane) {
        Random random = new Random(host.hashCode() * 31L + pane);
        Tally tally = new Tally().add(Count.CONNECTS, 1 + random.nextInt(3)).raise(Peak.CONCURRENCY, random.nextInt(9));
        for (int i = random.nextInt(3); i > 0; i--) {
            tally.note(Distinct.CLIENTS, "192.0.2." + random.nextInt(250)).name("relay:" + random.nextInt(9), 1);
        }
        return tally;
    }

    private static long end(String host) {
        return NOW + PANES - (host.equals("mx2") ? 61 : 1);
    }

    private static Dossier dossier(Watching watching, Predicate<String> seen) {
        return watching.dossier(CLIENT, DossierTest::end, seen);
    }

    @Test
    void the_numbers_of_all_windows_at_once_are_those_of_each() {
        // Given
        Watching watching = watching("mx1", "mx2");

        // When
        List<Tally> numbers = dossier(watching, host -> true).numbers(LENGTHS);

        // Then
        for (int i = 0; i < LENGTHS.size(); i++) {
            Tally window = dossier(watching, host -> true).window(LENGTHS.get(i));
            assertThat(Measures.of(numbers.get(i))).as("%s", LENGTHS.get(i)).isEqualTo(Measures.of(window));
            assertThat(window.count(Count.CONNECTS)).isPositive();
        }
        assertThat(Measures.of(numbers.get(3)))
                .isEqualTo(Measures.of(dossier(watching, host -> true).all()))
                .containsKeys("connects", "peakConcurrency", "distinctClients");
    }

    @Test
    void windows_that_end_before_what_is_kept_leave_the_rest_to_the_whole() {
        // Given
        Watching watching = watching("mx1");
        Dossier earlier = watching.dossier(CLIENT, host -> NOW + PANES - 100, host -> true);

        // When
        List<Tally> numbers = earlier.numbers(LENGTHS);

        // Then
        for (int i = 0; i < LENGTHS.size(); i++) {
            assertThat(Measures.of(numbers.get(i))).isEqualTo(Measures.of(earlier.window(LENGTHS.get(i))));
        }
        assertThat(Measures.of(numbers.get(3))).isEqualTo(Measures.of(earlier.all()));
    }

    @Test
    void what_one_host_has_told_is_what_there_would_be_without_the_other() {
        // Given
        Dossier bounded = dossier(watching("mx1", "mx2"), host -> host.equals("mx1"));
        Dossier alone = dossier(watching("mx1"), host -> true);

        // Then
        assertThat(bounded.hosts()).containsExactly("mx1");
        assertThat(bounded.newest()).isEqualTo(alone.newest());
        same(bounded.numbers(LENGTHS), alone.numbers(LENGTHS));
        assertThat(Measures.of(bounded.all())).isEqualTo(Measures.of(alone.all()));
        assertThat(bounded.window(Duration.ofHours(1), Count.CONNECTS))
                .isEqualTo(alone.window(Duration.ofHours(1), Count.CONNECTS));
        same(youngest(bounded), youngest(alone));
        assertThat(bounded.baselines().keySet()).isSubsetOf("mx1");
        assertThat(bounded.open()).extracting(Dossier.Open::host).isSubsetOf("mx1");
        assertThat(bounded.last().keySet()).containsExactly("mx1");
    }

    @Test
    void the_series_of_two_hosts_has_each_stretch_once_and_changes_nothing_that_is_kept() {
        // Given
        Watching watching = watching("mx1", "mx2");
        Dossier both = dossier(watching, host -> true);
        double before = Measures.of(both.all(), "connects");

        // When
        List<Dossier.Stretch> series = both.series();

        // Then
        double kept = series.stream()
                .mapToDouble(stretch -> Measures.of(stretch.tally(), "connects"))
                .sum();
        assertThat(series).extracting(Dossier.Stretch::start).isSorted().doesNotHaveDuplicates();
        assertThat(kept).isBetween(1.0, before);
        assertThat(Measures.of(both.all(), "connects")).isEqualTo(before);
    }

    /** Panes of the last ten minutes; what is older is folded when the slowest host allows. */
    private static List<Tally> youngest(Dossier dossier) {
        List<Dossier.Stretch> series = dossier.series();
        return series.subList(series.size() - 60, series.size()).stream()
                .map(Dossier.Stretch::tally)
                .toList();
    }

    private static void same(List<Tally> one, List<Tally> other) {
        assertThat(one.stream().map(Measures::of))
                .containsExactlyElementsOf(other.stream().map(Measures::of).toList());
    }
}
