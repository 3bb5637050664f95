package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.correlate.RecordedLog.enriched;
import static postwarden.correlate.RecordedLog.parsed;
import static postwarden.correlate.RecordedLog.values;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import postwarden.event.Event;
import postwarden.event.Field;

/** What the correlator remembers, and what it must not. */
class CorrelatorTest {
    private static final List<String> ALL = List.of(
            "submission.log",
            "guessing.log",
            "flood.log",
            "bounce.log",
            "deferred-and-retried.log",
            "two-recipients-first-relay-refuses.log",
            "refused.log",
            "tls-library-problem.log",
            "exim-submission.log",
            "exim-script.log",
            "exim-mainlog.log",
            "exim-rejectlog.log");

    @Test
    void nothing_is_remembered_of_what_is_over() {
        // Given
        HeapMemory<QueueEntry> queue = new HeapMemory<>();
        HeapMemory<Trace> traces = new HeapMemory<>();

        // When
        enriched(
                queue,
                traces,
                "submission.log",
                "deferred-and-retried.log",
                "tls-library-problem.log",
                "exim-submission.log");

        // Then
        assertThat(queue.size()).isZero();
        traces.forEach((key, trace) ->
                assertThat(trace).isInstanceOfAny(Trace.Outbound.class, Trace.Copies.class, Trace.Files.class));
    }

    @Test
    void a_line_of_the_reject_log_that_the_main_log_holds_is_a_copy() {
        // When
        List<Event> main = new ArrayList<>(parsed("exim-mainlog.log"));
        List<Event> reject = parsed("exim-rejectlog.log");
        Correlator correlator = RecordedLog.correlator();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < main.size(); i++) {
            events.add(correlator.enrich(main.get(i)));
            events.add(correlator.enrich(reject.get(i)));
        }

        // Then
        assertThat(values(events, Field.COPY)).containsExactly("-", "true", "-", "true", "-", "true");
    }

    @Test
    void a_line_in_doubt_teaches_nothing() {
        // Given
        Event connect = parsed("flood.log").get(0).toBuilder()
                .put(Field.AMBIGUOUS, true)
                .build();
        HeapMemory<Trace> traces = new HeapMemory<>();

        // When
        Event same = new Correlator(new HeapMemory<>(), traces, CorrelatorParams.DEFAULT).enrich(connect);

        // Then
        assertThat(same).isSameAs(connect);
        traces.forEach((key, trace) -> assertThat(trace).isInstanceOfAny(Trace.Copies.class, Trace.Files.class));
    }

    @Property(tries = 30)
    void any_order_of_lines_is_taken_and_what_is_remembered_stays_bounded(@ForAll long seed) {
        List<Event> lines = new ArrayList<>();
        for (String file : ALL) {
            lines.addAll(parsed(file));
        }
        Collections.shuffle(lines, new Random(seed));
        HeapMemory<QueueEntry> queue = new HeapMemory<>();
        HeapMemory<Trace> traces = new HeapMemory<>();
        Correlator correlator = new Correlator(queue, traces, CorrelatorParams.DEFAULT);

        List<Event> events = lines.stream().map(correlator::enrich).toList();

        for (int i = 0; i < lines.size(); i++) {
            assertThat(events.get(i).kind()).isEqualTo(lines.get(i).kind());
            assertThat(events.get(i).line()).isSameAs(lines.get(i).line());
            assertThat(events.get(i).number(Field.OBSERVED, 1)).isPositive();
            assertThat(events.get(i).number(Field.FRESH_ATTEMPTS, 0)).isNotNegative();
        }
        assertThat(queue.size() + traces.size()).isLessThan(lines.size());
    }
}
