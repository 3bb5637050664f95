package postwarden.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postwarden.event.Event;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.parse.LineParser;
import postwarden.tally.Count;
import postwarden.tally.Tallier;
import postwarden.tally.Tally;
import postwarden.tally.Watch;

/** One attempt to log in counts once for the host, the client and the account, whichever files and programs tell of it. */
class OneAttemptTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    /** What the intake waits for: lines of one host that are further apart than this count as late. */
    private static final long LATENESS_MILLIS = 5000;

    private static final int INTERLEAVINGS = 60;

    /**
     * What happened, as its files tell it.
     *
     * @param lines {@code file | seconds | program[pid] | message}
     * @param expected refused logins by whom they count for
     */
    private record Case(String name, Map<String, Long> expected, String lines) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                one("Dovecot's authentication server and login process", """
                        mail | 0.0 | dovecot | auth: passwd-file(bob@example.com,192.0.2.6,<s1>): Password mismatch
                        mail | 2.0 | dovecot | imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<bob@example.com>, method=PLAIN, rip=192.0.2.6, lip=203.0.113.1, session=<s1>
                        """),
                one("the same in Dovecot's own files, of which two are read", """
                        info | 0.0 | auth | Info: passwd-file(bob@example.com,192.0.2.6,<s1>): Password mismatch
                        mail | 0.2 | dovecot | auth: passwd-file(bob@example.com,192.0.2.6,<s1>): Password mismatch
                        mail | 2.0 | dovecot | imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<bob@example.com>, method=PLAIN, rip=192.0.2.6, lip=203.0.113.1, session=<s1>
                        """),
                several(
                        "Dovecot that asks two databases",
                        Map.of("host", 1L, "192.0.2.6", 1L, "bob@example.com", 1L, "bob@mx1", 1L),
                        """
                        mail | 0.0 | dovecot | auth: pam(bob@example.com,192.0.2.6,<s1>): pam_authenticate() failed: Authentication failure
                        auth | 0.0 | auth[7] | pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty=dovecot ruser=bob@example.com rhost=192.0.2.6  user=bob
                        mail | 0.1 | dovecot | auth: passwd-file(bob@example.com,192.0.2.6,<s1>): unknown user
                        mail | 2.0 | dovecot | imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<bob@example.com>, method=PLAIN, rip=192.0.2.6, lip=203.0.113.1, session=<s1>
                        """),
                one("Postfix that asks Dovecot: warning, authentication server, end of session", """
                        mail | 0.0 | postfix/smtpd[5] | connect from unknown[192.0.2.6]
                        mail | 0.5 | dovecot | auth: passwd-file(bob@example.com,192.0.2.6): Password mismatch
                        mail | 2.5 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=bob@example.com
                        mail | 2.6 | postfix/smtpd[5] | disconnect from unknown[192.0.2.6] ehlo=1 auth=0/1 quit=1 commands=2/3
                        """),
                several(
                        "Postfix without a user name and Plesk's saslauthd, which knows no client",
                        Map.of("host", 1L, "192.0.2.6", 1L, "bob@example.com", 1L),
                        """
                        mail | 0.0 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: authentication failure
                        mail | 0.1 | plesk_saslauthd[7] | No such user 'bob@example.com' in mail authorization database
                        mail | 0.1 | plesk_saslauthd[7] | failed mail authentication attempt for user 'bob@example.com' (password len=10)
                        """),
                one("the same where rsyslog writes warnings to a file of their own", """
                        mail | 0.0 | postfix/smtpd[5] | connect from unknown[192.0.2.6]
                        mail | 0.5 | dovecot | auth: passwd-file(bob@example.com,192.0.2.6): Password mismatch
                        mail | 2.5 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=bob@example.com
                        mail | 2.6 | postfix/smtpd[5] | disconnect from unknown[192.0.2.6] ehlo=1 auth=0/1 quit=1 commands=2/3
                        warn | 2.5 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=bob@example.com
                        """),
                one("a session whose end tells of the attempt beside the authentication server only", """
                        mail | 0.0 | postfix/smtpd[5] | connect from unknown[192.0.2.6]
                        mail | 0.5 | dovecot | auth: passwd-file(bob@example.com,192.0.2.6): Password mismatch
                        mail | 2.6 | postfix/smtpd[5] | disconnect from unknown[192.0.2.6] ehlo=1 auth=0/1 quit=1 commands=2/3
                        """),
                several("attempts that Postfix refuses unread, for a limit of its own", Map.of(), """
                        mail | 0.0 | postfix/smtpd[5] | connect from unknown[192.0.2.6]
                        mail | 0.1 | postfix/smtpd[5] | warning: AUTH command rate limit exceeded: 11 from unknown[192.0.2.6] for service submission
                        mail | 0.2 | postfix/smtpd[5] | disconnect from unknown[192.0.2.6] ehlo=1 auth=0/1 quit=1 commands=2/3
                        """),
                one("OpenSMTPD: what the session was answered, and the command that failed", """
                        mail | 0.0 | smtpd[4] | 16e5c5467fdc7f8d smtp connected address=192.0.2.6 host=<unknown>
                        mail | 0.4 | smtpd[4] | 16e5c5467fdc7f8d smtp authentication user=bob@example.com result=permfail
                        mail | 0.5 | smtpd[4] | 16e5c5467fdc7f8d smtp failed-command command="AUTH LOGIN (password)" result="535 Authentication failed"
                        mail | 0.6 | smtpd[4] | 16e5c5467fdc7f8d smtp disconnected reason=quit
                        """),
                one("Exim's main log, reject log and its copy in syslog", """
                        main | 0.0 | exim | login authenticator failed for (x) [192.0.2.6]: 535 Incorrect authentication data (set_id=bob@example.com)
                        reject | 0.0 | exim | login authenticator failed for (x) [192.0.2.6]: 535 Incorrect authentication data (set_id=bob@example.com)
                        syslog | 0.4 | exim[9] | login authenticator failed for (x) [192.0.2.6]: 535 Incorrect authentication data (set_id=bob@example.com)
                        """),
                one("Exim and the PAM module that it asks", """
                        main | 2.0 | exim | login authenticator failed for (x) [192.0.2.6]: 535 Incorrect authentication data (set_id=bob@example.com)
                        auth | 0.0 | auth[7] | pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=  user=bob@example.com
                        """),
                several(
                        "two clients, one account, at once",
                        Map.of("host", 2L, "192.0.2.6", 1L, "192.0.2.7", 1L, "bob@example.com", 2L),
                        """
                        mail | 0.0 | dovecot | auth: passwd-file(bob@example.com,192.0.2.6): Password mismatch
                        mail | 0.0 | dovecot | auth: passwd-file(bob@example.com,192.0.2.7): Password mismatch
                        mail | 2.0 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x, sasl_username=bob@example.com
                        mail | 2.0 | postfix/smtpd[6] | warning: unknown[192.0.2.7]: SASL LOGIN authentication failed: x, sasl_username=bob@example.com
                        """),
                several(
                        "three accounts in one session of Dovecot, whose end names the last for all",
                        Map.of(
                                "host",
                                3L,
                                "192.0.2.6",
                                3L,
                                "a@example.com",
                                1L,
                                "b@example.com",
                                1L,
                                "c@example.com",
                                3L),
                        """
                        mail | 0.0 | dovecot | auth: passwd-file(a@example.com,192.0.2.6,<s1>): Password mismatch
                        mail | 3.0 | dovecot | auth: passwd-file(b@example.com,192.0.2.6,<s1>): Password mismatch
                        mail | 6.0 | dovecot | auth: passwd-file(c@example.com,192.0.2.6,<s1>): Password mismatch
                        mail | 8.0 | dovecot | imap-login: Disconnected: Connection closed (auth failed, 3 attempts in 8 secs): user=<c@example.com>, method=PLAIN, rip=192.0.2.6, lip=203.0.113.1, session=<s1>
                        """),
                several(
                        "an attempt a second, each told by two files and three programs",
                        Map.of("host", 6L, "192.0.2.6", 6L, "bob@example.com", 6L, "bob@mx1", 6L),
                        flood(6)),
                several("equal lines of one file are events of their own", Map.of("host", 3L, "192.0.2.6", 3L), """
                        mail | 0.0 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x
                        mail | 0.0 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x
                        mail | 0.4 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x
                        warn | 0.0 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x
                        warn | 0.0 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x
                        warn | 0.4 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x
                        """),
                several("equal lines of two processes are no copies", Map.of("host", 2L, "192.0.2.6", 2L), """
                        mail | 0.0 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x
                        other | 0.0 | postfix/smtpd[6] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x
                        """),
                several("repeated by syslog", Map.of("host", 4L, "192.0.2.6", 4L), """
                        mail | 0.0 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x
                        mail | 1.0 | postfix/smtpd[5] | message repeated 3 times: [ warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x]
                        """));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void an_attempt_counts_once_in_whatever_order_its_lines_come(Case told) {
        List<LogRecord.Line> lines = lines(told.lines());
        for (long seed = 0; seed < INTERLEAVINGS; seed++) {
            // When
            List<LogRecord.Line> order = seed == 0 ? lines : interleaved(lines, new Random(seed));

            // Then
            assertThat(counted(order)).as("seed %d: %s", seed, order).isEqualTo(new TreeMap<>(told.expected()));
        }
    }

    private static Case one(String name, String lines) {
        return new Case(name, Map.of("host", 1L, "192.0.2.6", 1L, "bob@example.com", 1L), lines);
    }

    private static Case several(String name, Map<String, Long> expected, String lines) {
        return new Case(name, expected, lines);
    }

    private static String flood(int attempts) {
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < attempts; at++) {
            String auth =
                    "%d.0 | dovecot | auth: passwd-file(bob@example.com,192.0.2.6): Password mismatch%n".formatted(at);
            String smtp = ("%d.5 | postfix/smtpd[5] | warning: unknown[192.0.2.6]: SASL LOGIN authentication failed: x,"
                            + " sasl_username=bob@example.com%n")
                    .formatted(at);
            lines.append("mail | " + auth + "mail | " + smtp + "info | " + auth + "warn | " + smtp)
                    .append(
                            "auth | %d.1 | auth[7] | pam_unix(dovecot:auth): authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=  user=bob%n"
                                    .formatted(at));
        }
        return lines.toString();
    }

    private static List<LogRecord.Line> lines(String text) {
        List<LogRecord.Line> lines = new ArrayList<>();
        for (String row : text.lines().toList()) {
            String[] cells = row.split(" \\| ", 4);
            String program = cells[2].replaceAll("\\[.*", "");
            int pid = cells[2].endsWith("]") ? Integer.parseInt(cells[2].replaceAll(".*\\[|\\]", "")) : -1;
            Instant time = START.plusMillis(Math.round(Double.parseDouble(cells[1]) * 1000));
            Source source = new Source(cells[0], cells[0], lines.size() * 100L, lines.size() * 100L + 100, -1, -1);
            lines.add(new LogRecord.Line("default", "mx1", program, pid, time, "", cells[3], source));
        }
        return lines;
    }

    /** Lines of each file in their order, the files as late against each other as the intake still counts as in time. */
    private static List<LogRecord.Line> interleaved(List<LogRecord.Line> lines, Random random) {
        Map<String, Long> late = new LinkedHashMap<>();
        Map<LogRecord.Line, Long> arrival = new LinkedHashMap<>();
        for (LogRecord.Line line : lines) {
            long behind =
                    late.computeIfAbsent(line.source().fileId(), file -> (long) random.nextInt((int) LATENESS_MILLIS));
            arrival.put(line, line.time().toEpochMilli() + behind);
        }
        List<LogRecord.Line> order = new ArrayList<>(lines);
        Collections.sort(
                order, (one, other) -> Long.compare(arrival.getOrDefault(one, 0L), arrival.getOrDefault(other, 0L)));
        return order;
    }

    private static Map<String, Long> counted(List<LogRecord.Line> lines) {
        LineParser parser = new LineParser();
        Correlator correlator = new Correlator(new HeapMemory<>(), new HeapMemory<>(), CorrelatorParams.DEFAULT);
        Map<String, Tally> tallies = new TreeMap<>();
        Tallier tallier = new Tallier();
        for (LogRecord.Line line : lines) {
            Event event = correlator.enrich(parser.parse(line));
            tallier.tally(
                    event,
                    (watch, name) ->
                            tallies.computeIfAbsent(watch == Watch.SERVER ? "host" : name, key -> new Tally()));
        }
        Map<String, Long> counted = new TreeMap<>();
        tallies.forEach((name, tally) -> counted.put(name, tally.count(Count.AUTH_FAILURES)));
        counted.values().removeIf(count -> count == 0);
        return counted;
    }
}
