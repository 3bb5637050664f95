package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStateTest {
    private static final long HOUR = 360;

    private final KeyState state = new KeyState();

    @ParameterizedTest
    @ValueSource(longs = {1000, 1001, 1002, 1003, 1004, 1005})
    void what_was_past_when_doubt_began_is_not_doubted(long pane) {
        // Given: what a view of this pane takes for past, and what it sums up as its last hour
        long past = History.begin(pane, pane - HOUR + 1);

        // When
        state.doubt(pane - HOUR + 1, pane);

        // Then
        assertThat(LongStream.range(past - 100, past)).noneMatch(state::isDoubtful);
        assertThat(LongStream.rangeClosed(past, pane)).allMatch(state::isDoubtful);
    }

    @Test
    void doubts_that_meet_are_one_and_others_stay_apart() {
        // When
        state.doubt(600, 659);
        state.doubt(900, 959);
        state.doubt(660, 720);
        state.doubt(1200, 1203);

        // Then
        assertThat(state.doubts).containsOnlyKeys(600L, 900L, 1200L).containsEntry(600L, 725L);
        assertThat(state.isDoubtful(599)).isFalse();
        assertThat(state.isDoubtful(800)).isFalse();
    }

    @Test
    void only_the_newest_doubts_are_kept() {
        // When
        for (long from = 0; from < 100; from++) {
            state.doubt(1000 * from, 1000 * from + 10);
        }

        // Then
        assertThat(state.doubts).hasSize(16);
        assertThat(state.isDoubtful(99_005)).isTrue();
        assertThat(state.isDoubtful(5)).isFalse();
    }
}
