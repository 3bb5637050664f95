package postwarden.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A host that invents schema ids does not turn a reader into a load on the registry. */
class UnknownIdsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource source = now::get;
    private final UnknownIds ids = new UnknownIds(source.withZone(ZoneOffset.UTC));

    @Test
    void an_unknown_id_is_asked_for_once_in_a_while() {
        // Given
        ids.add(7);

        // When
        boolean refusedAtOnce = ids.refusal(7).isPresent();
        now.set(Instant.EPOCH.plus(Duration.ofSeconds(31)));
        boolean refusedLater = ids.refusal(7).isPresent();

        // Then
        assertThat(refusedAtOnce).isTrue();
        assertThat(refusedLater).isFalse();
    }

    @Test
    void many_unknown_ids_in_a_second_are_rationed_until_the_next() {
        // Given
        IntStream.range(0, 10).forEach(ids::add);

        // When
        boolean inThisSecond = ids.refusal(11).isPresent();
        now.set(Instant.EPOCH.plus(Duration.ofSeconds(1)));
        boolean inTheNext = ids.refusal(11).isPresent();

        // Then
        assertThat(inThisSecond).isTrue();
        assertThat(inTheNext).isFalse();
    }

    @Test
    void a_clock_that_is_set_back_does_not_block_for_longer() {
        // Given
        now.set(Instant.EPOCH.plus(Duration.ofDays(1)));
        ids.add(7);

        // When
        now.set(Instant.EPOCH);

        // Then
        assertThat(ids.refusal(7)).isEmpty();
    }
}
