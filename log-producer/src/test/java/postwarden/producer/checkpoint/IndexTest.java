package postwarden.producer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One identity by each key or several: the same as sets, whatever is added and removed in whatever order. */
class IndexTest {
    private static final int STEPS = 20_000;
    private static final int KEYS = 5;
    private static final int IDS = 4;

    @Test
    void it_holds_what_sets_would_hold() {
        // Given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Index<Integer> index = new Index<>();
        Map<Integer, Set<String>> sets = new HashMap<>();

        for (int step = 0; step < STEPS; step++) {
            int key = random.nextInt(KEYS);
            String id = "id" + random.nextInt(IDS);

            // When
            if (random.nextBoolean()) {
                index.add(key, id);
                sets.computeIfAbsent(key, k -> new HashSet<>()).add(id);
            } else {
                index.remove(key, id);
                sets.getOrDefault(key, new HashSet<>()).remove(id);
            }

            // Then
            assertThat(index.ids(key))
                    .as("seed %d, step %d", seed, step)
                    .containsExactlyInAnyOrderElementsOf(sets.getOrDefault(key, Set.of()));
        }
    }
}
