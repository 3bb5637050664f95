package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a week of hours keeps; seeds are fixed. */
class HoursTest {
    private static final long HOUR = Hours.PANES;
    /** Bytes that a busy key's week may take: {@link Hours#MOST} hours of four counts below a million. */
    private static final int BOUND = 168 * 24;

    private static Tally connects(long many) {
        return new Tally().add(Count.CONNECTS, many);
    }

    private static byte[] written(Hours hours) {
        Packer out = new Packer();
        hours.write(out);
        return out.packed();
    }

    private static Hours again(Hours hours) {
        return Hours.read(new Unpacker(written(hours)));
    }

    @Test
    void an_hour_is_the_sum_of_its_panes_whatever_else_came_between() {
        // Given
        Random random = new Random(1);
        TreeMap<Long, Long> expected = new TreeMap<>();
        Hours hours = new Hours();

        // When
        for (int run = 0; run < 5000; run++) {
            long pane = 1_000_000 * HOUR + random.nextInt((int) (Hours.MOST * HOUR));
            long many = random.nextInt(4);
            hours.add(Watch.CLIENT, pane, connects(many));
            if (many > 0) {
                expected.merge(Math.floorDiv(pane, HOUR) * HOUR, many, Long::sum);
            }
            hours = run % 7 == 0 ? again(hours) : hours;
        }

        // Then
        TreeMap<Long, Long> counted = new TreeMap<>();
        hours.sums().forEach((start, tally) -> counted.put(start, tally.count(Count.CONNECTS)));
        assertThat(counted).isEqualTo(expected).hasSize(Hours.MOST);
    }

    @Test
    void the_hour_before_the_last_week_is_gone_and_the_bound_holds() {
        // Given
        Hours hours = new Hours();
        Tally busy = new Tally();
        Hours.counts(Watch.CLIENT).forEach(count -> busy.add(count, 900_000));

        // When
        for (long hour = 0; hour < 3 * Hours.MOST; hour++) {
            hours.add(Watch.CLIENT, hour * HOUR, busy);
        }

        // Then
        assertThat(hours.sums().firstKey()).isEqualTo(2L * Hours.MOST * HOUR);
        assertThat(hours.size()).isEqualTo(Hours.MOST);
        assertThat(written(hours).length).isLessThan(BOUND);
    }

    @Test
    void what_is_not_a_main_count_of_the_key_takes_no_room() {
        // Given
        Hours hours = new Hours();

        // When
        hours.add(Watch.DESTINATION, 0, connects(7).add(Count.LINES, 7));

        // Then
        assertThat(hours.size()).isZero();
        assertThat(written(hours)).hasSize(2);
    }

    @Test
    void hours_of_two_are_added_up() {
        // Given
        Hours one = new Hours();
        Hours other = new Hours();
        one.add(Watch.CLIENT, 0, connects(1));
        one.add(Watch.CLIENT, HOUR, connects(2));
        other.add(Watch.CLIENT, HOUR, connects(4));

        // When
        one.merge(again(other));
        one.merge(new Hours());
        Hours none = new Hours();
        none.merge(new Hours());

        // Then
        assertThat(one.sums().values())
                .extracting(tally -> tally.count(Count.CONNECTS))
                .isEqualTo(List.of(1L, 6L));
        assertThat(other.size()).isEqualTo(1);
        assertThat(none.size()).isZero();
    }

    @Test
    void bytes_that_are_no_hours_are_refused_when_somebody_asks() {
        // Given
        byte[] tooMany = new Packer().bytes(new Packer().number(169).packed()).packed();
        byte[] cutOff = new Packer()
                .bytes(new Packer().number(1).number(4).number(2).packed())
                .packed();

        // Then
        for (byte[] bytes : List.of(tooMany, cutOff)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Hours.read(new Unpacker(bytes)).size());
        }
    }
}
