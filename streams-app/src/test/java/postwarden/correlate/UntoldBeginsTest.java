package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import postwarden.event.Field;

/** Daemons that log a session's end and not its beginning. */
class UntoldBeginsTest {
    private static final String AT = "2026-11-21T09:00:0";
    private static final String LOST = " mx1 exim[7]: unexpected disconnection while reading SMTP command from ";
    private static final String SUM = " mx1 exim[7]: no MAIL in SMTP connection from ";
    private static final String CLIENT = "bulk.example.net [192.0.2.7]";

    @Test
    void an_end_without_a_beginning_stands_for_it() {
        assertThat(begun(AT + "1Z" + LOST + CLIENT + " D=0s", AT + "2Z" + LOST + CLIENT + " D=0s"))
                .containsExactly(true, true);
    }

    @Test
    void where_exim_says_that_a_session_begins_its_end_is_only_its_end() {
        assertThat(begun(
                        AT + "1Z mx1 exim[7]: SMTP connection from [192.0.2.7]:4711 (TCP/IP connection count = 1)",
                        AT + "2Z" + LOST + CLIENT + " D=0s",
                        AT + "2Z" + SUM + CLIENT + " D=0s"))
                .containsOnly(false);
    }

    @Test
    void of_two_lines_about_one_end_the_sum_stands_for_the_beginning() {
        // Given a first session, from which on it is known that Exim sums up
        List<Boolean> begun = begun(
                AT + "1Z" + SUM + CLIENT + " D=0s",
                AT + "2Z" + LOST + CLIENT + " D=0s",
                AT + "2Z" + SUM + CLIENT + " D=0s");

        // Then
        assertThat(begun).containsExactly(true, false, true);
    }

    @Test
    void a_client_that_is_refused_at_once_had_a_session() {
        assertThat(begun(
                        AT + "1Z mx1 exim[7]: H=(x) [192.0.2.7] rejected connection in \"connect\" ACL: listed",
                        AT + "2Z mx1 exim[7]: H=(x) [192.0.2.7] F=<a@b.example> rejected RCPT <c@d.example>: no"))
                .containsExactly(true, false);
    }

    @Test
    void sendmail_by_itself_logs_ends_only() {
        assertThat(begun(AT + "1Z mx1 sendmail[9]: 8AL90000000001: " + CLIENT
                        + " did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA"))
                .containsExactly(true);
    }

    @Test
    void whom_sendmail_refuses_at_once_has_one_session_and_not_two() {
        assertThat(begun(
                        AT + "1Z mx1 sendmail[9]: 8AL90000000001: ruleset=check_relay, arg1=bulk.example.net,"
                                + " arg2=192.0.2.7, relay=" + CLIENT + ", reject=550 5.7.1 Access denied",
                        AT + "2Z mx1 sendmail[9]: 8AL90000000001: " + CLIENT
                                + " did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA"))
                .containsExactly(false, true);
    }

    @Test
    void postfix_always_logs_both() {
        assertThat(begun(AT + "1Z mx1 postfix/smtpd[9]: disconnect from unknown[192.0.2.7] commands=0/0"))
                .containsExactly(false);
    }

    @Test
    void a_beginning_that_was_told_long_ago_says_nothing_of_today() {
        assertThat(begun(
                        "2026-11-21T07:00:00Z mx1 exim[7]: SMTP connection from [192.0.2.7]:4711 (TCP/IP connection count = 1)",
                        AT + "2Z" + SUM + CLIENT + " D=0s"))
                .containsExactly(false, true);
    }

    private static List<Boolean> begun(String... lines) {
        return RecordedLog.enriched(Stream.of(lines).toList()).stream()
                .map(event -> event.has(Field.UNTOLD_BEGIN))
                .toList();
    }
}
