package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a set of single bytes; seeds are fixed. */
class IntervalsTest {
    private static final int BYTES = 200;

    @Test
    void it_holds_what_a_set_of_bytes_would_hold() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Intervals intervals = Intervals.NONE;
            BitSet bytes = new BitSet();
            for (int step = 0; step < 60; step++) {
                int start = random.nextInt(BYTES);
                int end = start + 1 + random.nextInt(20);
                intervals = intervals.with(start, end);
                bytes.set(start, end);
                assertSame(intervals, bytes, seed);
            }
        }
    }

    @Test
    void lines_in_order_are_one_interval() {
        Intervals intervals = Intervals.NONE;
        for (int line = 0; line < 1000; line++) {
            intervals = intervals.with(line * 80L, line * 80L + 80);
        }

        assertThat(intervals.bounds()).containsExactly(0, 80_000);
    }

    @Test
    void a_hole_closes_when_its_bytes_come() {
        assertThat(Intervals.NONE.with(0, 10).with(20, 30).with(10, 20).bounds())
                .containsExactly(0, 30);
    }

    @Test
    void beyond_the_bound_the_lowest_is_given_up_and_nothing_new_is_taken_for_read() {
        Intervals intervals = Intervals.NONE;
        for (int hole = 0; hole < 2 * Intervals.MOST; hole++) {
            assertThat(intervals.cover(hole * 10L, hole * 10L + 5)).isFalse();
            intervals = intervals.with(hole * 10L, hole * 10L + 5);
        }

        assertThat(intervals.bounds()).hasSize(2 * Intervals.MOST);
        assertThat(intervals.cover(0, 5)).isFalse();
        assertThat(intervals.cover(10_230, 10_235)).isTrue();
    }

    private static void assertSame(Intervals intervals, BitSet bytes, long seed) {
        for (int start = 0; start < BYTES + 20; start += 3) {
            for (int length = 1; length < 24; length += 5) {
                assertThat(intervals.cover(start, start + length))
                        .as("seed %d: bytes %d to %d of %s", seed, start, start + length, intervals)
                        .isEqualTo(bytes.nextClearBit(start) >= start + length);
            }
        }
    }
}
