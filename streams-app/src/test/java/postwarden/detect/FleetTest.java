package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import postwarden.correlate.Memory;
import postwarden.tally.Progress;

class FleetTest {
    private static final String TENANT = "default";
    private static final WatchParams LIVE = new WatchParams(
            Optional.of(Duration.ofSeconds(60)),
            0.1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            CrowdParams.STANDARD);

    private final Map<String, HostProgress> stored = new HashMap<>();

    @Test
    void the_roll_tells_who_is_waited_for_who_is_left_behind_and_who_has_ended() {
        // Given
        Fleet fleet = fleet(LIVE);
        for (int host = 0; host < 10; host++) {
            fleet.progress(new Progress(TENANT, "mx" + host, 1000, false, List.of()));
        }

        // When
        fleet.progress(new Progress(TENANT, "late", 900, false, List.of()));
        fleet.progress(new Progress(TENANT, "gone", 900, true, List.of()));
        fleet.progress(new Progress("other", "alone", 5, false, List.of("alone", "announced")));

        // Then "announced" has said nothing while another of its tenant has
        assertThat(fleet.roll()).isEqualTo(new Fleet.Roll(11, 2, 1));
    }

    @Test
    void a_tenant_that_was_only_asked_about_has_not_ended() {
        // Given a watch that got tallies before any word of progress
        Fleet fleet = fleet(WatchParams.REPLAY);

        // When
        long closed = fleet.closedThrough(TENANT);

        // Then
        assertThat(closed).isEqualTo(Long.MIN_VALUE);
        assertThat(fleet.hasEnded(TENANT)).isFalse();
        assertThat(fleet.tenants()).isEmpty();
    }

    @Test
    void a_host_that_was_announced_is_waited_for() {
        // Given
        Fleet fleet = fleet(WatchParams.REPLAY);

        // When
        fleet.progress(new Progress(TENANT, "mx1", 100, false, List.of("mx1", "mx2")));

        // Then
        assertThat(fleet.closedThrough(TENANT)).isEqualTo(Long.MIN_VALUE);
        assertThat(fleet.closedThrough(TENANT, "mx1")).isEqualTo(100);
    }

    @Test
    void a_host_that_has_ended_holds_nobody_back() {
        // Given
        Fleet fleet = fleet(WatchParams.REPLAY);
        fleet.progress(new Progress(TENANT, "mx1", 100, false, List.of("mx1", "mx2")));

        // When
        fleet.progress(new Progress(TENANT, "mx2", 40, true, List.of()));

        // Then
        assertThat(fleet.closedThrough(TENANT)).isEqualTo(100);
        assertThat(fleet.hasEnded(TENANT)).isFalse();
    }

    @Test
    void live_a_host_more_than_a_minute_behind_is_left_behind() {
        // Given
        Fleet fleet = fleet(LIVE);
        fleet.progress(new Progress(TENANT, "mx1", 100, false, List.of("mx1", "mx2")));

        // When
        fleet.progress(new Progress(TENANT, "mx2", 93, false, List.of()));

        // Then
        assertThat(fleet.closedThrough(TENANT)).isEqualTo(100);
    }

    @Test
    void live_one_host_with_a_wrong_clock_leaves_nobody_behind() {
        // Given
        Fleet fleet = fleet(LIVE);
        fleet.progress(new Progress(TENANT, "mx1", 100, false, List.of("mx1", "mx2", "mx3")));
        fleet.progress(new Progress(TENANT, "mx2", 99, false, List.of()));

        // When one says that it is an hour later
        fleet.progress(new Progress(TENANT, "mx3", 460, false, List.of()));

        // Then
        assertThat(fleet.closedThrough(TENANT)).isEqualTo(99);
    }

    @Test
    void live_a_wrong_clock_leaves_nobody_behind_when_others_have_ended() {
        // Given
        Fleet fleet = fleet(LIVE);
        fleet.progress(new Progress(TENANT, "mx1", 100, true, List.of("mx1", "mx2", "mx3")));
        fleet.progress(new Progress(TENANT, "mx2", 99, false, List.of()));

        // When
        fleet.progress(new Progress(TENANT, "mx3", 460, false, List.of()));

        // Then
        assertThat(fleet.closedThrough(TENANT)).isEqualTo(99);
    }

    @Test
    void live_a_host_that_two_others_have_left_behind_holds_nobody_back() {
        // Given
        Fleet fleet = fleet(LIVE);
        fleet.progress(new Progress(TENANT, "mx1", 100, false, List.of("mx1", "mx2", "mx3")));
        fleet.progress(new Progress(TENANT, "mx2", 102, false, List.of()));

        // When
        fleet.progress(new Progress(TENANT, "mx3", 60, false, List.of()));

        // Then
        assertThat(fleet.closedThrough(TENANT)).isEqualTo(100);
    }

    @Test
    void live_a_host_a_minute_behind_is_still_waited_for() {
        // Given
        Fleet fleet = fleet(LIVE);
        fleet.progress(new Progress(TENANT, "mx1", 100, false, List.of("mx1", "mx2")));

        // When
        fleet.progress(new Progress(TENANT, "mx2", 94, false, List.of()));

        // Then
        assertThat(fleet.closedThrough(TENANT)).isEqualTo(94);
    }

    @Test
    void what_is_known_survives_a_restart() {
        // Given
        fleet(WatchParams.REPLAY).progress(new Progress(TENANT, "mx1", 100, true, List.of("mx1")));

        // When
        Fleet restarted = fleet(WatchParams.REPLAY);

        // Then
        assertThat(restarted.closedThrough(TENANT)).isEqualTo(100);
        assertThat(restarted.hasEnded(TENANT)).isTrue();
    }

    private Fleet fleet(WatchParams params) {
        return new Fleet(
                new Memory<>() {
                    @Override
                    public Optional<HostProgress> get(String key) {
                        return Optional.ofNullable(stored.get(key));
                    }

                    @Override
                    public void put(String key, HostProgress value) {
                        stored.put(key, value);
                    }

                    @Override
                    public void remove(String key) {
                        stored.remove(key);
                    }

                    @Override
                    public void some(int most, BiConsumer<String, HostProgress> visitor) {
                        forEach(visitor);
                    }

                    @Override
                    public void forEach(BiConsumer<String, HostProgress> visitor) {
                        stored.forEach(visitor);
                    }
                },
                params);
    }
}
