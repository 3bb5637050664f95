package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import postwarden.correlate.Trace.OpenSessions;

class OpenSessionsTest {

    @Test
    void a_session_that_never_ends_is_forgotten_after_two_periods() {
        // Given
        OpenSessions open = OpenSessions.NONE.began(1, 5).began(2, 5);

        // When / Then
        assertThat(open.began(3, 6).open()).isEqualTo(3);
        assertThat(open.began(3, 7).open()).isEqualTo(1);
    }

    @Test
    void the_end_of_a_session_that_is_forgotten_takes_nothing_from_the_others() {
        // Given
        OpenSessions open = OpenSessions.NONE.began(1, 5).began(2, 8);

        // When / Then
        assertThat(open.ended(3, 8, 5).open()).isEqualTo(1);
    }

    @Property(tries = 200)
    void it_is_never_negative_and_never_more_than_has_begun(
            @ForAll @Size(max = 200) java.util.List<@IntRange(min = 0, max = 5) Integer> steps) {
        OpenSessions open = OpenSessions.NONE;
        int began = 0;
        long period = 10;
        for (int step : steps) {
            switch (step) {
                case 0, 1 -> {
                    open = open.began(0, period);
                    began++;
                }
                case 2 -> open = open.ended(0, period, period);
                case 3 -> open = open.endedSome(0, period);
                case 4 -> open = open.atMost(3);
                default -> period++;
            }
            assertThat(open.open()).isBetween(0, began);
            assertThat(Math.min(open.current(), open.previous())).isNotNegative();
        }
    }
}
