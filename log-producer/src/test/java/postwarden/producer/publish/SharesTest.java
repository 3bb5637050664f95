package postwarden.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final int ROOM = 90;
    private static final long BYTES = 65_536;

    private final Window window = new Window(new PublishParams(
            "mail.lines", Map.of(), ROOM, BYTES, Duration.ZERO, Duration.ofSeconds(10), Duration.ofMillis(100)));

    @Test
    void one_partition_alone_may_take_all() {
        // When
        int taken = fill("mx1", 0, 1).size() + fill("mx2", 0, 1).size();

        // Then
        assertThat(taken).isEqualTo(ROOM);
        assertThat(window.hasRoom("mx1")).isTrue();
        assertThat(window.hasRoom()).isFalse();
    }

    @Test
    void one_that_stands_still_leaves_a_third_to_the_others_and_two_leave_some() {
        // Given
        add("mx2", 1, 1);
        add("mx3", 2, 1);

        // When
        int first = fill("mx1", 0, 1).size();
        int second = fill("mx2", 1, 1).size() + 1;

        // Then
        assertThat(first).isEqualTo(2 * ROOM / 3 - 1);
        assertThat(second).isEqualTo(20);
        assertThat(window.hasRoom("mx1")).isFalse();
        assertThat(window.hasRoom("mx2")).isFalse();
        assertThat(window.hasRoom("mx3")).isTrue();
        assertThat(window.hasRoom("mx4")).as("nobody knows where it goes").isTrue();
        assertThat(window.hasRoom()).isTrue();
    }

    @Test
    void texts_are_shared_out_too() {
        // Given
        add("mx2", 1, 1);

        // When
        fill("mx1", 0, 1_000);

        // Then
        assertThat(window.hasRoom("mx1")).isFalse();
        assertThat(window.hasRoom("mx2")).isTrue();
        assertThat(window.size()).isBetween(39, 44);
    }

    @Test
    void a_small_buffer_of_kafkas_bounds_the_texts() {
        // Given
        Window small = new Window(new PublishParams(
                "mail.lines",
                Map.of("buffer.memory", "20000"),
                ROOM,
                BYTES,
                Duration.ZERO,
                Duration.ofSeconds(10),
                Duration.ofMillis(100)));

        // When
        InFlight unused = small.add(SomeLines.line(ByteBuffer.allocate(10_000)), () -> {});

        // Then
        assertThat(small.hasRoom()).isFalse();
    }

    @Test
    void one_that_was_full_goes_on_when_a_quarter_of_its_room_is_free_and_not_line_by_line() {
        // Given
        add("mx2", 1, 1);
        List<InFlight> records = fill("mx1", 0, 1);

        // When
        List<Boolean> rooms = new ArrayList<>();
        for (InFlight record : records.subList(0, 8)) {
            window.settle(record);
            rooms.add(window.hasRoom("mx1"));
        }

        // Then
        assertThat(rooms).containsExactly(false, false, false, false, false, false, true, true);
    }

    @Test
    void a_record_that_was_acknowledged_before_its_place_was_known_counts_nowhere() {
        // Given
        add("mx2", 1, 1);
        InFlight record = window.add(SomeLines.line("mx1", ByteBuffer.allocate(1)), () -> {});
        record.goesTo(0);
        window.settle(record);

        // When
        window.placed(record);

        // Then
        assertThat(fill("mx1", 0, 1)).hasSize(2 * ROOM / 3);
    }

    @Test
    void a_record_that_is_sent_again_to_another_partition_counts_there() {
        // Given
        add("mx2", 1, 1);
        List<InFlight> records = fill("mx1", 0, 1);

        // When
        records.forEach(record -> place(record, 2));

        // Then
        assertThat(fill("mx3", 0, 1)).hasSizeGreaterThan(10);
        assertThat(window.hasRoom("mx1")).isFalse();
        records.forEach(window::settle);
        assertThat(window.hasRoom("mx1")).isTrue();
    }

    @Test
    void only_where_nothing_is_acknowledged_a_partition_stands_still() {
        // Given
        add("mx1", 0, 1);
        InFlight other = add("mx2", 1, 1);
        InFlight another = add("mx2", 1, 1);
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < 20_000_000) {
            Thread.onSpinWait();
        }

        // When
        window.settle(other);

        // Then
        assertThat(window.stalledMillis()).isGreaterThanOrEqualTo(20);
        assertThat(window.stalledAmongOthers(15)).containsExactly(0);
        assertThat(window.settle(another)).isTrue();
        assertThat(window.stalledAmongOthers(15)).containsExactly(0);
    }

    private List<InFlight> fill(String host, int partition, int length) {
        List<InFlight> records = new ArrayList<>();
        while (window.hasRoom() && window.hasRoom(host)) {
            records.add(add(host, partition, length));
        }
        return records;
    }

    private InFlight add(String host, int partition, int length) {
        InFlight record = window.add(SomeLines.line(host, ByteBuffer.allocate(length)), () -> {});
        place(record, partition);
        return record;
    }

    private void place(InFlight record, int partition) {
        record.goesTo(partition);
        window.placed(record);
    }
}
