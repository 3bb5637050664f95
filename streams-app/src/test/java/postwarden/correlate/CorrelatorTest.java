package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.correlate.RecordedLog.enriched;
import static postwarden.correlate.RecordedLog.ofKind;
import static postwarden.correlate.RecordedLog.parsed;
import static postwarden.correlate.RecordedLog.values;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;

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
    void a_postfix_delivery_knows_who_sent_the_message() {
        // When
        List<Event> events = enriched("submission.log");

        // Then
        Event delivery = ofKind(events, Kind.DELIVERY).get(0);
        assertThat(delivery.text(Field.ACCOUNT)).contains("henry.silva@example.com");
        assertThat(delivery.text(Field.SENDER)).contains("henry.silva@example.com");
        assertThat(delivery.text(Field.CLIENT_IP)).contains("198.51.100.225");
        assertThat(delivery.text(Field.MESSAGE_ID)).contains("7990624df558.1a1fd310cea@example.com");
        assertThat(delivery.number(Field.ATTEMPT, 0)).isEqualTo(1);
    }

    @Test
    void a_postfix_message_is_accepted_when_the_queue_manager_first_has_it_and_a_session_logs_in_once() {
        // When
        List<Event> events = enriched("submission.log");

        // Then
        assertThat(events.stream().filter(event -> event.has(Field.FIRST)))
                .singleElement()
                .matches(event -> event.is(Kind.QUEUE_ACTIVE))
                .matches(event -> event.text(Field.ACCOUNT, "").equals("henry.silva@example.com"));
        assertThat(events.stream().filter(event -> event.has(Field.LOGIN)))
                .singleElement()
                .matches(event -> event.is(Kind.RECEIVED));
    }

    @Test
    void nothing_is_remembered_of_what_is_over() {
        // Given
        HeapMemory<QueueEntry> queue = new HeapMemory<>();
        HeapMemory<Trace> traces = new HeapMemory<>();

        // When
        RecordedLog.enriched(
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
    void each_recipient_of_a_message_has_its_own_count_of_attempts() {
        // When
        List<Event> deliveries = ofKind(enriched("deferred-and-retried.log"), Kind.DELIVERY);

        // Then
        assertThat(values(deliveries, Field.ATTEMPT)).containsExactly("1", "1", "2", "2", "3", "3", "4", "4");
    }

    @Test
    void recipients_that_share_a_connection_are_one_connection() {
        // When
        List<Event> deliveries = ofKind(enriched("deferred-and-retried.log"), Kind.DELIVERY);

        // Then
        assertThat(values(deliveries.subList(2, 8), Field.SAME_CONNECTION))
                .containsExactly("-", "true", "-", "true", "-", "true");
    }

    @Test
    void a_relay_that_refused_before_the_one_that_took_the_message_is_told_with_the_recipient() {
        // When
        List<Event> deliveries = ofKind(enriched("two-recipients-first-relay-refuses.log"), Kind.DELIVERY);

        // Then
        assertThat(values(deliveries, Field.EARLIER_TROUBLES)).containsExactly("1", "-");
        assertThat(values(deliveries, Field.EARLIER_REASON)).containsExactly("TOO_MANY_CONNECTIONS", "-");
        assertThat(values(deliveries, Field.EARLIER_STAGE)).containsExactly("CONNECT", "-");
    }

    @Test
    void a_trouble_that_the_recipients_line_repeats_is_one_trouble() {
        // When
        List<Event> deliveries = ofKind(enriched("refused.log"), Kind.DELIVERY);

        // Then
        assertThat(deliveries).hasSizeGreaterThan(2);
        assertThat(values(deliveries, Field.EARLIER_TROUBLES)).containsOnly("-");
    }

    @Test
    void two_lines_about_one_refused_login_are_one_attempt_and_the_end_of_the_session_is_none() {
        // When
        List<Event> events = enriched("guessing.log");

        // Then
        List<Event> failures = ofKind(events, Kind.AUTH_FAILURE);
        assertThat(failures).hasSizeGreaterThanOrEqualTo(4);
        assertThat(values(failures.subList(0, 4), Field.FRESH_ATTEMPTS)).containsExactly("1", "0", "1", "0");
        assertThat(values(ofKind(events, Kind.DISCONNECT), Field.FRESH_ATTEMPTS))
                .containsOnly("-");
    }

    @Test
    void the_order_of_the_two_lines_does_not_matter() {
        // Given
        List<Event> events = new ArrayList<>(
                ofKind(parsed("guessing.log"), Kind.AUTH_FAILURE).subList(0, 2));
        Correlator correlator = correlator();

        // When
        List<Event> backwards = List.of(correlator.enrich(events.get(1)), correlator.enrich(events.get(0)));

        // Then
        assertThat(values(backwards, Field.FRESH_ATTEMPTS)).containsExactly("1", "0");
    }

    @Test
    void a_session_that_ends_with_failed_logins_that_no_line_told_of_counts_them() {
        // Given
        List<Event> silent = parsed("guessing.log").stream()
                .filter(event -> !event.is(Kind.AUTH_FAILURE))
                .toList();
        Correlator correlator = correlator();

        // When
        List<Event> events = silent.stream().map(correlator::enrich).toList();

        // Then
        assertThat(ofKind(events, Kind.DISCONNECT).get(0).number(Field.FRESH_ATTEMPTS, 0))
                .isEqualTo(1);
    }

    @Test
    void open_sessions_of_a_client_are_rebuilt() {
        // When
        List<Event> connects = ofKind(enriched("flood.log"), Kind.CONNECT);

        // Then
        assertThat(values(connects.subList(0, 9), Field.OBSERVED))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(connects).allMatch(event -> event.number(Field.OBSERVED, 0) < 20);
    }

    @Test
    void a_line_that_names_no_client_has_that_of_its_process() {
        // When
        List<Event> events = enriched("tls-library-problem.log");

        // Then
        assertThat(values(events, Field.CLIENT_IP)).containsOnly("203.0.113.234");
        assertThat(ofKind(events, Kind.DISCONNECT).get(0).decimal(Field.DURATION, -1))
                .isBetween(0.4, 0.43);
    }

    @Test
    void sessions_to_a_domain_that_were_open_at_once_are_rebuilt_while_all_is_well() {
        // When
        List<Event> deliveries =
                ofKind(enriched("two-recipients-first-relay-refuses.log", "deferred-and-retried.log"), Kind.DELIVERY);

        // Then: the second delivery of a connection is no session, and a refused one is not good
        assertThat(values(deliveries, Field.OUTBOUND_SESSIONS))
                .containsExactly("1", "-", "-", "-", "-", "-", "-", "-", "1", "-");
    }

    @Test
    void a_refusal_in_a_session_that_has_submitted_is_the_accounts() {
        // Given
        List<Event> lines = parsed("submission.log");
        Event refusal = new Event.Builder(lines.get(1).line(), Daemon.POSTFIX)
                .kind(Kind.REJECT)
                .put(Field.CLIENT_IP, "198.51.100.225")
                .build();
        Correlator correlator = correlator();

        // When
        correlator.enrich(lines.get(0));
        Event before = correlator.enrich(refusal);
        correlator.enrich(lines.get(1));
        Event after = correlator.enrich(refusal);

        // Then
        assertThat(before.has(Field.ACCOUNT)).isFalse();
        assertThat(after.text(Field.ACCOUNT)).contains("henry.silva@example.com");
    }

    @Test
    void an_exim_bounce_is_the_accounts_that_sent() {
        // When
        List<Event> deliveries = ofKind(enriched("exim-submission.log"), Kind.DELIVERY);

        // Then
        assertThat(deliveries.get(0).text(Field.ACCOUNT)).contains("quinn.petit@example.com");
        assertThat(deliveries.get(0).text(Field.CLIENT_IP)).contains("198.51.100.147");
        assertThat(deliveries.get(1).text(Field.SENDER)).contains("");
        assertThat(deliveries.get(1).has(Field.ACCOUNT)).isFalse();
    }

    @Test
    void a_local_submission_has_the_directory_that_it_ran_in() {
        // When
        List<Event> received = ofKind(enriched("exim-script.log"), Kind.RECEIVED);

        // Then
        assertThat(values(received, Field.WORKING_DIRECTORY)).containsExactly("/home/shop/public_html");
    }

    @Test
    void a_line_of_the_reject_log_that_the_main_log_holds_is_a_copy() {
        // When
        List<Event> main = new ArrayList<>(parsed("exim-mainlog.log"));
        List<Event> reject = parsed("exim-rejectlog.log");
        Correlator correlator = correlator();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < main.size(); i++) {
            events.add(correlator.enrich(main.get(i)));
            events.add(correlator.enrich(reject.get(i)));
        }

        // Then
        assertThat(values(events, Field.COPY)).containsExactly("-", "true", "-", "true", "-", "true");
    }

    @Test
    void a_message_whose_beginning_was_not_seen_is_not_counted_as_new() {
        // Given
        List<Event> cut = parsed("deferred-and-retried.log").subList(5, 16);
        Correlator correlator = correlator();

        // When
        List<Event> events = cut.stream().map(correlator::enrich).toList();

        // Then
        assertThat(values(events, Field.FIRST)).containsOnly("-");
        assertThat(values(ofKind(events, Kind.DELIVERY), Field.SENDER)).containsOnly("orders@example.com");
        assertThat(ofKind(events, Kind.DELIVERY).get(0).number(Field.ATTEMPT, 0))
                .isEqualTo(2);
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

    private static Correlator correlator() {
        return new Correlator(new HeapMemory<>(), new HeapMemory<>(), CorrelatorParams.DEFAULT);
    }
}
