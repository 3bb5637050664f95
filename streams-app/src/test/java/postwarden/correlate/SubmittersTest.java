package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.correlate.RecordedLog.enriched;
import static postwarden.correlate.RecordedLog.ofKind;
import static postwarden.correlate.RecordedLog.values;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;

/** Daemons that say who logged in and what came on different lines: Sendmail by the process, OpenSMTPD by the session's name. */
class SubmittersTest {
    private static final String ANNA = "anna@example.com";

    @Test
    void a_sendmail_message_is_that_of_who_logged_in_in_its_process_and_so_are_its_deliveries() {
        // When
        List<Event> events = enriched(List.of(
                mta(70, "AUTH=server, relay=p7.dip.example [192.0.2.7], authid=anna@example.com, mech=LOGIN, bits=0"),
                mta(71, "AUTH=server, relay=[192.0.2.8], authid=ben@example.com, mech=PLAIN, bits=0"),
                mta(70, arrives("6AKICofq475916", "p7.dip.example [192.0.2.7]")),
                mta(70, arrives("6AKICofq475917", "p7.dip.example [192.0.2.7]")),
                mta(
                        90,
                        "6AKICofq475917: to=<jo@example.net>, ctladdr=<anna@example.com>, delay=00:00:01, xdelay=00:00:00,"
                                + " mailer=esmtp, pri=120000, relay=mx.example.net. [198.51.100.3], dsn=2.0.0,"
                                + " stat=Sent (2.0.0 Ok: queued as 64BB4E83695)")));

        // Then
        assertThat(values(ofKind(events, Kind.RECEIVED), Field.ACCOUNT)).containsExactly(ANNA, ANNA);
        assertThat(values(ofKind(events, Kind.DELIVERY), Field.ACCOUNT)).containsExactly(ANNA);
        assertThat(values(ofKind(events, Kind.DELIVERY), Field.CLIENT_IP)).containsExactly("192.0.2.7");
        assertThat(values(events, Field.LOGIN)).as("told by a line of its own").containsOnly("-");
    }

    @Test
    void a_sendmail_message_of_another_client_is_not_theirs_who_had_the_process_before() {
        List<Event> events = enriched(List.of(
                mta(70, "AUTH=server, relay=p7.dip.example [192.0.2.7], authid=anna@example.com, mech=LOGIN, bits=0"),
                mta(70, arrives("6AKICofq475916", "mx.example.org [198.51.100.77]"))));

        assertThat(values(ofKind(events, Kind.RECEIVED), Field.ACCOUNT)).containsExactly("-");
    }

    @Test
    void an_opensmtpd_message_is_that_of_who_logged_in_in_its_session_and_so_are_its_deliveries() {
        // When
        List<Event> events = enriched(List.of(
                smtpd("16e5c5467fdc7f8d smtp connected address=192.0.2.7 host=p7.dip.example"),
                smtpd("2a0e580ec6be3141 smtp connected address=198.51.100.77 host=mx.example.org"),
                smtpd("16e5c5467fdc7f8d smtp authentication user=anna@example.com result=ok"),
                smtpd(
                        "16e5c5467fdc7f8d smtp envelope evpid=12c79b80cce9c0cb from=<anna@example.com> to=<jo@example.net>"),
                smtpd(
                        "16e5c5467fdc7f8d smtp envelope evpid=12c79b8077e9c0cc from=<anna@example.com> to=<ed@example.net>"),
                smtpd("16e5c5467fdc7f8d smtp message msgid=12c79b80 size=4211 nrcpt=2 proto=ESMTPS"),
                smtpd(
                        "2a0e580ec6be3141 smtp envelope evpid=708a082720ccd757 from=<x@example.org> to=<anna@example.com>"),
                smtpd("2a0e580ec6be3141 smtp message msgid=708a0827 size=811 nrcpt=1 proto=ESMTP"),
                smtpd(
                        "d2f2e294889fe338 mta delivery evpid=12c79b8077e9c0cc from=<anna@example.com> to=<ed@example.net> rcpt=<->"
                                + " source=\"192.0.2.1\" relay=\"198.51.100.3 (mx.example.net)\" delay=1s result=\"Ok\""
                                + " stat=\"250 2.0.0 Ok: queued as 1\"")));

        // Then
        assertThat(values(ofKind(events, Kind.AUTH_SUCCESS), Field.CLIENT_IP)).containsExactly("192.0.2.7");
        assertThat(values(ofKind(events, Kind.RECEIVED), Field.ACCOUNT)).containsExactly(ANNA, "-");
        assertThat(values(ofKind(events, Kind.RECEIVED), Field.CLIENT_IP))
                .containsExactly("192.0.2.7", "198.51.100.77");
        assertThat(values(ofKind(events, Kind.DELIVERY), Field.ACCOUNT)).containsExactly(ANNA);
        assertThat(values(ofKind(events, Kind.DELIVERY), Field.SENDER)).containsExactly(ANNA);
        assertThat(values(events, Field.LOGIN)).containsOnly("-");
    }

    @Test
    void opensmtpds_sessions_end_with_a_line_that_names_no_client() {
        // Given
        List<String> lines = new ArrayList<>();
        List<String> ends = List.of("quit", "timeout", "io-error", "disconnect", "tls-accept-failed");
        for (int i = 0; i < 20; i++) {
            String session = "16e5c5467fdc00%02x".formatted(i);
            lines.add(smtpd(session + " smtp connected address=192.0.2.7 host=p7.dip.example"));
            lines.add(smtpd(session + " smtp disconnected reason=" + ends.get(i % ends.size())));
        }

        // When
        List<Event> events = enriched(lines);

        // Then
        assertThat(values(ofKind(events, Kind.CONNECT), Field.OBSERVED)).containsOnly("1");
        assertThat(values(events, Field.CLIENT_IP)).containsOnly("192.0.2.7");
    }

    @Test
    void what_opensmtpd_refuses_has_the_sessions_client() {
        List<Event> events = enriched(List.of(
                smtpd("16e5c5467fdc7f8d smtp connected address=192.0.2.7 host=p7.dip.example"),
                smtpd("16e5c5467fdc7f8d smtp failed-command command=\"RCPT TO:<no@example.com>\""
                        + " result=\"550 Invalid recipient: <no@example.com>\"")));

        assertThat(values(events, Field.CLIENT_IP)).containsOnly("192.0.2.7");
    }

    private static String mta(int pid, String message) {
        return "2026-11-21T09:00:00.000000+00:00 mx1 sm-mta[" + pid + "]: " + message;
    }

    private static String arrives(String id, String relay) {
        return id + ": from=<anna@example.com>, size=30341, class=0, nrcpts=1, msgid=<b1@example.com>, proto=ESMTPSA,"
                + " daemon=MSP-v4, relay=" + relay;
    }

    private static String smtpd(String message) {
        return "2026-11-21T09:00:00.000000+00:00 mx1 smtpd[4]: " + message;
    }
}
