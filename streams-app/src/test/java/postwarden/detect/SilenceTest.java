package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.tally.Pane;
import postwarden.tally.Progress;
import postwarden.tally.Word;

/** Who is told to be silent, in a fleet that beats once a pane; who stops is called quiet by the intake three minutes later. */
class SilenceTest {
    private static final long FIRST = Pane.of(Scenario.START);
    private static final int SILENT = 18;

    private final Set<String> known = new TreeSet<>();
    private Watching watching = new Watching(WatchParams.LIVE);

    @Test
    void one_of_two_that_stops_is_silent_and_speaks_again() {
        // When
        run(0, 30, "mx1", "mx2");
        run(30, 60, "mx2");
        run(60, 70, "mx1", "mx2");

        // Then
        List<Report> reports = watching.reports();
        Finding first = found().get(0);
        Finding last = found().get(found().size() - 1);
        assertThat(first.detector()).isEqualTo("host-silent");
        assertThat(first.subject().server()).isEqualTo("mx1");
        assertThat(first.pane()).isEqualTo(FIRST + 29 + SILENT);
        assertThat(first.measures().get("silentMinutes")).isBetween(3.0, 3.3);
        assertThat(first.blindSpots()).anyMatch(spot -> spot.contains("mx1"));
        assertThat(last.measures().get("silentMinutes")).isEqualTo(31 / 6.0);
        assertThat(last.summary()).contains("It lasted 5 min 10 s");
        assertThat(reports.get(reports.size() - 1)).isInstanceOf(Report.Over.class);
        assertThat(overs()).hasSize(1);
        assertThat(overs().get(0).pane()).isGreaterThan(last.pane());
    }

    @Test
    void a_silence_is_told_again_every_minute_because_the_desk_may_not_have_had_room() {
        run(0, 10, "mx1", "mx2", "mx3");
        run(10, 60, "mx2", "mx3");

        assertThat(found()).hasSizeBetween(4, 7);
        assertThat(new HashSet<>(found().stream().map(Finding::key).toList())).hasSize(1);
    }

    @Test
    void all_the_hosts_of_one_producer_are_one_silence() {
        // Given
        List<String> fifty = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            fifty.add("agent/host" + i);
        }
        List<String> all = new ArrayList<>(fifty);
        all.addAll(List.of("mx1", "mx2"));

        // When
        run(0, 20, all.toArray(String[]::new));
        run(20, 45, "mx1", "mx2");
        run(45, 55, all.toArray(String[]::new));

