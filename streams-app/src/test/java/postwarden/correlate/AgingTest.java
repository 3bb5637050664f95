package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgingTest {
    private static final int MOST = 10_000;

    private final HeapMemory<Long> memory = new HeapMemory<>();
    private final Aging<Long> aging = new Aging<>(memory, Long::longValue, value -> Duration.ofSeconds(10), MOST);

    @Test
    void what_is_too_old_is_absent_at_once() {
        // Given
        aging.put("t/h/x", 1_000L, true);

        // When / Then
        assertThat(aging.get("t/h/x", 11_000)).contains(1_000L);
        assertThat(aging.get("t/h/x", 11_001)).isEmpty();
    }

    @Test
    void a_host_whose_clock_is_behind_loses_nothing_to_the_others() {
        // Given
        aging.put("t/slow/x", 1_000L, true);

        // When
        for (int i = 0; i < MOST - 10; i++) {
            aging.put("t/fast/" + i, 1_000_000L + i, true);
        }

        // Then
        assertThat(memory.get("t/slow/x")).contains(1_000L);
    }

    @Test
    void what_is_old_is_swept_out_while_new_entries_come() {
        // When
        for (int i = 0; i < 100_000; i++) {
            aging.put("t/h/" + i, i * 10L, true);
        }

        // Then: ten seconds hold a thousand entries
        assertThat(memory.size()).isLessThan(5_000);
    }

    @Test
    void no_more_than_the_most_is_ever_held_and_the_newest_stay() {
        // When
        int highest = 0;
        for (int i = 0; i < 50_000; i++) {
            aging.put("t/h/" + i, 1_000L + i / 100, true);
            highest = Math.max(highest, memory.size());
        }

        // Then
        assertThat(highest).isLessThanOrEqualTo(MOST);
        assertThat(memory.get("t/h/49999")).isPresent();
    }
}
