package postwarden.soc.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimeOrderTest {
    private final List<String> given = new ArrayList<>();

    @Test
    void nothing_is_given_while_a_partition_may_still_tell_something_older() {
        TimeOrder<String> order = new TimeOrder<>(Set.of(0, 1));
        order.add(0, 20, "b");
        order.drain(given::add);
        assertThat(given).isEmpty();

        order.add(1, 10, "a");
        order.add(1, 30, "c");
        order.drain(given::add);
        assertThat(given).containsExactly("a", "b");

        order.end(0);
        order.drain(given::add);
        assertThat(given).containsExactly("a", "b", "c");
    }

    @Test
    void a_partition_keeps_its_own_order_whatever_its_stamps_say() {
        TimeOrder<String> order = new TimeOrder<>(Set.of(0, 1));
        order.add(0, 50, "first");
        order.add(0, 40, "second");
        order.add(1, 45, "other");
        order.end(0);
        order.end(1);
        order.drain(given::add);

        assertThat(given).containsExactly("other", "first", "second");
        assertThat(order.allEnded()).isTrue();
    }
}
