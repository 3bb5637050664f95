package postwarden.parse.exim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.event.Reason;
import postwarden.event.Source;
import postwarden.parse.reply.Replies;
import postwarden.parse.reply.ReplyFile;

class EximParserTest {
    /** Longer than any line that Exim writes itself. */
    private static final int LONG = 64 * 1024;

    private static final String ID = "1xUgOs-00001X-2g ";

    private final EximParser parser = new EximParser(Replies.STANDARD);

    @Test
    void a_hostile_line_of_64_kilobytes_costs_no_more_than_its_length() {
        // Given
        List<String> beginnings = List.of(
                ID + "<= ",
                ID + "<= a@b H=(",
                ID + "<= a@b H=x [192.0.2.6] P=esmtpa DN=\"",
                ID + "<= a@b H=x [192.0.2.6] P=esmtp S=1 id=",
                ID + "=> ",
                ID + "=> |",
                ID + "** a@b <",
                ID + "== a@b R=r T=t defer (1): ",
                ID + "** a@b R=r T=t H=x [192.0.2.6]: SMTP error from remote mail server after RCPT TO:<",
                "SMTP connection from (",
                "SMTP syntax error in \"",
                "SMTP protocol error in \"",
                "SMTP protocol synchronization error (next input sent too soon): rejected \"",
                "H=(",
                "H=x [192.0.2.6] F=<",
                "H=x [192.0.2.6] X=1 DN=\"",
                "H=x [192.0.2.6] F=<> rejected RCPT <",
                "login authenticator failed for (",
                "login authenticator failed for x [192.0.2.6]: 535 Incorrect authentication data (set_id=",
                "rejected \"EHLO ",
                "ETRN ",
                "SA: Action: silently tossed message: score=",
                "[1/9] ",
                "[2/9] ",
                "cwd=",
                "");
        List<String> fillers = List.of(
                "a",
                " ",
                "\"",
                "\\",
                "<",
                " <\"",
                ") [",
                ") [192.0.2.9]",
                "\" H=",
                "\" H=x [192.0.2.9]",
                " H=x [192.0.2.9]",
                " received from [192.0.2.9]",
                "\" from x [192.0.2.9]",
                "> R=",
                " <a> R=r",
                " a=1",
                " (a@b",
                "[",
                ": ",
                "\" F=<",
                " (host=x [192.0.2.9]) for ",
                "\\303\\244",
                " args: ",
                " P=",
                " U=x");

        // When, Then
        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> beginnings.forEach(beginning ->
                        fillers.forEach(filler -> read(beginning + filler.repeat(LONG / filler.length())))));
    }

    @Test
    void what_an_operator_says_of_replies_is_heard_in_deliveries_and_refusals() {
        // Given
        EximParser told = new EximParser(Replies.with(ReplyFile.read("SPAM any moon phase\n")));

        // When
        Event delivery = read(
                told,
                ID + "** a@b.example R=r T=t H=x [192.0.2.25]: SMTP error from remote mail server after RCPT TO:<a@b>:"
                        + " 550 moon phase");
        Event refusal = read(told, "H=x [192.0.2.6] F=<a@b.example> rejected RCPT <c@d.example>: moon phase");

        // Then
        assertThat(List.of(delivery.reason(), refusal.reason())).containsOnly(Reason.SPAM);
    }

    @Test
    void what_syslog_cut_from_a_line_is_not_read_as_half_a_word() {
        // When
        Event cut = read("[1/2] " + ID + "<= a@b.example H=x [192.0.2.6] P=esmtpa A=plain:ann");

        // Then
        assertThat(cut.is(Kind.RECEIVED)).isTrue();
        assertThat(cut.text(Field.CLIENT_IP, "")).isEqualTo("192.0.2.6");
        assertThat(cut.has(Field.ACCOUNT)).isFalse();
    }

    @Test
    void a_line_that_begins_as_exim_begins_and_ends_otherwise_is_not_taken_for_free_text() {
        // When
        Event event = read("SMTP connection from 192[0]2.evil.example [192.0.2.6]:55 lost D=0s");

        // Then
        assertThat(event.kind()).isEqualTo(Kind.UNRECOGNISED);
    }

    private Event read(String message) {
        return read(parser, message);
    }

    private static Event read(EximParser parser, String message) {
        LogRecord.Line line = new LogRecord.Line(
                "default",
                "mx1",
                "exim",
                81,
                Instant.parse("2026-11-21T08:16:24.230Z"),
                "",
                message,
                new Source("-", "-", 0, 0, -1, -1));
        Event.Builder event = new Event.Builder(line, Daemon.UNKNOWN);
        parser.read(event);
        return event.build();
    }
}
