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
