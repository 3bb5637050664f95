package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Progress;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** What is told of a key's hours: every minute is in exactly one place, whatever was folded, found or restarted meanwhile. */
class HoursKeptTest {
    private static final Key CLIENT = new Key("default", Watch.CLIENT, "203.0.113.177");
    private static final int HOUR = 360;
    private static final long BEGIN = 10_000L * HOUR;
    private static final int MINUTE = 6;

    private final Watching watching = new Watching(Watching.replay(), new ManyConnects(Span.HOST));
    /** By host and hour. */
    private final Map<String, TreeMap<Long, Long>> counted = new TreeMap<>();

    private long now = BEGIN;

    /** Some hours in which the client comes once in each {@code every} minutes, {@code many} at a time. */
    private void hours(int hours, int every, long many, String... hosts) {
        for (int minute = 0; minute < hours * 60; minute++, now += MINUTE) {
            for (String host : hosts) {
                if (minute % every == 0) {
                    watching.merge(CLIENT, host, now, new Tally().add(Count.CONNECTS, many));
                    counted.computeIfAbsent(host, h -> new TreeMap<>())
                            .merge(Math.floorDiv(now, HOUR) * HOUR, many, Long::sum);
                }
                watching.progress(new Progress("default", host, now + MINUTE - 1, false, List.of(hosts)));
            }
            watching.settle();
        }
    }

    private Map<Long, Long> told(Predicate<String> seen) {
        Map<Long, Long> told = new TreeMap<>();
        watching.dossier(CLIENT, host -> now - 1, seen).hours().forEach(hour -> {
            long many = hour.counted().tally().count(Count.CONNECTS);
            if (many > 0) {
                told.put(hour.counted().start(), many);
            }
        });
        return told;
    }

    @Test
    void a_busy_client_is_told_by_the_hour_for_a_week_of_all_hosts_and_of_each() {
        // Given
        hours(20, 2, 1, "mx1", "mx2");
        watching.restart();
        hours(3, 1, 200, "mx1");
        hours(160, 5, 2, "mx1", "mx2");

        // When
        Map<Long, Long> both = told(host -> true);
        Map<Long, Long> first = told(host -> host.equals("mx1"));

        // Then
        long week = now - 168 * HOUR;
        TreeMap<Long, Long> expected =
                new TreeMap<>(counted.getOrDefault("mx1", new TreeMap<>()).tailMap(week, true));
        assertThat(first).isEqualTo(expected).hasSize(168);
        counted.getOrDefault("mx2", new TreeMap<>())
                .tailMap(week, true)
                .forEach((hour, many) -> expected.merge(hour, many, Long::sum));
        assertThat(both).isEqualTo(expected);
        assertThat(watching.reports()).as("the flood was found").isNotEmpty();
    }

    @Test
    void idle_hours_are_told_as_idle_and_the_last_one_as_far_as_it_has_come() {
        // Given
        hours(1, 1, 1, "mx1");
        hours(4, 1000, 0, "mx1");
        hours(1, 1, 1, "mx1");
        now -= 30 * MINUTE;

        // When
        List<Dossier.Hour> hours =
                watching.dossier(CLIENT, host -> now - 1, host -> true).hours();

        // Then
        assertThat(hours).hasSize(6);
        assertThat(hours).extracting(hour -> hour.counted().start()).isSorted();
        assertThat(hours.get(2).counted().tally().count(Count.CONNECTS)).isZero();
        assertThat(hours.get(5).counted().panes()).isEqualTo(HOUR / 2);
        assertThat(hours.get(5).counted().tally().count(Count.CONNECTS)).isEqualTo(30);
    }

    @Test
    void what_is_usual_at_an_hour_stands_beside_it_after_a_week() {
        // Given
        for (int day = 0; day < 8; day++) {
            hours(2, 1, 10, "mx1");
            hours(22, 30, 1, "mx1");
        }
        hours(2, 1, 10, "mx1");

        // When
        List<Dossier.Hour> hours =
                watching.dossier(CLIENT, host -> now - 1, host -> true).hours();

        // Then
        double busy = hours.get(hours.size() - 2).usual().getOrDefault(Count.CONNECTS, 0.0);
        double quiet = hours.get(hours.size() - 14).usual().getOrDefault(Count.CONNECTS, 0.0);
        assertThat(hours).hasSize(168);
        assertThat(busy).isGreaterThan(3 * quiet);
        assertThat(quiet).isPositive();
    }

    @Test
    void a_key_that_is_forgotten_leaves_no_hours() {
        // Given
        hours(20, 1, 1, "mx1");
        assertThat(watching.hourRows()).isPositive();
        Key other = new Key("default", Watch.CLIENT, "192.0.2.9");

        // When
        for (int day = 0; day < 40 && watching.knows(CLIENT); day++, now += 24 * HOUR) {
            watching.merge(other, "mx1", now, new Tally().add(Count.CONNECTS, 1));
            watching.progress(new Progress("default", "mx1", now, false, List.of("mx1")));
            watching.settle();
        }

        // Then
        assertThat(watching.knows(CLIENT)).isFalse();
        assertThat(watching.hourRows()).isZero();
    }
}
