package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.incident.FindingBuilder.account;
import static postwarden.incident.FindingBuilder.destination;
import static postwarden.incident.FindingBuilder.flood;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.Report;
import postwarden.detect.Severity;

/** What holds for every history of reports; the seeds are fixed. */
class DeskPropertyTest {
    private static final int PANES = 400;

    /** A history: reports by pane, of a few keys that go wrong, stay wrong for a while, and end. */
    private static List<List<Report>> history(Random random) {
        List<FindingBuilder> keys = List.of(
                flood("192.0.2.1"),
                flood("192.0.2.2"),
                account("distributed-brute-force", "a@example.com"),
                account("compromised-account", "a@example.com"),
                account("sending-burst", "a@example.com"),
                destination("remote-throttle", "big.example"),
                destination("retry-storm", "big.example"));
        List<List<Report>> history = new ArrayList<>();
        for (int pane = 0; pane < PANES; pane++) {
            history.add(new ArrayList<>());
        }
        for (FindingBuilder key : keys) {
            int pane = random.nextInt(60);
            while (pane < PANES) {
                int last = Math.min(PANES - 1, pane + random.nextInt(80));
                for (int at = pane; at <= last; at++) {
                    key.severity(Severity.values()[1 + random.nextInt(4)])
                            .cause("CAUSE_" + random.nextInt(2))
                            .perMinute(60 + random.nextInt(500))
                            .since(at - random.nextInt(5));
                    history.get(at).add(key.at(at));
                }
                int over = last + 1 + random.nextInt(30);
                if (over < PANES && random.nextInt(10) > 0) {
                    history.get(over).add(key.over(over, last));
                }
                pane = over + 1 + random.nextInt(150);
            }
        }
        return history;
    }

    private static List<Alert> play(List<List<Report>> history) {
        DeskFixture desk = new DeskFixture();
        for (int pane = 0; pane < history.size(); pane++) {
            desk.at(pane, history.get(pane));
        }
        return desk.told;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void the_order_of_arrival_within_a_pane_and_repetition_do_not_matter(long seed) {
        // Given
        Random random = new Random(seed);
        List<List<Report>> history = history(random);
        List<List<Report>> shuffled = new ArrayList<>();
        for (List<Report> reports : history) {
            List<Report> other = new ArrayList<>(reports);
            if (!other.isEmpty()) {
                other.add(other.get(random.nextInt(other.size())));
            }
            Collections.shuffle(other, random);
            shuffled.add(other);
        }

        // When
        List<Alert> alerts = play(shuffled);

        // Then
        assertThat(alerts).isEqualTo(play(history)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42})
    void every_incident_lives_by_the_rules(long seed) {
        // When
        List<Alert> alerts = play(history(new Random(seed)));

        // Then
        holds(alerts);
    }

    @ParameterizedTest
    @ValueSource(longs = {61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72})
    void every_incident_lives_by_the_rules_even_when_panes_come_late(long seed) {
        // Given
        Random random = new Random(seed);
        List<List<Report>> history = history(random);
        DeskFixture desk = new DeskFixture();
        List<Integer> panes = new ArrayList<>();
        for (int pane = 0; pane < PANES; pane++) {
            panes.add(pane);
        }
        for (int i = 0; i < PANES / 4; i++) {
            int from = random.nextInt(PANES - 20);
            panes.add(from + random.nextInt(20), panes.remove(from));
        }

        // When
        panes.forEach(pane -> desk.at(pane, history.get(pane)));

        // Then
        holds(desk.told);
    }

    private static void holds(List<Alert> alerts) {
        Map<String, Alert> last = new HashMap<>();
        Map<String, Severity> worst = new HashMap<>();
        for (Alert alert : alerts) {
            Alert before = last.put(alert.incidentId(), alert);
            worst.merge(alert.incidentId(), alert.severity(), Severity::max);
            if (before == null) {
                assertThat(alert.state()).isEqualTo(Alert.State.OPEN);
                assertThat(alert.sequence()).isEqualTo(1);
            } else {
                holdsAfter(before, alert);
            }
            if (alert.isOver()) {
                assertThat(alert.severity()).isEqualTo(worst.get(alert.incidentId()));
            }
        }
    }

    private static void holdsAfter(Alert before, Alert alert) {
        assertThat(alert.state()).isNotEqualTo(Alert.State.OPEN);
        assertThat(alert.sequence()).isEqualTo(before.sequence() + 1);
        assertThat(alert.subject()).isEqualTo(before.subject());
        assertThat(alert.detectedAt()).isEqualTo(before.detectedAt());
        assertThat(alert.onset()).isBeforeOrEqualTo(before.onset());
        assertThat(alert.lastSeen()).isAfterOrEqualTo(before.lastSeen());
        assertThat(alert.children()).containsAll(before.children());
        if (before.isOver()) {
            assertThat(before.resolution()).isEqualTo("subsided");
            assertThat(alert.state()).isEqualTo(Alert.State.UPDATED);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53, 54, 55, 56})
    void a_restart_in_any_pane_changes_nothing(long seed) {
        // Given
        List<List<Report>> history = history(new Random(seed));
        Map<String, Incident> memory = new HashMap<>();
        List<Alert> alerts = new ArrayList<>();

        // When
        for (int pane = 0; pane < history.size(); pane++) {
            DeskFixture fresh = new DeskFixture(DeskParams.DEFAULT, memory);
            alerts.addAll(fresh.at(pane, history.get(pane)));
        }

        // Then
        assertThat(alerts).isEqualTo(play(history));
    }
}
