package postwarden.parse.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.event.Reason;
import postwarden.event.Source;
import postwarden.parse.LineParser;

class OwnRepliesTest {
    private static final String GREYLISTED = "NOQUEUE: reject: RCPT from mail.example.com[192.0.2.7]: 450 4.7.1"
            + " <x@example.net>: Recipient address rejected: the owl is asleep; from=<a@example.com> to=<x@example.net>"
            + " proto=ESMTP helo=<mail.example.com>";

    @Test
    void an_operators_rule_comes_before_the_standard_ones_and_names_the_refusal() {
        // Given
        LineParser standard = new LineParser();
        LineParser own = new LineParser(own("GREYLISTED not-5xx owl is asleep\nSPAM 5xx owl is asleep"));

        // When
        Event before = standard.parse(line("postfix/smtpd", GREYLISTED));
        Event after = own.parse(line("postfix/smtpd", GREYLISTED));

        // Then
        assertThat(before.kind()).isEqualTo(Kind.DEFER_REJECT);
        assertThat(after.kind()).isEqualTo(Kind.GREYLIST);
        assertThat(after.reason()).isEqualTo(Reason.GREYLISTED);
        assertThat(after.text(Field.CLIENT_IP)).contains("192.0.2.7");
    }

    @ParameterizedTest
    @CsvSource({
        "451 4.7.1 Greylisted, RATE_LIMITED x.7.1 *, RATE_LIMITED, DEFER_REJECT",
        "550 5.7.1 Spam, ACCESS_DENIED any spam, ACCESS_DENIED, REJECT",
        "550 5.7.1 no, BLOCKLISTED 550 *, BLOCKLISTED, DNSBL",
        "550 5.7.1 no, VIRUS 5.7.1 no, VIRUS, VIRUS",
        "550 5.7.1 no, VIRUS 4xx no, ACCESS_DENIED, REJECT",
    })
    void the_kind_of_a_refusal_follows_its_reason(String reply, String rule, Reason reason, Kind kind) {
        // Given
        String message = "NOQUEUE: reject: RCPT from mail.example.com[192.0.2.7]: " + reply
                + "; from=<a@example.com> to=<x@example.net> proto=ESMTP helo=<mail.example.com>";

        // When
        Event event = new LineParser(own(rule)).parse(line("postfix/smtpd", message));

        // Then
        assertThat(event.reason()).isEqualTo(reason);
        assertThat(event.kind()).isEqualTo(kind);
    }

    @Test
    void a_delivery_is_told_anew_and_a_success_or_what_was_not_tried_is_not() {
        // Given
        LineParser own = new LineParser(own("REPUTATION any owl"));
        String delivery = "1A2B3C4D5E: to=<x@example.net>, relay=mx.example.net[192.0.2.7]:25, delay=1,"
                + " delays=0/0/0.5/0.5, dsn=";

        // When
        Event deferred = own.parse(line(
                "postfix/smtp",
                delivery + "4.0.0, status=deferred (host mx.example.net[192.0.2.7] said: 421 owl (in reply to RCPT TO"
                        + " command))"));
        Event sent = own.parse(line("postfix/smtp", delivery + "2.0.0, status=sent (250 owl)"));

        // Then
        assertThat(deferred.reason()).isEqualTo(Reason.REPUTATION);
        assertThat(deferred.kind()).isEqualTo(Kind.DELIVERY);
        assertThat(sent.has(Field.REASON)).isFalse();
    }

    private static Replies own(String rules) {
        return Replies.with(ReplyFile.read(rules));
    }

    private static LogRecord.Line line(String program, String message) {
        return new LogRecord.Line(
                "default", "mx1", program, 1, Instant.EPOCH, "", message, new Source("-", "-", 0, 0, -1, -1));
    }
}
