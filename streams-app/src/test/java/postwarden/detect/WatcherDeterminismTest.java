package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/**
 * The same tallies give the same reports in whatever order, portions and rhythm they come: no order of partitions, no commit
 * interval and no restart may change a verdict. Each seed is another interleaving of the same two and a half hours on three hosts.
 */
class WatcherDeterminismTest {
    private static final List<String> HOSTS = List.of("mx1", "mx2", "mx3");
    private static final int KEYS = 3;
    /** Not on a minute, so that folding to minutes and windows of panes do not fall together by luck. */
    private static final long FIRST = Pane.of(Scenario.START) + 2;

    private static final int PANES = 5 * 180;

    private static final long[][][] STORY = story();
    private static final List<String> REFERENCE = reference();

    @Test
    void the_story_tells_something() {
        assertThat(REFERENCE).hasSizeGreaterThan(100);
        assertThat(REFERENCE).anyMatch(report -> report.startsWith("Over"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_interleaving_of_hosts_and_any_rhythm_of_settling_tells_the_same(long seed) {
        assertSame(told(seed, 1 + (int) (seed % 4) * 300), "seed " + seed);
    }

    @Test
    void everything_at_once_tells_the_same() {
        assertSame(told(99, Integer.MAX_VALUE), "settled once");
    }

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    private static List<String> reference() {
        Watching watching = watching();
        for (int pane = 0; pane < PANES; pane++) {
            for (int host = 0; host < HOSTS.size(); host++) {
                count(watching, host, pane, new Random(0), false);
            }
            for (int host = 0; host < HOSTS.size(); host++) {
                close(watching, host, pane);
            }
            watching.settle();
        }
        return lines(watching);
    }

    /** @param stride how many steps of hosts lie between two settlings on average */
    private static List<String> told(long seed, int stride) {
        Random random = new Random(seed);
        Watching watching = watching();
        int[] next = new int[HOSTS.size()];
        int left = PANES * HOSTS.size();
        while (left > 0) {
            int host = random.nextInt(HOSTS.size());
            for (int burst = random.nextInt(40); burst > 0 && next[host] < PANES; burst--) {
                count(watching, host, next[host]++, random, true);
                left--;
                if (random.nextInt(3) == 0 || next[host] == PANES) {
                    close(watching, host, next[host] - 1);
                }
                if (random.nextInt(stride) == 0) {
                    watching.settle();
                    if (random.nextInt(100) == 0) {
                        watching.restart();
                    }
                }
            }
        }
        watching.settle();
        return lines(watching);
    }

    private static Watching watching() {
        Watching watching = new Watching(Watching.replay(), new ManyConnects(Span.HOST), new ManyConnects(Span.FLEET));
        watching.progress(new Progress("default", HOSTS.get(0), Long.MIN_VALUE, false, HOSTS));
        return watching;
    }

    /** Counts a pane of a host, in one portion or in several, and its keys in any order. */
    private static void count(Watching watching, int host, int pane, Random random, boolean portions) {
        int shift = portions ? random.nextInt(KEYS) : 0;
        for (int i = 0; i < KEYS; i++) {
            int key = (i + shift) % KEYS;
            long connects = STORY[host][pane][key];
            long first = portions && connects > 1 ? random.nextInt((int) connects) : 0;
            merge(watching, host, pane, key, first);
            merge(watching, host, pane, key, connects - first);
        }
    }

    private static void merge(Watching watching, int host, int pane, int key, long connects) {
        if (connects > 0) {
            watching.merge(
                    new Key("default", Watch.CLIENT, "192.0.2." + key),
                    HOSTS.get(host),
                    FIRST + pane,
                    new Tally().add(Count.CONNECTS, connects));
        }
    }

    private static void close(Watching watching, int host, int pane) {
        watching.progress(new Progress("default", HOSTS.get(host), FIRST + pane, pane == PANES - 1, List.of()));
    }

    private static void assertSame(List<String> told, String name) {
        for (int i = 0; i < Math.min(told.size(), REFERENCE.size()); i++) {
            assertThat(told.get(i)).as("%s, report %d", name, i).isEqualTo(REFERENCE.get(i));
        }
        assertThat(told).as(name).hasSameSizeAs(REFERENCE);
    }

    /** Which of several reports of one pane comes first is the desk's to say. */
    private static List<String> lines(Watching watching) {
        List<Report> reports = new ArrayList<>(watching.reports());
        reports.sort(Comparator.comparing(Report::pane)
                .thenComparing(Report::detector)
                .thenComparing(report -> report.key().name())
                .thenComparing(Report::host));
        return reports.stream().map(Report::toString).toList();
    }

    /** Connects by host, pane and key: quiet hours with bursts, and keys that pause. */
    private static long[][][] story() {
        Random random = new Random(20261121);
        long[][][] story = new long[HOSTS.size()][PANES][KEYS];
        for (long[][] host : story) {
            for (int key = 0; key < KEYS; key++) {
                int rate = 1;
                for (int pane = 0; pane < PANES; pane++) {
                    if (random.nextInt(60) == 0) {
                        rate = new int[] {0, 1, 3, 12, 40}[random.nextInt(5)];
                    }
                    host[pane][key] = rate == 0 ? 0 : random.nextInt(2 * rate);
                }
            }
        }
        return story;
    }
}
