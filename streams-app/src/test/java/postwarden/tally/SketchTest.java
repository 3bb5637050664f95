package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeds are fixed. */
class SketchTest {
    @Test
    void up_to_sixty_four_values_the_count_is_exact() {
        Sketch sketch = new Sketch();
        for (int value = 1; value <= Sketch.EXACT; value++) {
            sketch.add("value" + value);
            sketch.add("value" + value);
            assertThat(sketch.count()).isEqualTo(value);
        }
        assertThat(sketch.isExact()).isTrue();
    }

    @Test
    void beyond_that_it_is_off_by_less_than_four_standard_errors() {
        for (int values : new int[] {65, 100, 1000, 10_000, 200_000}) {
            assertThat((double) range(0, values).count()).isCloseTo(values, within(4 * 0.024 * values));
        }
    }

    @Test
    void merging_in_any_order_and_grouping_and_again_gives_the_same() {
        Random random = new Random(1);
        for (int run = 0; run < 300; run++) {
            int[] bound = {random.nextInt(100), random.nextInt(100), random.nextInt(100)};
            int[] size = {random.nextInt(150), random.nextInt(150), random.nextInt(50)};

            Sketch left = merged(merged(range(bound[0], size[0]), range(bound[1], size[1])), range(bound[2], size[2]));
            Sketch right = merged(range(bound[2], size[2]), merged(range(bound[1], size[1]), range(bound[0], size[0])));
            Sketch again = merged(left, right);

            assertThat(right.count()).as("run %d", run).isEqualTo(left.count());
            assertThat(again.count()).as("run %d", run).isEqualTo(left.count());
        }
    }

    @Test
    void a_sketch_that_was_merged_in_stays_as_it_is() {
        Sketch small = range(0, 10);
        Sketch large = range(0, 1000);
        long before = large.count();

        merged(small, large).add("one more");

        assertThat(small.count()).isEqualTo(10);
        assertThat(large.count()).isEqualTo(before);
    }

    @Test
    void what_is_new_is_counted_exactly_while_both_are_exact() {
        assertThat(range(0, 40).countBeyond(range(30, 30))).isEqualTo(30);
        assertThat((double) range(0, 2000).countBeyond(range(0, 1000))).isCloseTo(1000, within(200.0));
        assertThat(range(0, 5).mayHold("value3")).isTrue();
        assertThat(range(0, 5).mayHold("value7")).isFalse();
    }

    @Test
    void what_a_large_sketch_has_is_never_new_and_most_of_what_it_has_not_is() {
        Sketch large = range(0, 500);
        int missed = 0;
        for (int value = 0; value < 500; value++) {
            assertThat(range(value, 1).countBeyond(large)).as("value %d", value).isZero();
            assertThat(large.mayHold("value" + value)).isTrue();
            missed += range(10_000 + value, 1).countBeyond(large) == 0 ? 1 : 0;
        }
        assertThat(missed).isLessThan(150);
        assertThat((double) range(480, 60).countBeyond(large)).isCloseTo(40, within(8.0));
    }

    @Test
    void who_was_never_refused_is_not_taken_for_one_of_many_who_were() {
        Sketch refused = range(0, 500);
        Sketch known = range(1000, 300);
        for (int value = 0; value < 2000; value++) {
            assertThat(range(5000 + value, 1).countSharedBeyond(known, refused))
                    .as("value %d", value)
                    .isZero();
        }
    }

    @Test
    void whose_values_are_known_one_by_one_are_shared_one_by_one() {
        assertThat(range(0, 20).countSharedBeyond(range(0, 5), range(0, 12))).isEqualTo(7);
        assertThat(range(0, 20).countSharedBeyond(new Sketch(), range(20, 12))).isZero();
        assertThat(range(0, 20).countSharedBeyond(range(100, 60), merged(range(0, 1), range(200, 60))))
                .as("though both together would be an estimate")
                .isEqualTo(1);
    }

    @Test
    void many_who_were_refused_are_told_even_by_estimates() {
        assertThat(range(0, 60).countSharedBeyond(new Sketch(), range(0, 300))).isEqualTo(60);
        assertThat((double) range(0, 300).countSharedBeyond(new Sketch(), range(0, 300)))
                .isCloseTo(300, within(40.0));
    }

    private static Sketch range(int from, int size) {
        Sketch sketch = new Sketch();
        for (int value = from; value < from + size; value++) {
            sketch.add("value" + value);
        }
        return sketch;
    }

    private static Sketch merged(Sketch one, Sketch other) {
        Sketch both = new Sketch();
        both.merge(one);
        both.merge(other);
        return both;
    }
}
