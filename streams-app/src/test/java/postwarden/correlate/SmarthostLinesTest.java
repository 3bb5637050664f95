package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.LineParser;

class SmarthostLinesTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private int line;
    private Correlator correlator = correlator(Set.of());

    @Test
    void a_relay_that_takes_mail_for_two_large_providers_is_a_smarthost_for_everybody() {
        // When, Then
        assertThat(origin("mx1", "relay.example.net:25", "x@example.org")).isEqualTo("REMOTE");
        assertThat(origin("mx1", "relay.example.net:25", "x@gmail.com")).isEqualTo("REMOTE");
        assertThat(origin("mx1", "relay.example.net:25", "x@googlemail.com")).isEqualTo("REMOTE");
        assertThat(origin("mx1", "relay.example.net:25", "x@outlook.com")).isEqualTo("SMARTHOST");
        assertThat(origin("mx1", "Relay.Example.net:25", "x@example.org")).isEqualTo("SMARTHOST");
    }

    @Test
    void the_servers_of_providers_and_the_relays_of_other_hosts_are_none() {
        // Given
        origin("mx1", "relay.example.net:25", "x@gmail.com");
        origin("mx1", "relay.example.net:25", "x@outlook.com");

        // When, Then
        assertThat(origin("mx1", "gmail-smtp-in.l.google.example:25", "x@gmail.com")).isEqualTo("REMOTE");
        assertThat(origin("mx1", "gmail-smtp-in.l.google.example:25", "x@example.org")).isEqualTo("REMOTE");
        assertThat(origin("mx2", "relay.example.net:25", "x@example.org")).isEqualTo("REMOTE");
    }

    @Test
    void a_submission_port_is_a_smarthosts() {
        assertThat(origin("mx1", "smtp.example.net:587", "x@example.org")).isEqualTo("SMARTHOST");
        assertThat(origin("mx1", "smtp.example.net:465", "x@example.org")).isEqualTo("SMARTHOST");
    }

    @Test
    void the_configuration_names_them_for_all_hosts_or_for_one() {
        // Given
        correlator = correlator(Set.of("relay.example.net", "mx2=192.0.2.25"));

        // When, Then
        assertThat(origin("mx1", "relay.example.net:25", "x@example.org")).isEqualTo("SMARTHOST");
        assertThat(origin("mx1", "other.example.net:25", "x@example.org")).isEqualTo("REMOTE");
        assertThat(origin("mx2", "other.example.net:25", "x@example.org")).isEqualTo("SMARTHOST");
    }

    @Test
    void a_relay_that_refuses_to_talk_is_known_as_well() {
        // Given
        origin("mx1", "relay.example.net:25", "x@gmail.com");
        origin("mx1", "relay.example.net:25", "x@outlook.com");

        // When
        Event trouble = enriched(
                "mx1", "1A2B3C4D5E: host relay.example.net[192.0.2.25] refused to talk to me: 421 4.7.0 Too many connections");

        // Then
        assertThat(trouble.text(Field.ORIGIN)).contains("SMARTHOST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mx1=", "=relay", "Relay.example", "two words"})
    void what_names_no_relay_is_refused(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> correlator(Set.of(entry)));
    }

    private String origin(String host, String relay, String recipient) {
        int colon = relay.indexOf(':');
        String name = relay.substring(0, colon) + "[192.0.2.25]";
        return enriched(
                        host,
                        "1A2B3C4D5E: to=<" + recipient + ">, relay=" + name + relay.substring(colon)
                                + ", delay=1, delays=0/0/0.5/0.5, dsn=4.7.0, status=deferred (host " + name
                                + " said: 421 4.7.0 Too many connections (in reply to MAIL FROM command))")
                .text(Field.ORIGIN, "-");
    }

    private Event enriched(String host, String message) {
        long start = 100L * line++;
        return correlator.enrich(new LineParser()
                .parse(new LogRecord.Line(
                        "default",
                        host,
                        "postfix/smtp",
                        9,
                        START.plusSeconds(line),
                        "",
                        message,
                        new Source("mail.log", "mail.log", start, start + 100, -1, -1))));
    }

    private static Correlator correlator(Set<String> smarthosts) {
        CorrelatorParams standard = CorrelatorParams.DEFAULT;
        CorrelatorParams params = new CorrelatorParams(
                standard.queueAge(),
                standard.queueEntries(),
                standard.sessionAge(),
                standard.traces(),
                standard.attemptWindow(),
                standard.submissionWindow(),
                Duration.ofSeconds(1),
                standard.troubleAge(),
                smarthosts);
        return new Correlator(new HeapMemory<>(), new HeapMemory<>(), params);
    }
}
