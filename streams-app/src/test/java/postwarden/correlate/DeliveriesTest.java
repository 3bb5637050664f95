package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.correlate.RecordedLog.enriched;
import static postwarden.correlate.RecordedLog.ofKind;
import static postwarden.correlate.RecordedLog.values;

import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;

/** What a delivery is, besides its own line: which attempt, over which connection, after which troubles. */
class DeliveriesTest {
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
    void sessions_to_a_domain_that_were_open_at_once_are_rebuilt_while_all_is_well() {
        // When
        List<Event> deliveries =
                ofKind(enriched("two-recipients-first-relay-refuses.log", "deferred-and-retried.log"), Kind.DELIVERY);

        // Then: the second delivery of a connection is no session, and a refused one is not good
        assertThat(values(deliveries, Field.OUTBOUND_SESSIONS))
                .containsExactly("1", "-", "-", "-", "-", "-", "-", "-", "1", "-");
    }
}
