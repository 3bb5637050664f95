package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.event.Daemon;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.event.Source;

/** Who tells of a login depends on what an event says, so that daemons whose rules are written later count like the others. */
class TellersTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private int line;

    @ParameterizedTest
    @CsvSource({
        "SASLAUTHD, saslauthd, 'do_auth : auth failure: [user=bob]', '', SASLAUTHD",
        "PAM, saslauthd, pam_unix(smtp:auth): authentication failure; user=bob, '', PAM_UNIX",
        "PAM, saslauthd, pam_sss(smtp:auth): received for user bob: 7, '', PAM",
        "PAM, login, 2 more authentication failures, '', PAM",
        "DOVECOT, auth, Info: unknown user, 192.0.2.6, AUTH_SERVER",
        "DOVECOT, dovecot, 'auth: sql(bob,192.0.2.6): Password mismatch', 192.0.2.6, AUTH_BY_SQL",
        "DOVECOT, dovecot, 'auth-worker(9): pam(bob,192.0.2.6): pam_authenticate() failed', 192.0.2.6, AUTH_BY_PAM",
        "DOVECOT, dovecot, 'imap-login: Disconnected (auth failed, 1 attempts)', 192.0.2.6, DAEMON",
        "COURIER, authdaemond, authentication failure, '', AUTH_SERVER",
        "PROFTPD, proftpd, USER bob (Login failed), 192.0.2.6, DAEMON",
        "CYRUS, cyrus/imap, badlogin, 192.0.2.6, DAEMON",
        "POSTFIX, postfix/smtpd, warning: SASL authentication failure, '', LIBRARY",
    })
    void an_event_says_who_tells(Daemon daemon, String program, String message, String ip, Teller teller) {
        assertThat(Teller.of(failure(daemon, program, message, 0, ip, ""))).isEqualTo(teller);
    }

    @Test
    void three_programs_of_which_one_knows_the_client_count_once_in_any_order() {
        // Given
        List<Event> told = List.of(
                failure(Daemon.PAM, "saslauthd", "pam_unix(smtp:auth): authentication failure", 0, "", "bob"),
                failure(Daemon.SASLAUTHD, "saslauthd", "do_auth", 2, "", "bob"),
                failure(Daemon.CYRUS, "cyrus/imap", "badlogin", 2, "192.0.2.6", "bob@example.com"));
        for (long seed = 0; seed < 20; seed++) {
            List<Event> order = shuffled(told, seed);

            // When
            List<Event> events = correlated(order);

            // Then
            assertThat(sum(events, Field.FRESH_ATTEMPTS, ""))
                    .as("host, %s", order)
                    .isEqualTo(1);
            assertThat(sum(events, Field.FRESH_FOR_CLIENT, "192.0.2.6"))
                    .as("client, %s", order)
                    .isEqualTo(1);
            assertThat(sum(events, Field.FRESH_FOR_ACCOUNT, "bob"))
                    .as("account, %s", order)
                    .isEqualTo(1);
            assertThat(sum(events, Field.FRESH_FOR_ACCOUNT, "bob@example.com"))
                    .as("its full name, %s", order)
                    .isEqualTo(1);
        }
    }

    @Test
    void a_daemon_that_names_no_account_and_a_helper_that_names_no_client_are_one_attempt_within_seconds() {
        // Given
        List<Event> told = List.of(
                failure(Daemon.SASLAUTHD, "saslauthd", "do_auth", 0, "", "bob"),
                failure(Daemon.POSTFIX, "postfix/smtpd", "warning: SASL", 2, "192.0.2.6", ""),
                failure(Daemon.SASLAUTHD, "saslauthd", "do_auth", 60, "", "bob"));

        // When
        List<Event> events = correlated(told);

        // Then
        assertThat(RecordedLog.values(events, Field.FRESH_ATTEMPTS)).containsExactly("1", "0", "1");
        assertThat(RecordedLog.values(events, Field.FRESH_FOR_CLIENT)).containsExactly("-", "1", "-");
    }

    @Test
    void an_ftp_server_and_its_pam_module_are_one_attempt_and_two_accounts_are_two() {
        // Given
        List<Event> told = List.of(
                failure(Daemon.PAM, "vsftpd", "pam_unix(vsftpd:auth): authentication failure", 0, "192.0.2.6", "bob"),
                failure(Daemon.VSFTPD, "vsftpd", "FAIL LOGIN", 2, "192.0.2.6", "bob"),
                failure(Daemon.VSFTPD, "vsftpd", "FAIL LOGIN", 3, "192.0.2.6", "alice"));

        // When, Then
        assertThat(RecordedLog.values(correlated(told), Field.FRESH_ATTEMPTS)).containsExactly("1", "0", "1");
    }

    @Test
    void repeats_and_several_attempts_of_a_line_all_count() {
        // Given
        Event repeated = failure(Daemon.EXIM, "exim", "failed", 0, "192.0.2.6", "bob").toBuilder()
                .put(Field.REPEAT, 3)
                .put(Field.ATTEMPTS, 2)
                .put(Field.LOWER_BOUND, true)
                .build();

        // When, Then
        assertThat(correlated(List.of(repeated)).get(0).number(Field.FRESH_ATTEMPTS, 0))
                .isEqualTo(6);
    }

    @Test
    void a_flood_is_remembered_in_a_bounded_list_and_none_of_it_is_lost() {
        // Given
        HeapMemory<Trace> traces = new HeapMemory<>();
        Correlator correlator = new Correlator(new HeapMemory<>(), traces, CorrelatorParams.DEFAULT);
        long counted = 0;

        // When
        for (int at = 0; at < 5000; at++) {
            Event event = failure(Daemon.EXIM, "exim", "failed " + at, at / 1000.0, "192.0.2.6", "u" + at);
            counted += correlator.enrich(event).number(Field.FRESH_ATTEMPTS, 0);
        }

        // Then
        assertThat(counted).isEqualTo(5000);
        traces.forEach((key, trace) -> {
            if (trace instanceof Trace.Tried tried) {
                assertThat(tried.told()).hasSizeLessThanOrEqualTo(Trace.Tried.LIMIT);
            }
            if (trace instanceof Trace.Copies copies) {
                assertThat(copies.told().lines()).hasSizeLessThanOrEqualTo(CopyTable.LIMIT);
            }
        });
        assertThat(traces.size()).isLessThan(40);
    }

    private Event failure(Daemon daemon, String program, String message, double seconds, String ip, String account) {
        long start = 100L * line++;
        Source source = new Source("mail.log", "mail.log", start, start + 100, -1, -1);
        Instant time = START.plusMillis(Math.round(seconds * 1000));
        Event.Builder event = new Event.Builder(
                        new LogRecord.Line("default", "mx1", program, 7, time, "", message, source), daemon)
                .kind(Kind.AUTH_FAILURE);
        if (!ip.isEmpty()) {
            event.put(Field.CLIENT_IP, ip);
        }
        return account.isEmpty()
                ? event.build()
                : event.put(Field.ACCOUNT, account).build();
    }

    private static List<Event> shuffled(List<Event> events, long seed) {
        List<Event> order = new ArrayList<>(events);
        Collections.shuffle(order, new Random(seed));
        return order;
    }

    private static List<Event> correlated(List<Event> events) {
        Correlator correlator = new Correlator(new HeapMemory<>(), new HeapMemory<>(), CorrelatorParams.DEFAULT);
        return events.stream().map(correlator::enrich).toList();
    }

    /** What counts for somebody: the host, a client or an account. */
    private static long sum(List<Event> events, Field field, String name) {
        return events.stream()
                .filter(event -> name.isEmpty()
                        || event.text(Field.CLIENT_IP, "").equals(name)
                        || event.text(Field.ACCOUNT, "").equals(name))
                .mapToLong(event -> event.number(field, event.number(Field.FRESH_ATTEMPTS, 0)))
                .sum();
    }
}
