package postwarden.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.detect.Severity;
import postwarden.detect.Subject;

class ComparisonTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void the_same_incidents_do_not_differ() {
        // Given
        List<Case> told = List.of(flood("a", 0, 60), flood("b", 600, 700));

        // When
        Comparison comparison = Comparison.of(told, told);

        // Then
        assertThat(comparison).isEqualTo(new Comparison(List.of(), 2, 0));
    }

    @Test
    void what_only_one_side_tells_is_new_or_lost() {
        // Given
        Case before = flood("a", 0, 60);
        Case now = flood("b", 600, 700);

        // When
        Comparison comparison = Comparison.of(List.of(before), List.of(now));

        // Then
        assertThat(comparison.differences()).containsExactly(new Difference.Lost(before), new Difference.New(now));
    }

    @Test
    void an_incident_of_another_pane_is_matched_by_who_did_what_at_that_time() {
        // Given
        Case before = flood("a", 30, 90);
        Case now = flood("b", 10, 80);

        // When
        Comparison comparison = Comparison.of(List.of(before), List.of(now));

        // Then
        assertThat(comparison.differences())
                .containsExactly(new Difference.Changed(before, now, Set.of(Difference.Change.EARLIER)));
        assertThat(((Difference.Changed) comparison.differences().get(0)).delay())
                .isEqualTo(Duration.ofSeconds(-20));
    }

    @Test
    void of_several_that_overlap_the_longest_overlap_is_matched() {
        // Given
        Case before = flood("a", 0, 100);
        Case touching = flood("b", 0, 10);
        Case overlapping = flood("c", 20, 100);

        // When
        Comparison comparison = Comparison.of(List.of(before), List.of(touching, overlapping));

        // Then
        assertThat(comparison.differences())
                .containsExactly(
                        new Difference.New(touching),
                        new Difference.Changed(before, overlapping, Set.of(Difference.Change.LATER)));
    }

    @Test
    void an_id_that_both_have_is_stronger_than_time() {
        // Given
        Case before = flood("a", 0, 10);
        Case sameId = flood("a", 0, 10);
        Case longer = flood("b", 0, 10);

        // When
        Comparison comparison = Comparison.of(List.of(before), List.of(longer, sameId));

        // Then
        assertThat(comparison.same()).isEqualTo(1);
        assertThat(comparison.differences()).containsExactly(new Difference.New(longer));
    }

    @Test
    void severity_and_cause_are_told_together() {
        // Given
        Case before = flood("a", 0, 60);
        Case now = new Case(
                "a",
                "default",
                before.detector(),
                before.subject(),
                true,
                before.onset(),
                before.detectedAt(),
                before.lastSeen(),
                Severity.CRITICAL,
                "BOTNET",
                "",
                "");

        // When
        Comparison comparison = Comparison.of(List.of(before), List.of(now));

        // Then
        assertThat(comparison.differences())
                .containsExactly(new Difference.Changed(
                        before, now, Set.of(Difference.Change.SEVERITY, Difference.Change.CAUSE)));
    }

    @Test
    void other_subjects_detectors_and_tenants_are_other_incidents() {
        // Given
        Case before = of("a", "default", "connection-flood", Subject.client("mx1", "192.0.2.1"), true, 0, 60);
        List<Case> others = List.of(
                of("b", "default", "connection-flood", Subject.client("mx2", "192.0.2.1"), true, 0, 60),
                of("c", "default", "retry-storm", Subject.client("mx1", "192.0.2.1"), true, 0, 60),
                of("d", "other", "connection-flood", Subject.client("mx1", "192.0.2.1"), true, 0, 60));

        // When
        Comparison comparison = Comparison.of(List.of(before), others);

        // Then
        assertThat(comparison.differences()).hasSize(4).noneMatch(each -> each instanceof Difference.Changed);
    }

    @Test
    void what_rests_on_more_than_both_have_read_is_matched_but_never_a_difference() {
        // Given one that began before the range, which the replay finds later, and one that it does not find
        Subject client = Subject.client("mx1", "192.0.2.1");
        Case begunBefore = of("a", "default", "connection-flood", client, false, 0, 100);
        Case overBefore = of("b", "default", "connection-flood", client, false, 900, 950);
        Case now = of("c", "default", "connection-flood", client, true, 50, 100);

        // When
        Comparison comparison = Comparison.of(List.of(begunBefore, overBefore), List.of(now));

        // Then
        assertThat(comparison).isEqualTo(new Comparison(List.of(), 0, 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_incident_is_told_of_exactly_once_in_whatever_order_they_come(long seed) {
        // Given
        Random lot = new Random(seed);
        List<Case> before = any(lot, "a");
        List<Case> now = any(lot, "b");

        // When
        Comparison comparison = Comparison.of(before, now);
        Comparison shuffled = Comparison.of(shuffled(before, lot), shuffled(now, lot));
        Comparison reversed = Comparison.of(now, before);

        // Then
        assertThat(shuffled).as("seed " + seed).isEqualTo(comparison);
        assertThat(reversed.same()).as("seed " + seed).isEqualTo(comparison.same());
        List<Case> left = new ArrayList<>();
        List<Case> right = new ArrayList<>();
        for (Difference difference : comparison.differences()) {
            if (difference instanceof Difference.Changed changed) {
                left.add(changed.before());
                right.add(changed.now());
            } else if (difference instanceof Difference.Lost lost) {
                left.add(lost.before());
            } else {
                right.add(difference.subject());
            }
        }
        assertThat(left).as("seed " + seed).doesNotHaveDuplicates().hasSize(before.size() - comparison.same());
        assertThat(right).as("seed " + seed).doesNotHaveDuplicates().hasSize(now.size() - comparison.same());
    }

    static List<Long> seeds() {
        Random lot = new Random();
        return IntStream.range(0, 200).mapToObj(index -> lot.nextLong()).toList();
    }

    private static List<Case> shuffled(List<Case> cases, Random lot) {
        List<Case> shuffled = new ArrayList<>(cases);
        Collections.shuffle(shuffled, lot);
        return shuffled;
    }

    private static List<Case> any(Random lot, String side) {
        return IntStream.range(0, lot.nextInt(20))
                .mapToObj(index -> {
                    int begin = lot.nextInt(300);
                    String id = lot.nextInt(4) == 0 ? "both-" + index : side + index;
                    Subject client = Subject.client("mx1", "192.0.2." + lot.nextInt(2));
                    return of(id, "default", "connection-flood", client, true, begin, begin + lot.nextInt(100));
                })
                .toList();
    }

    private static Case flood(String id, int begin, int end) {
        return of(id, "default", "connection-flood", Subject.client("mx1", "192.0.2.1"), true, begin, end);
    }

    private static Case of(
            String id, String tenant, String detector, Subject subject, boolean whole, int begin, int end) {
        Instant onset = NOON.plusSeconds(begin);
        return new Case(
                id,
                tenant,
                detector,
                subject,
                whole,
                onset,
                onset,
                NOON.plusSeconds(end),
                Severity.HIGH,
                "SINGLE_SOURCE",
                "a flood",
                "");
    }
}
