package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Mark;
import postwarden.tally.Pane;
import postwarden.tally.Peak;
import postwarden.tally.Tally;

/** What holds for every detector, whatever the numbers; the seeds are fixed. */
class DetectorPropertiesTest {
    private static final int STORIES = 40;
    private static final int PANES = 40;

    static List<Detector> detectors() {
        return Detectors.standard();
    }

    @Test
    void ids_are_those_of_the_catalogue_and_none_is_there_twice() {
        // When
        List<String> ids = Detectors.standard().stream().map(Detector::id).toList();

        // Then
        assertThat(ids)
                .containsExactlyInAnyOrder(
                        "connection-flood",
                        "distributed-brute-force",
                        "compromised-account",
                        "remote-throttle",
                        "retry-storm",
                        "cardinality",
                        "distributed-flood",
                        "handshake-churn",
                        "slot-hoarding",
                        "client-limit",
                        "server-limit",
                        "queue-only",
                        "load-shedding",
                        "queue-io",
                        "ftp-limit",
                        "mailbox-limit",
                        "polling-client",
                        "brute-force",
                        "password-spray",
                        "stale-credential",
                        "login-after-failures",
                        "login-fan-out",
                        "sending-burst",
                        "unknown-recipients",
                        "recipient-fan-out",
                        "script-burst",
                        "mail-loop",
                        "dominant-sender",
                        "panel-limit",
                        "email-bombing",
                        "egress-blocked",
                        "reputation-shift",
                        "log-gap",
                        "clock-skew",
                        "shared-identity");
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void the_same_numbers_give_the_same_finding_and_a_sound_one(Detector detector) {
        for (int seed = 0; seed < STORIES; seed++) {
            // Given
            Scenario story = story(detector, seed);

            // When
            List<Finding> once = story.assess(detector);
            List<Finding> again = story(detector, seed).assess(detector);

            // Then
            assertThat(once).isEqualTo(again);
            once.forEach(DetectorPropertiesTest::isSound);
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void what_newly_fires_was_said_to_concern(Detector detector) {
        for (int seed = 0; seed < STORIES; seed++) {
            // Given
            Scenario story = story(detector, seed);
            String host = detector.scope().span() == Span.FLEET ? "" : "mx1";

            for (int pane = 0; pane < PANES; pane++) {
                // When
                View view = story.view(Duration.ofSeconds(pane * 10L), host);
                List<Finding> found = detector.assess(view, Set.of());

                // Then
                if (!found.isEmpty()) {
                    assertThat(detector.mayConcern(view.window(Pane.LENGTH))).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void more_of_anything_never_makes_a_pane_concern_less(Detector detector) {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            // Given
            Tally pane = fill(new Tally(), random);
            boolean before = detector.mayConcern(pane);

            // When
            boolean after = detector.mayConcern(fill(pane, random));

            // Then
            assertThat(after || !before).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void a_key_that_is_silent_is_no_finding_even_while_one_is_open(Detector detector) {
        // Given
        Scenario silent = Scenario.of(detector.scope().watch(), "somebody");

        // When / Then
        assertThat(detector.assess(silent.view(Duration.ZERO, "mx1"), Set.of("")))
                .isEmpty();
        assertThat(detector.assess(silent.view(Duration.ZERO, "mx1"), Set.of())).isEmpty();
    }

    private static void isSound(Finding finding) {
        assertThat(finding.causes().stream().mapToDouble(Cause::weight).sum()).isLessThanOrEqualTo(1 + 1e-9);
        assertThat(finding.causes()).isSortedAccordingTo((a, b) -> Double.compare(b.weight(), a.weight()));
        assertThat(finding.causes())
                .allMatch(cause -> cause.weight() >= 0 && !cause.because().isEmpty());
        assertThat(finding.confidence()).isBetween(0.0, 1.0);
        assertThat(finding.evidence()).hasSizeLessThanOrEqualTo(10);
        assertThat(finding.measures())
                .containsKeys(finding.thresholds().keySet().toArray(String[]::new));
        assertThat(finding.measures().values()).allMatch(Double::isFinite);
        assertThat(finding.onset()).isBeforeOrEqualTo(Pane.start(finding.pane()));
        assertThat(finding.advice())
                .isNotEmpty()
                .allMatch(advice -> !advice.verify().isEmpty()
                        && !advice.rollback().isEmpty()
                        && !advice.never().isEmpty()
                        && !advice.steps().isEmpty());
        assertThat(finding.title()).doesNotContain("\n").hasSizeLessThan(300);
    }

    private static Scenario story(Detector detector, int seed) {
        Random random = new Random(seed);
        Scenario story = Scenario.of(detector.scope().watch(), "somebody");
        for (int pane = 0; pane < PANES; pane++) {
            if (random.nextInt(4) > 0) {
                story.at(Duration.ofSeconds(pane * 10L), random.nextInt(3) > 0 ? "mx1" : "mx2", t -> fill(t, random));
            }
        }
        return story;
    }

    private static Tally fill(Tally pane, Random random) {
        for (Count count : Count.values()) {
            if (random.nextInt(3) == 0) {
                pane.add(count, random.nextInt(1 + random.nextInt(60)));
            }
        }
        for (Distinct distinct : Distinct.values()) {
            for (int i = random.nextInt(12); i > 0; i--) {
                pane.note(distinct, Integer.toString(random.nextInt(200)));
            }
        }
        for (Peak peak : Peak.values()) {
            pane.raise(peak, random.nextInt(60));
        }
        for (Mark mark : Mark.values()) {
            if (random.nextInt(6) == 0) {
                pane.mark(mark);
            }
        }
        return pane;
    }
}
