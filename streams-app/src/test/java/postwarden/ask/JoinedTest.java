package postwarden.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists of several instances as one. */
class JoinedTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void a_hosts_numbers_and_its_incidents_are_one_row_whichever_instance_told_first() {
        // Given
        HostRow numbers = new HostRow("default", "mx1", NOON, "CURRENT", 10, 1, Map.of());
        HostRow incidents = new HostRow("default", "mx1", Instant.EPOCH, HostRow.UNKNOWN, 0, 0, Map.of("flood", 2L));

        // When
        Listing<HostRow> one = HostRow.joined(List.of(list(numbers), list(incidents)));
        Listing<HostRow> other = HostRow.joined(List.of(list(incidents), list(numbers)));

        // Then
        assertThat(one.rows())
                .containsExactly(new HostRow("default", "mx1", NOON, "CURRENT", 10, 1, Map.of("flood", 2L)));
        assertThat(other).isEqualTo(one);
        assertThat(one.total()).isEqualTo(1);
    }

    @Test
    void lines_of_one_kind_from_two_instances_add_up() {
        // Given
        DriftRow early = new DriftRow("a", "postfix", "smtpd", "x", 3, NOON, NOON, "1", "first");
        DriftRow late =
                new DriftRow("a", "postfix", "smtpd", "x", 4, NOON.plusSeconds(1), NOON.plusSeconds(9), "2", "second");
        DriftRow rare = new DriftRow("b", "exim", "exim", "y", 1, NOON, NOON, "", "z");

        // When
        Listing<DriftRow> joined = DriftRow.joined(List.of(list(rare, late), list(early)), 1);

        // Then
        assertThat(joined.total()).isEqualTo(2);
        assertThat(joined.rows())
                .containsExactly(
                        new DriftRow("a", "postfix", "smtpd", "x", 7, NOON, NOON.plusSeconds(9), "2", "first"));
    }

    private static <T> Listing<T> list(T row) {
        return new Listing<>(List.of(row), 1);
    }

    private static <T> Listing<T> list(T one, T other) {
        return new Listing<>(List.of(one, other), 2);
    }
}
