package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.correlate.RecordedLog.enriched;
import static postwarden.correlate.RecordedLog.ofKind;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;

/** A message that goes through a content filter behind a port of loopback is one message, of whoever gave it. */
class FilteredLinesTest {
    private static final String CLIENT = "client=unknown[203.0.113.9]";
    private static final String LOGIN = CLIENT + ", sasl_method=PLAIN, sasl_username=jo@example.com";
    private static final String FILTER = "client=localhost[127.0.0.1]";

    @Test
    void a_filter_that_names_the_first_queue_id_is_believed_at_once() {
        // When
        List<Event> events = enriched(
                passage(10, LOGIN, "4jWlX10bdFz5GG", FILTER + ", orig_queue_id=4jWlX10bdFz5GG", "4jWlX20bdFz5GB"));

        // Then
        assertThat(accepted(events))
                .singleElement()
                .matches(first -> first.text(Field.QUEUE_ID, "").equals("4jWlX10bdFz5GG"));
        assertThat(bounced(events)).singleElement().satisfies(FilteredLinesTest::isJos);
    }

    @Test
    void a_message_id_says_so_on_a_host_that_hands_its_mail_to_a_filter() {
        // Given a first message, from which it is learnt that there is one
        List<String> lines = new ArrayList<>(passage(10, CLIENT, "4jWlX10bdFz5GG", FILTER, "4jWlX20bdFz5GB"));
        lines.addAll(passage(20, LOGIN, "4jWlX30bdFz5GC", FILTER, "4jWlX40bdFz5GD"));

        // When
        List<Event> events = enriched(lines);

        // Then
        assertThat(accepted(events))
                .extracting(first -> first.text(Field.QUEUE_ID, ""))
                .containsExactly("4jWlX10bdFz5GG", "4jWlX20bdFz5GB", "4jWlX30bdFz5GC");
        assertThat(bounced(events).get(1)).satisfies(FilteredLinesTest::isJos);
    }

    @Test
    void a_second_filter_gives_back_what_the_first_gave() {
        // Given
        List<String> lines = new ArrayList<>(passage(10, CLIENT, "4jWlX10bdFz5GG", FILTER, "4jWlX20bdFz5GB"));
        lines.addAll(given(20, LOGIN, "4jWlX30bdFz5GC"));
        lines.addAll(given(21, FILTER, "4jWlX40bdFz5GD", "20@example.com"));
        lines.addAll(handedOn(22, "4jWlX30bdFz5GC", "4jWlX40bdFz5GD"));
        lines.addAll(given(23, FILTER, "4jWlX50bdFz5GF", "20@example.com"));
        lines.addAll(handedOn(24, "4jWlX40bdFz5GD", "4jWlX50bdFz5GF"));
        lines.add(refused(25, "4jWlX50bdFz5GF"));

        // When
        List<Event> events = enriched(lines);

        // Then
        assertThat(accepted(events)).hasSize(3);
        assertThat(bounced(events).get(1)).satisfies(FilteredLinesTest::isJos);
    }

    @Test
    void what_a_program_of_the_host_gives_by_loopback_is_a_message_of_its_own() {
        // Given
        List<String> lines = new ArrayList<>(passage(10, LOGIN, "4jWlX10bdFz5GG", FILTER, "4jWlX20bdFz5GB"));
        lines.addAll(given(20, FILTER, "4jWlX30bdFz5GC"));
        lines.add(refused(21, "4jWlX30bdFz5GC"));

        // When
        List<Event> events = enriched(lines);

        // Then
        assertThat(accepted(events)).hasSize(3);
        assertThat(bounced(events).get(1).text(Field.ACCOUNT)).contains("ip:127.0.0.1");
        assertThat(bounced(events).get(1).text(Field.CLIENT_IP)).contains("127.0.0.1");
    }

    @Test
    void nobody_from_elsewhere_gets_anothers_account_by_a_message_id() {
        // Given
        List<String> lines = new ArrayList<>(passage(10, LOGIN, "4jWlX10bdFz5GG", FILTER, "4jWlX20bdFz5GB"));
        lines.addAll(given(20, LOGIN, "4jWlX30bdFz5GC"));
        lines.addAll(given(21, "client=unknown[203.0.113.77]", "4jWlX40bdFz5GD", "20@example.com"));
        lines.add(refused(22, "4jWlX40bdFz5GD"));

        // When
        List<Event> events = enriched(lines);

        // Then
        assertThat(bounced(events).get(1).has(Field.ACCOUNT)).isFalse();
        assertThat(accepted(events)).hasSize(4);
    }

