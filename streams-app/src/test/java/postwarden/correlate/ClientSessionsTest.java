package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.correlate.RecordedLog.enriched;
import static postwarden.correlate.RecordedLog.ofKind;
import static postwarden.correlate.RecordedLog.parsed;
import static postwarden.correlate.RecordedLog.values;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;

/** Sessions of clients: how many are open, whose a line is, and how many logins were refused. */
class ClientSessionsTest {
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
        Correlator correlator = RecordedLog.correlator();

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
        Correlator correlator = RecordedLog.correlator();

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
}