        // Then
        assertThat(new TreeSet<>(found().stream().map(f -> f.subject().server()).toList()))
                .containsExactly("agent");
        assertThat(found().get(0).severity()).isEqualTo(Severity.HIGH);
        assertThat(found().get(0).title()).contains("50 hosts");
        assertThat(overs()).hasSize(1);
    }

    @Test
    void one_host_of_a_producer_that_speaks_for_others_is_a_silence_of_its_own() {
        run(0, 20, "agent/a", "agent/b", "mx1");
        run(20, 60, "agent/b", "mx1");

        assertThat(new TreeSet<>(found().stream().map(f -> f.subject().server()).toList()))
                .containsExactly("a");
    }

    @Test
    void a_fleet_of_which_nobody_speaks_is_told_by_no_event() {
        // When
        run(0, 20, "mx1", "mx2");
        quiet("mx1", 19);
        quiet("mx2", 19);
        watching.settle();

        // Then
        assertThat(watching.reports()).isEmpty();
    }

    @Test
    void what_is_quiet_only_for_a_moment_is_not_silent() {
        run(0, 20, "mx1", "mx2");
        run(20, 20 + SILENT - 1, "mx2");
        run(20 + SILENT - 1, 60, "mx1", "mx2");

        assertThat(watching.reports()).isEmpty();
    }

    @Test
    void a_host_that_has_ended_is_not_silent() {
        // Given
        run(0, 20, "mx1", "mx2");
        watching.progress(new Progress("default", "mx1", FIRST + 19, true, List.of(), word("mx1", 19, false)));

        // When
        run(20, 60, "mx2");

        // Then
        assertThat(watching.reports()).isEmpty();
    }

    @Test
    void a_host_that_is_taken_out_while_it_is_silent_is_silent_no_longer() {
        // Given
        run(0, 20, "mx1", "mx2");
        run(20, 50, "mx2");

        // When
        watching.progress(new Progress("default", "mx1", FIRST + 19, true, List.of(), word("mx1", 50, false)));
        run(50, 60, "mx2");

        // Then
        assertThat(overs()).hasSize(1);
    }

    @Test
    void a_quiet_night_with_heartbeats_and_a_backlog_of_three_hours_are_no_silence() {
        // Given
        run(0, 5, "mx1", "mx2", "mx3");

        // When: mx1 beats and has no lines; mx3 beats, and its lines are of three hours ago
        for (int pane = 5; pane < 100; pane++) {
            beat("mx1", pane);
            beat("mx2", pane);
            watching.progress(
                    new Progress("default", "mx3", FIRST + pane - 1080, false, List.of(), word("mx3", pane, false)));
            watching.settle();
        }

        // Then
        assertThat(watching.reports()).isEmpty();
    }

    @Test
    void an_intake_that_is_behind_makes_nobody_silent() {
        // Given: the partition of mx1 is read an hour later than that of the others, and so calls nobody quiet
        run(0, 5, "mx1", "mx2", "mx3");

        // When
        for (int pane = 5; pane < 365; pane++) {
            beat("mx2", pane);
            beat("mx3", pane);
            watching.settle();
        }

        // Then
        assertThat(watching.reports()).isEmpty();
    }

    @Test
    void where_nobody_is_left_behind_nobody_is_silent() {
        watching = new Watching(WatchParams.REPLAY);
        run(0, 20, "mx1", "mx2");
        run(20, 80, "mx2");

        assertThat(watching.reports()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void any_interleaving_and_any_restart_tell_the_same_silence(long seed) {
        // Given
        Random random = new Random(seed);
        int[] next = new int[3];
        String[] hosts = {"mx1", "mx2", "mx3"};

        // When: each host's words in their order, the hosts in any, mx1 stops after 30 and speaks again at 70
        while (Arrays.stream(next).anyMatch(pane -> pane < 80)) {
            int host = random.nextInt(3);
            int ahead = Math.min(next[1], next[2]);
            boolean tooFar = (host != 0 && next[host] > ahead + 3) || (host == 0 && next[0] > ahead);
            if (next[host] < 80 && !tooFar) {
                say(hosts[host], next[host]++);
            }
            if (random.nextInt(3) == 0) {
                watching.settle();
                if (random.nextInt(20) == 0) {
                    watching.restart();
                }
            }
        }
        watching.settle();

        // Then
        assertThat(found()).isNotEmpty();
        Finding first = found().get(0);
        assertThat(first.pane()).isEqualTo(FIRST + 29 + SILENT);
        assertThat(first.onset()).isEqualTo(Pane.start(FIRST + 29).plusSeconds(5));
        assertThat(found().get(found().size() - 1).summary()).contains("It lasted 6 min 50 s");
        assertThat(overs()).hasSize(1);
    }

    private void say(String host, int pane) {
        if (!host.equals("mx1") || pane < 30 || pane >= 70) {
            beat(host, pane);
        } else if (pane == 30 + SILENT) {
            quiet("mx1", 29);
        }
    }

    /** Who is not named from {@code from} to before {@code to} says nothing, and is called quiet when that is known. */
    private void run(int from, int to, String... speakers) {
        Set<String> speaking = new TreeSet<>(List.of(speakers));
        for (int pane = from; pane < to; pane++) {
            for (String host : speaking) {
                beat(host, pane);
            }
            known.addAll(speaking);
            if (pane == from + SILENT) {
                known.stream().filter(host -> !speaking.contains(host)).forEach(host -> quiet(host, from - 1));
            }
            watching.settle();
        }
    }

    private void beat(String host, int pane) {
        watching.progress(new Progress("default", name(host), FIRST + pane, false, List.of(), word(host, pane, false)));
    }

    private void quiet(String host, int lastPane) {
        watching.progress(
                new Progress("default", name(host), Long.MIN_VALUE, false, List.of(), word(host, lastPane, true)));
    }

    private static Word word(String host, int pane, boolean quiet) {
        String reporter = host.contains("/") ? host.substring(0, host.indexOf('/')) : host;
        return new Word(reporter, Pane.start(FIRST + pane).toEpochMilli() + 5000, quiet);
    }

    private static String name(String host) {
        return host.substring(host.indexOf('/') + 1);
    }

    private List<Finding> found() {
        return watching.reports().stream()
                .flatMap(report -> report instanceof Report.Found found
                        ? Optional.of(found.finding()).stream()
                        : Optional.<Finding>empty().stream())
                .toList();
    }

    private List<Report.Over> overs() {
        return watching.reports().stream()
                .filter(Report.Over.class::isInstance)
                .map(Report.Over.class::cast)
                .toList();
    }
}
