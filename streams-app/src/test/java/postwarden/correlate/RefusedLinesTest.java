package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.LineParser;

class RefusedLinesTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final String LISTED =
            "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org";
    private static final String CONTENT = "554 5.7.1 Message rejected as spam by content filter of 192.0.2.1";

    private final Correlator correlator =
            new Correlator(new HeapMemory<>(), new HeapMemory<>(), CorrelatorParams.DEFAULT);
    private int line;

    @Test
    void what_is_said_of_our_address_to_two_accounts_is_about_the_host() {
        assertThat(refused(0, "anna", LISTED)).isFalse();
        assertThat(refused(1, "anna", LISTED)).isFalse();
        assertThat(refused(2, "bob", LISTED)).isTrue();
        assertThat(refused(3, "anna", LISTED)).isTrue();
        assertThat(refused(4, "anna", LISTED)).isTrue();
    }

    @Test
    void what_is_said_of_a_message_is_not() {
        assertThat(refused(0, "anna", CONTENT)).isFalse();
        assertThat(refused(1, "bob", CONTENT)).isFalse();
        assertThat(refused(2, "anna", LISTED)).isFalse();
    }

    @Test
    void an_hour_later_who_is_refused_is_alone_again() {
        refused(0, "anna", LISTED);
        refused(1, "bob", LISTED);
        for (int minutes = 10; minutes < 60; minutes += 10) {
            assertThat(refused(minutes, "bob", LISTED)).isTrue();
        }
        assertThat(refused(62, "bob", LISTED)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "blocked [192.0.2.1] by list, 192.0.2.1",
        "see https://list.example/query/ip/192.0.2.1., 192.0.2.1",
        "mx 198.51.100.24 blocks 192.0.2.1, 192.0.2.1",
        "from 2001:DB8:0:1::25 is listed, 2001:db8:0:1::25",
        "5.7.1 blocked at 12:30:05, ''",
        "version 1.2.3.4.5 refuses 1234.1.1.1 and 1..2.3, ''",
        "mx 198.51.100.24 refuses, ''",
    })
    void the_first_address_is_taken_that_is_not_the_relays(String reply, String named) {
        assertThat(RefusedLines.named(reply, "198.51.100.24")).isEqualTo(named);
    }

    private boolean refused(int minutes, String account, String reply) {
        Instant at = START.plus(Duration.ofMinutes(minutes));
        String id = String.format("%09X", 0x9D4000000L + line);
        enriched(at, "submission/smtpd", id + ": client=c[192.0.2.9], sasl_method=PLAIN, sasl_username=" + account);
        return enriched(
                        at,
                        "smtp",
                        id
                                + ": to=<x@example.net>, relay=mx.example.net[198.51.100.24]:25, delay=1, delays=0/0/0.5/0.5,"
                                + " dsn=5.7.1, status=bounced (host mx.example.net[198.51.100.24] said: " + reply
                                + " (in reply to RCPT TO command))")
                .has(Field.OF_HOST);
    }

    private Event enriched(Instant at, String program, String message) {
        long start = 1000L * line++;
        Source source = new Source("mail.log", "mail.log", start, start + 1000, -1, -1);
        return correlator.enrich(new LineParser()
                .parse(new LogRecord.Line("default", "mx1", "postfix/" + program, 9, at, "", message, source)));
    }
}
