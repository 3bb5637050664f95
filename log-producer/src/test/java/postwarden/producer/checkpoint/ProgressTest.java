package postwarden.producer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import postwarden.producer.file.Print;

class ProgressTest {
    @Test
    void a_hole_holds_the_position_back_until_it_is_filled() {
        // Given
        Progress progress = new Progress(new Position(0, 0, Print.NOTHING));
        Runnable first = progress.sent(4, bytes("one"), 0, true, true);
        Runnable second = progress.sent(8, bytes("two"), 0, true, true);
        Runnable third = progress.sent(14, bytes("three"), 0, true, true);

        // When
        first.run();
        third.run();
        long withHole = progress.acknowledged().offset();
        second.run();

        // Then
        assertThat(withHole).isEqualTo(4);
        assertThat(progress.acknowledged().offset()).isEqualTo(14);
        assertThat(progress.sent().offset()).isEqualTo(14);
    }

    @Test
    void a_position_knows_the_bytes_in_front_of_it_and_the_fragment_behind_it() {
        // Given
        Progress progress = new Progress(new Position(100, 0, Print.NOTHING));
        byte[] file = bytes("x".repeat(40) + "\n");

        // When
        progress.sent(141, bytes("x".repeat(40)), 0, true, true).run();
        Position behindLine = progress.acknowledged();
        progress.sent(144, bytes("abc"), 0, false, false).run();
        Position inLine = progress.acknowledged();

        // Then
        assertThat(behindLine).isEqualTo(new Position(141, 0, Print.of(109, file, 9, 41)));
        assertThat(inLine).isEqualTo(new Position(144, 1, Print.of(141, bytes("abc"), 0, 3)));
    }

    @Property(tries = 300)
    void the_position_is_the_contiguous_prefix_in_any_order_of_acknowledgements(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        Progress progress = new Progress(new Position(0, 0, Print.NOTHING));
        List<Integer> order = new ArrayList<>();
        List<Runnable> acknowledgements = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            order.add(i);
            acknowledgements.add(progress.sent((i + 1) * 10L, bytes("123456789"), 0, true, true));
        }
        Collections.shuffle(order, random);
        boolean[] done = new boolean[50];

        for (int next : order) {
            // When
            acknowledgements.get(next).run();
            done[next] = true;

            // Then
            int prefix = 0;
            while (prefix < 50 && done[prefix]) {
                prefix++;
            }
            assertThat(progress.acknowledged().offset()).isEqualTo(prefix * 10L);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
