package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeds are fixed. */
class BaselineTest {
    private static final Prior PRIOR = new Prior(1, 2);

    @Test
    void without_a_history_the_tail_is_the_cohorts() {
        // A negative binomial of size 2 and mean 1: P(0) = (2/3)^2, P(1) = 2 * 1/3 * P(0).
        double none = 4.0 / 9;
        double one = 2.0 / 3 * none;

        assertThat(Baseline.NONE.tail(1, 1, PRIOR)).isCloseTo(1 - none, within(1e-9));
        assertThat(Baseline.NONE.tail(2, 1, PRIOR)).isCloseTo(1 - none - one, within(1e-9));
        assertThat(Baseline.NONE.tail(0, 1, PRIOR)).isEqualTo(1);
        assertThat(Baseline.NONE.maturity()).isZero();
    }

    @Test
    void more_is_never_likelier() {
        Random random = new Random(1);
        for (int run = 0; run < 200; run++) {
            Baseline learned = learned(random, random.nextInt(200), 1 + random.nextInt(50));
            double before = 1;
            for (int observed = 0; observed < 300; observed += 7) {
                double tail = learned.tail(observed, 1, PRIOR);
                assertThat(tail).as("run %d, %d seen", run, observed).isBetween(0.0, before);
                before = tail;
            }
        }
    }

    @Test
    void mean_and_variance_are_those_of_what_was_seen() {
        double[] seen = {3, 9, 4, 0, 14, 6};
        Baseline learned = Baseline.NONE;
        for (double each : seen) {
            learned = learned.learn(each);
        }

        assertThat(learned.mean()).isCloseTo(6, within(1e-9));
        assertThat(learned.squares()).isCloseTo(9 + 9 + 4 + 36 + 64, within(1e-9));
        assertThat(learned.windows()).isEqualTo(6);
    }

    @Test
    void an_idle_hour_learned_at_once_is_sixty_idle_minutes() {
        Baseline before = learned(new Random(2), 100, 20);
        Baseline one = before;
        for (int minute = 0; minute < 60; minute++) {
            one = one.learn(0);
        }

        Baseline bulk = before.learn(0, 60);

        assertThat(bulk.windows()).isEqualTo(one.windows());
        assertThat(bulk.mean()).isCloseTo(one.mean(), within(1e-9));
        assertThat(bulk.squares()).isCloseTo(one.squares(), within(1e-6));
    }

    @Test
    void a_week_is_remembered_and_no_more() {
        Baseline learned = Baseline.NONE.learn(100, Baseline.MEMORY).learn(0, 100 * Baseline.MEMORY);

        assertThat(learned.windows()).isLessThanOrEqualTo(100 * Baseline.MEMORY);
        assertThat(learned.mean()).isCloseTo(0, within(1e-9));
        assertThat(learned(new Random(3), 30_000, 10).windows()).isLessThanOrEqualTo(Baseline.MEMORY);
    }

    @Test
    void the_quantile_is_the_smallest_count_that_is_rare_enough() {
        Baseline learned = learned(new Random(4), 1000, 30);

        double quantile = learned.quantile(0.01, PRIOR);

        assertThat(learned.tail(quantile, 1, PRIOR)).isLessThanOrEqualTo(0.01);
        assertThat(learned.tail(quantile - 2, 1, PRIOR)).isGreaterThan(0.01);
    }

    private static Baseline learned(Random random, int minutes, int most) {
        Baseline learned = Baseline.NONE;
        for (int minute = 0; minute < minutes; minute++) {
            learned = learned.learn(random.nextInt(most));
        }
        return learned;
    }
}
