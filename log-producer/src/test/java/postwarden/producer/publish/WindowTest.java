package postwarden.producer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WindowTest {
    private static final int ROOM = 8;
    private static final long LONG_MILLIS = 60_000;

    private final Window window = new Window(new PublishParams(
            "mail.lines", Map.of(), ROOM, 65_536, Duration.ZERO, Duration.ofSeconds(10), Duration.ofMillis(100)));

    @Test
    void what_is_acknowledged_in_another_order_leaves_the_others_in_theirs() {
        // Given
        List<InFlight> records = filled(5);

        // When
        List.of(3, 0, 1).forEach(i -> window.settle(records.get(i)));

        // Then
        assertThat(window.all()).containsExactly(records.get(2), records.get(4));
        assertThat(window.size()).isEqualTo(2);
        assertThat(window.settle(records.get(3))).as("a second time").isFalse();
        assertThat(window.size()).isEqualTo(2);
    }

    @Test
    void what_goes_on_behind_a_record_that_is_stuck_is_let_go_of() {
        // Given a partition without a leader
        InFlight stuck = window.add(line(1), () -> {});

        // When the others take records and texts for hours
        int most = 0;
        for (int i = 0; i < 10_000; i++) {
            window.settle(window.add(line(i % 2 == 0 ? 1 : 16_384), () -> {}));
            most = Math.max(most, window.kept());
        }

        // Then
        assertThat(most).isLessThanOrEqualTo(2 * ROOM + 1);
        assertThat(window.all()).containsExactly(stuck);
    }

    @Test
    void texts_fill_it_too_and_leave_room_when_they_are_acknowledged() {
        // Given
        InFlight large = window.add(line(65_536), () -> {});
        boolean before = window.hasRoom();

        // When
        window.settle(large);

        // Then
        assertThat(before).isFalse();
        assertThat(window.hasRoom()).isTrue();
    }

    @Test
    void a_line_that_became_a_loss_counts_for_no_text_and_one_that_was_acknowledged_becomes_none() {
        // Given
        InFlight large = window.add(line(65_536), () -> {});
        InFlight gone = window.add(line(1), () -> {});
        window.settle(gone);

        // When
        boolean lost = window.lose(large, "too large");

        // Then
        assertThat(lost).isTrue();
        assertThat(large.isLine()).isFalse();
        assertThat(window.hasRoom()).isTrue();
        assertThat(window.lose(gone, "too large")).isFalse();
        assertThat(window.all()).containsExactly(large);
    }

    @Test
    @Timeout(30)
    void a_reader_without_room_goes_on_when_a_quarter_is_free_and_not_for_each_record() throws InterruptedException {
        // Given
        List<InFlight> records = filled(ROOM);
        AtomicInteger left = new AtomicInteger(ROOM);
        CountDownLatch woken = new CountDownLatch(1);
        Thread reader = new Thread(() -> {
            try {
                window.awaitRoom(LONG_MILLIS);
                left.set(window.size());
                woken.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();
        while (reader.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        // When
        records.forEach(window::settle);
        woken.await();

        // Then
        assertThat(left.get()).isLessThanOrEqualTo(ROOM - 2);
        reader.join();
    }

    private List<InFlight> filled(int count) {
        List<InFlight> records = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> records.add(window.add(line(1), () -> {})));
        return records;
    }

    private static Outgoing line(int length) {
        return SomeLines.line(ByteBuffer.allocate(length));
    }
}