    @Test
    void exim_tells_the_second_coming_in_one_line() {
        // Given
        String host = "2026-11-21T08:16:1%d.000000+00:00 mx1 exim[9]: ";
        List<String> lines = List.of(
                host.formatted(0) + "1tEcvN-000000001Aa-0abc <= jo@example.com H=(pc) [203.0.113.9] P=esmtpsa"
                        + " A=plain:jo@example.com S=900 id=1@example.com",
                host.formatted(1) + "1tEcvN-000000001Ab-0abc <= jo@example.com H=localhost [127.0.0.1] P=esmtp S=990"
                        + " id=1@example.com",
                host.formatted(1) + "1tEcvN-000000001Aa-0abc => sam@example.net R=amavis T=amavis_smtp H=127.0.0.1"
                        + " [127.0.0.1]:10024 C=\"250 2.0.0 from MTA: queued as 1tEcvN-000000001Ab-0abc\"",
                host.formatted(1) + "1tEcvN-000000001Aa-0abc Completed",
                host.formatted(2) + "1tEcvN-000000001Ba-0abc <= jo@example.com H=(pc) [203.0.113.9] P=esmtpsa"
                        + " A=plain:jo@example.com S=900 id=2@example.com",
                host.formatted(3) + "1tEcvN-000000001Bb-0abc <= jo@example.com H=localhost [127.0.0.1] P=esmtp S=990"
                        + " id=2@example.com");

        // When
        List<Event> events = enriched(lines);

        // Then
        assertThat(accepted(events))
                .extracting(first -> first.text(Field.QUEUE_ID, ""))
                .containsExactly("1tEcvN-000000001Aa-0abc", "1tEcvN-000000001Ab-0abc", "1tEcvN-000000001Ba-0abc");
    }

    private static void isJos(Event delivery) {
        assertThat(delivery.text(Field.ACCOUNT)).contains("jo@example.com");
        assertThat(delivery.text(Field.CLIENT_IP)).contains("203.0.113.9");
        assertThat(delivery.text(Field.SENDER)).contains("jo@example.com");
        assertThat(delivery.number(Field.ATTEMPT, 0)).isEqualTo(1);
    }

    private static List<Event> accepted(List<Event> events) {
        return events.stream().filter(event -> event.has(Field.FIRST)).toList();
    }

    private static List<Event> bounced(List<Event> events) {
        return ofKind(events, Kind.DELIVERY).stream()
                .filter(delivery -> delivery.text(Field.STATUS, "").equals("BOUNCED"))
                .toList();
    }

    /** In, to the filter, in again and refused elsewhere, in the order in which Postfix writes it. */
    private static List<String> passage(int second, String from, String first, String again, String last) {
        List<String> lines = new ArrayList<>(given(second, from, first));
        lines.addAll(given(second + 1, again, last, second + "@example.com"));
        lines.addAll(handedOn(second + 2, first, last));
        lines.add(refused(second + 3, last));
        lines.add(at(second + 3) + "qmgr[44]: " + last + ": removed");
        return lines;
    }

    private static List<String> given(int second, String client, String id) {
        return given(second, client, id, second + "@example.com");
    }

    private static List<String> given(int second, String client, String id, String message) {
        return List.of(
                at(second) + "smtpd[40]: " + id + ": " + client,
                at(second) + "cleanup[43]: " + id + ": message-id=<" + message + ">",
                at(second) + "qmgr[44]: " + id + ": from=<jo@example.com>, size=900, nrcpt=1 (queue active)");
    }

    private static List<String> handedOn(int second, String first, String last) {
        return List.of(
                at(second) + "smtp[45]: " + first + ": to=<sam@example.net>, relay=127.0.0.1[127.0.0.1]:10024,"
                        + " delay=0.1, delays=0.02/0/0.03/0.05, dsn=2.0.0, status=sent (250 2.0.0 from"
                        + " MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as " + last + ")",
                at(second) + "qmgr[44]: " + first + ": removed");
    }

    private static String refused(int second, String id) {
        return at(second) + "smtp[46]: " + id + ": to=<sam@example.net>, relay=mx.example.net[192.0.2.7]:25, delay=1,"
                + " delays=0.02/0/0.4/0.5, dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.7] said: 550 5.1.1"
                + " <sam@example.net>: Recipient address rejected: User unknown (in reply to RCPT TO command))";
    }

    private static String at(int second) {
        return "2026-11-21T08:16:" + second + ".000000+00:00 mx1 postfix/";
    }
}
