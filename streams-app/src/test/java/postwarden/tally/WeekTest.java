package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeekTest {
    private static final long HOUR = 360;
    private static final long WEEK = 168 * HOUR;
    private static final long SINCE = 1_000_000;
    /** Monday's mailing: 600 in an hour, and nothing else in the week. */
    private static final long MONDAY = SINCE + 10 * HOUR;

    private static final Baseline OVERALL = new Baseline(Baseline.MEMORY, 600 / (168 * 60.0), 5000);
    private static final Offset<Double> ABOUT = within(1e-9);

    private final Week week = new Week(SINCE);

    private void mailing(int ofWeek, long many) {
        for (long minute = 0; minute < 60; minute++) {
            week.add(MONDAY + ofWeek * WEEK + minute * 6, many / 60);
        }
    }

    private double meanAt(long pane) {
        return week.at(pane, OVERALL).mean();
    }

    @Test
    void in_the_first_week_nothing_is_known_of_hours() {
        mailing(0, 600);
        assertThat(week.at(MONDAY + HOUR, OVERALL)).isEqualTo(OVERALL);
    }

    @Test
    void what_came_at_this_hour_last_week_is_half_believed() {
        mailing(0, 600);
        assertThat(meanAt(MONDAY + WEEK)).isCloseTo(0.5 * 5 + 0.5 * OVERALL.mean(), ABOUT);
        assertThat(meanAt(MONDAY + WEEK + 30 * HOUR)).isCloseTo(0.5 * OVERALL.mean(), ABOUT);
    }

    @Test
    void what_begins_an_hour_early_or_late_is_not_unknown() {
        mailing(0, 600);
        assertThat(meanAt(MONDAY + WEEK - HOUR)).isCloseTo(0.5 * 2.5 + 0.5 * OVERALL.mean(), ABOUT);
        assertThat(meanAt(MONDAY + WEEK + HOUR)).isCloseTo(0.5 * 2.5 + 0.5 * OVERALL.mean(), ABOUT);
    }

    @Test
    void what_the_hour_was_is_known_though_the_whole_week_since_was_empty() {
        mailing(0, 600);
        Baseline forgotten = OVERALL.learn(0, Baseline.MEMORY);
        assertThat(forgotten.mean()).isZero();
        assertThat(week.at(MONDAY + WEEK, forgotten).mean()).isCloseTo(0.5 * 5, ABOUT);
    }

    @Test
    void what_comes_now_does_not_make_itself_usual() {
        mailing(0, 600);
        mailing(1, 6000);
        assertThat(meanAt(MONDAY + WEEK)).isCloseTo(0.5 * 5 + 0.5 * OVERALL.mean(), ABOUT);
    }

    @Test
    void four_weeks_are_believed_more_than_one() {
        for (int each = 0; each < 8; each++) {
            mailing(each, 600);
        }
        assertThat(meanAt(MONDAY + 8 * WEEK)).isCloseTo(0.8 * 5 + 0.2 * OVERALL.mean(), ABOUT);
    }

    @Test
    void what_has_been_given_up_is_forgotten() {
        for (int each = 0; each < 4; each++) {
            mailing(each, 600);
        }
        double first = meanAt(MONDAY + 5 * WEEK);
        double second = meanAt(MONDAY + 6 * WEEK);
        assertThat(first).isLessThan(meanAt(MONDAY + 4 * WEEK));
        assertThat(second).isLessThan(first);
        assertThat(meanAt(MONDAY + 60 * WEEK)).isCloseTo(0.2 * OVERALL.mean(), ABOUT);
    }

    @Test
    void how_much_counts_scatter_stays_as_it_is() {
        Prior prior = new Prior(1, 0.5);
        for (int each = 0; each < 8; each++) {
            mailing(each, 600);
        }
        // Given: the same fleet-wide mean, and a burst that Monday always has
        Baseline monday = week.at(MONDAY + 8 * WEEK, OVERALL);
        Baseline tuesday = week.at(MONDAY + 8 * WEEK + 24 * HOUR, OVERALL);

        // Then
        assertThat(OVERALL.tail(50, 5, prior)).isLessThan(monday.tail(50, 5, prior));
        assertThat(tuesday.tail(50, 5, prior)).isLessThan(OVERALL.tail(50, 5, prior));
    }

    @ParameterizedTest
    @CsvSource({
        "0, -2147483648, 1, 1",
        "0, 4000000000, 1, 1",
        "-9223372036854775808, 0, 1, 1",
        "0, 0, -1, 1",
        "0, 0, 1, -1"
    })
    void numbers_that_no_week_has_are_refused_and_not_counted_through(long since, long last, long counted, long usual) {
        byte[] bytes = new Packer(16)
                .number(since)
                .number(1)
                .number(5)
                .number(last)
                .number(counted)
                .number(usual)
                .packed();
        assertThatIllegalArgumentException().isThrownBy(() -> Week.read(new Unpacker(bytes)));
    }

    @Test
    void a_week_of_nonsense_is_refused() {
        byte[] twice = new Packer(16)
                .number(0)
                .number(2)
                .number(5)
                .number(0)
                .number(1)
                .number(1)
                .number(5)
                .number(0)
                .number(1)
                .number(1)
                .packed();
        assertThatIllegalArgumentException().isThrownBy(() -> Week.read(new Unpacker(twice)));
    }
}
