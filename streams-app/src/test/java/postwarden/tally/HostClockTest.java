package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HostClockTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final long PANE = Pane.of(START);
    private static final IntakeParams PARAMS = IntakeParams.STANDARD;

    @Test
    void a_pane_is_closed_by_a_line_that_is_later_than_its_end_by_the_allowed_lateness() {
        HostClock before = at(START).after(START.plusMillis(14_999), PARAMS);
        HostClock after = before.after(START.plusMillis(15_000), PARAMS);

        assertThat(before.closedThrough(PARAMS)).isEqualTo(PANE - 1);
        assertThat(after.closedThrough(PARAMS)).isEqualTo(PANE);
    }

    @Test
    void a_host_that_has_said_nothing_has_closed_nothing() {
        assertThat(HostClock.UNSEEN.closedThrough(PARAMS)).isEqualTo(Long.MIN_VALUE);
        assertThat(HostClock.UNSEEN.end().closedThrough(PARAMS)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void one_stamp_far_ahead_moves_nothing() {
        HostClock clock = at(START).after(START.plus(Duration.ofDays(365)), PARAMS);

        assertThat(clock.newest()).isEqualTo(START);
        assertThat(clock.after(START.plusSeconds(60), PARAMS).newest()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void a_second_stamp_bears_a_leap_out() {
        Instant morning = START.plus(Duration.ofHours(7));

        HostClock clock = at(START).after(morning, PARAMS).after(morning.plusSeconds(1), PARAMS);

        assertThat(clock.newest()).isEqualTo(morning.plusSeconds(1));
    }

    @Test
    void a_line_between_takes_a_leap_back() {
        Instant wrong = START.plus(Duration.ofDays(365));

        HostClock clock = at(START)
                .after(wrong, PARAMS)
                .after(START.plusSeconds(1), PARAMS)
                .after(wrong.plusSeconds(1), PARAMS);

        assertThat(clock.newest()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void late_lines_move_nothing() {
        HostClock clock = at(START);

        assertThat(clock.after(START.minusSeconds(60), PARAMS)).isEqualTo(clock);
    }

    @Test
    void the_end_closes_the_last_pane_and_a_new_line_opens_again() {
        HostClock ended = at(START).end();

        assertThat(ended.closedThrough(PARAMS)).isEqualTo(PANE);
        assertThat(ended.after(START, PARAMS).ended()).isFalse();
    }

    @Test
    void a_heartbeat_needs_no_second_one() {
        Instant later = START.plus(Duration.ofHours(3));

        assertThat(at(START).readUpTo(later).newest()).isEqualTo(later);
        assertThat(at(START).readUpTo(START.minusSeconds(1)).newest()).isEqualTo(START);
    }

    @Test
    void a_host_is_seasoned_once_its_lines_cover_three_days() {
        HostClock clock = at(START);
        for (int i = 1; i < 72; i++) {
            clock = clock.after(START.plus(Duration.ofHours(i)), PARAMS);
            assertThat(clock.isSeasoned(PARAMS)).isFalse();
        }
        assertThat(clock.after(START.plus(Duration.ofDays(3)), PARAMS).isSeasoned(PARAMS))
                .isTrue();
    }

    @Test
    void leaps_and_wrong_stamps_make_nobody_seasoned_and_heartbeats_do() {
        Instant later = START.plus(Duration.ofDays(400));
        HostClock leapt = at(START).after(later, PARAMS).after(later.plusSeconds(1), PARAMS);

        assertThat(HostClock.UNSEEN.isSeasoned(PARAMS)).isFalse();
        assertThat(leapt.newest()).isEqualTo(later.plusSeconds(1));
        assertThat(leapt.isSeasoned(PARAMS)).isFalse();
        assertThat(at(START).readUpTo(START.plus(Duration.ofDays(3))).isSeasoned(PARAMS))
                .isTrue();
    }

    private static HostClock at(Instant time) {
        return HostClock.UNSEEN.after(time, PARAMS);
    }
}
