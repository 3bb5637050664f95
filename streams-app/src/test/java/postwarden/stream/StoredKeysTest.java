package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Against a plain set; the seed is fixed. */
class StoredKeysTest {

    @Test
    void it_is_a_set_of_keys() {
        Random random = new Random(1);
        StoredKeys keys = new StoredKeys();
        Set<String> expected = new HashSet<>();
        for (int step = 0; step < 200_000; step++) {
            String key = "key" + random.nextInt(5000);
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            switch (random.nextInt(3)) {
                case 0 -> {
                    keys.add(bytes);
                    expected.add(key);
                }
                case 1 -> {
                    keys.remove(bytes);
                    expected.remove(key);
                }
                default -> assertThat(keys.mayHold(bytes)).as("step %d", step).isEqualTo(expected.contains(key));
            }
            assertThat(keys.size()).as("step %d", step).isEqualTo(expected.size());
        }
    }
}
