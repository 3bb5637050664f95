package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.correlate.RecordedLog.enriched;
import static postwarden.correlate.RecordedLog.ofKind;
import static postwarden.correlate.RecordedLog.parsed;
import static postwarden.correlate.RecordedLog.values;

import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;

/** Who sent a message: the account, the client and the directory that are known to its later lines. */
class SendersTest {
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
    void a_message_whose_beginning_was_not_seen_is_not_counted_as_new() {
        // Given
        List<Event> cut = parsed("deferred-and-retried.log").subList(5, 16);
        Correlator correlator = RecordedLog.correlator();

        // When
        List<Event> events = cut.stream().map(correlator::enrich).toList();

        // Then
        assertThat(values(events, Field.FIRST)).containsOnly("-");
        assertThat(values(ofKind(events, Kind.DELIVERY), Field.SENDER)).containsOnly("orders@example.com");
        assertThat(ofKind(events, Kind.DELIVERY).get(0).number(Field.ATTEMPT, 0))
                .isEqualTo(2);
    }

    @Test
    void a_refusal_in_a_session_that_has_submitted_is_the_accounts() {
        // Given
        List<Event> lines = parsed("submission.log");
        Event refusal = new Event.Builder(lines.get(1).line(), Daemon.POSTFIX)
                .kind(Kind.REJECT)
                .put(Field.CLIENT_IP, "198.51.100.225")
                .build();
        Correlator correlator = RecordedLog.correlator();

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
}
