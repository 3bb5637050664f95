package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenPanesTest {
    @Test
    void what_was_added_is_drained_once_whatever_the_order() {
        // Given
        OpenPanes open = new OpenPanes();
        Random random = new Random(1);
        Map<String, Long> expected = new HashMap<>();
        Map<String, Long> drained = new HashMap<>();

        // When
        for (int step = 0; step < 10_000; step++) {
            String host = "mx" + random.nextInt(3);
            long pane = random.nextInt(4);
            Watch watch = Watch.values()[random.nextInt(5)];
            String name = "name" + random.nextInt(20);
            open.open("default", host, pane, watch, name).add(Count.CONNECTS, 1);
            expected.merge(host + pane + watch + name, 1L, Long::sum);
            if (random.nextInt(500) == 0) {
                drain(open, drained);
            }
        }
        drain(open, drained);

        // Then
        assertThat(drained).isEqualTo(expected);
        assertThat(open.isEmpty()).isTrue();
        assertThat(open.size()).isZero();
    }

    @Test
    void only_the_last_word_of_a_host_is_told_and_its_roster_is_not_lost() {
        // Given
        OpenPanes open = new OpenPanes();
        open.progress(new Progress("default", "mx1", 5, false, List.of("mx1", "mx2")));
        open.progress(new Progress("default", "mx1", 7, true, List.of()));

        // When
        List<Progress> told = open.drain((key, host, pane, tally) -> {});

        // Then
        assertThat(told).containsExactly(new Progress("default", "mx1", 7, true, List.of("mx1", "mx2")));
        assertThat(open.drain((key, host, pane, tally) -> {})).isEmpty();
    }

    private static void drain(OpenPanes open, Map<String, Long> into) {
        open.drain((key, host, pane, tally) ->
                into.merge(host + pane + key.watch() + key.name(), tally.count(Count.CONNECTS), Long::sum));
    }
}
