package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import postwarden.correlate.HeapMemory;
import postwarden.detect.Report;
import postwarden.tally.Key;
import postwarden.tally.Watch;

class WaitingTest {
    private static final String TENANT = "default";
    private static final int PARTS = 4;

    private final HeapMemory<Settled> parts = new HeapMemory<>();
    private final HeapMemory<List<Report>> reports = new HeapMemory<>();

    @Test
    void nothing_is_due_while_a_part_has_said_nothing() {
        // Given
        Waiting waiting = new Waiting(parts, reports);
        waiting.add(report(1, 0));

        // When
        for (int part = 0; part < PARTS - 1; part++) {
            waiting.settled(settled(part, 10, false));
        }

        // Then
        assertThat(waiting.due(TENANT)).isEmpty();
    }

    @Test
    void reports_come_in_the_order_of_panes_whichever_part_is_faster() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(panes(seed)).as("seed %d", seed).isSorted().hasSize(PARTS * 50);
        }
    }

    @Test
    void a_report_that_comes_behind_its_pane_is_due_at_once() {
        // Given
        Waiting waiting = new Waiting(parts, reports);
        for (int part = 0; part < PARTS; part++) {
            waiting.settled(settled(part, 10, false));
        }

        // When
        waiting.add(report(3, 0));

        // Then
        assertThat(waiting.due(TENANT)).hasSize(1);
        assertThat(waiting.due(TENANT)).isEmpty();
    }

    @Test
    void it_has_ended_when_all_parts_have_and_nothing_waits() {
        // Given
        Waiting waiting = new Waiting(parts, reports);
        waiting.add(report(100, 0));

        // When
        for (int part = 0; part < PARTS; part++) {
            waiting.settled(settled(part, 10, true));
        }

        // Then
        assertThat(waiting.hasEnded(TENANT)).isFalse();
        assertThat(waiting.due(TENANT)).hasSize(1);
        assertThat(waiting.hasEnded(TENANT)).isTrue();
        assertThat(waiting.hasEnded("another")).isFalse();
    }

    @Test
    void what_waits_survives_a_restart() {
        // Given
        Waiting before = new Waiting(parts, reports);
        before.add(report(5, 0));
        before.add(report(5, 1));
        for (int part = 0; part < PARTS - 1; part++) {
            before.settled(settled(part, 10, false));
        }

        // When
        Waiting after = new Waiting(parts, reports);
        after.settled(settled(PARTS - 1, 10, false));

        // Then
        assertThat(after.due(TENANT)).containsExactly(new Waiting.Due(5, List.of(report(5, 0), report(5, 1))));
        assertThat(new Waiting(parts, reports).due(TENANT)).isEmpty();
    }

    /** Each part reports once a pane and then says so, at a speed of its own. */
    private static List<Long> panes(long seed) {
        Random random = new Random(seed);
        Waiting waiting = new Waiting(new HeapMemory<>(), new HeapMemory<>());
        long[] next = new long[PARTS];
        List<Long> due = new ArrayList<>();
        for (int left = PARTS * 50; left > 0; ) {
            int part = random.nextInt(PARTS);
            if (next[part] < 50) {
                left--;
                waiting.add(report(next[part], part));
                waiting.settled(settled(part, next[part], next[part] == 49));
                next[part]++;
                for (Waiting.Due each : waiting.due(TENANT)) {
                    each.reports().forEach(report -> due.add(each.pane()));
                }
            }
        }
        return due;
    }

    private static Settled settled(int part, long through, boolean ended) {
        return new Settled(TENANT, part, PARTS, through, ended);
    }

    private static Report report(long pane, int part) {
        return new Report.Over(
                "connection-flood", new Key(TENANT, Watch.CLIENT, "192.0.2." + part), "mx1", pane, pane, "");
    }
}
