package postwarden.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import postwarden.detect.Severity;
import postwarden.detect.Subject;
import postwarden.diff.Place;
import postwarden.incident.Alert;
import postwarden.policy.Remarks;

class PlanTest {
    private static final long PANE = 10_000;
    private static final Instant FIRST = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant NEWEST = FIRST.plusSeconds(3600);

    private final Plan plan = new Plan(
            new Plan.Order("", "", "", 1),
            Map.of(0, new Range(100, 200), 1, new Range(0, 0)),
            List.of(
                    host("mx1", 10),
                    host("mx2", 20),
                    new HostPart(0, "default", "ghost", 100, 0, 0, HostPart.NO_TIME, HostPart.NO_TIME, 0)));

    @Test
    void an_alert_is_of_the_range_when_all_lines_that_it_shows_are() {
        assertThat(plan.place(alert(NEWEST, 100, 199), PANE)).isEqualTo(Place.INSIDE);
        assertThat(plan.place(alert(NEWEST, 99, 199), PANE)).isEqualTo(Place.BEFORE);
        assertThat(plan.place(alert(NEWEST, 99, 200), PANE)).isEqualTo(Place.BEHIND);
    }

    @Test
    void an_alert_that_was_last_seen_behind_the_range_is_behind_it_whatever_it_shows() {
        assertThat(plan.place(alert(NEWEST.plusMillis(PANE), 150), PANE)).isEqualTo(Place.INSIDE);
        assertThat(plan.place(alert(NEWEST.plusMillis(PANE + 1), 150), PANE)).isEqualTo(Place.BEHIND);
    }

    @Test
    void hosts_count_when_they_speak_and_for_as_long_as_they_were_watched() {
        long all = Long.MAX_VALUE;
        assertThat(plan.speakers(Long.MIN_VALUE, all)).containsExactly("default/mx1", "default/mx2");
        assertThat(plan.watched(Long.MIN_VALUE, all)).isEqualTo(Duration.ofMinutes(30));
        assertThat(plan.watched(FIRST.plusSeconds(3000).toEpochMilli(), all)).isEqualTo(Duration.ofMinutes(20));
        assertThat(plan.speakers(NEWEST.toEpochMilli() + 1, all)).isEmpty();
    }

    private static HostPart host(String name, int watchedMinutes) {
        return new HostPart(
                0,
                "default",
                name,
                150,
                10,
                10,
                FIRST.toEpochMilli(),
                NEWEST.toEpochMilli(),
                Duration.ofMinutes(watchedMinutes).toMillis());
    }

    private static Alert alert(Instant lastSeen, long... offsets) {
        List<Alert.Evidence> evidence = LongStream.of(offsets)
                .mapToObj(offset -> new Alert.Evidence("mx1", "mail.log", 0, "mail.lines", 0, offset, FIRST, "x"))
                .toList();
        return new Alert(
                "id",
                "default",
                Alert.State.OPEN,
                1,
                "connection-flood",
                1,
                Severity.HIGH,
                1,
                "SINGLE_SOURCE",
                List.of(),
                Subject.client("mx1", "192.0.2.1"),
                FIRST,
                FIRST,
                lastSeen,
                Alert.NOT_YET,
                "",
                "",
                "",
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                evidence,
                List.of(),
                "",
                "",
                List.of(),
                List.of(),
                false,
                List.of(),
                "",
                Optional.empty(),
                Remarks.NONE);
    }
}
