package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.detect.limit.LimitDetector;
import postwarden.detect.limit.LimitParams;
import postwarden.detect.reading.Persistence;
import postwarden.tally.Watch;

/** What daemons say of their limits: which of it is an incident, whose it is, and what is advised. */
class LimitTest {
    private static final String CLIENT = "203.0.113.9";
    private static final String USER = "tina@example.com";
    private static final String PROCESS_LIMIT =
            "postfix/master[1]: warning: service \"smtp\" (25) has reached its process limit \"100\": new clients may"
                    + " experience noticeable delays";

    private final LogStory story = new LogStory("mx1");

    // One SMTP client.

    @Test
    void a_stranger_who_is_held_at_a_limit_for_minutes_is_a_finding() {
        // Given
        for (int i = 0; i < 60; i++) {
            story.say(i * 15, anvil("Connection rate limit exceeded: 61"));
        }

        // When
        List<Finding> findings = client();

        // Then
        assertThat(findings.get(0).cause()).isEqualTo("UNKNOWN_CLIENT");
        assertThat(findings.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(findings.get(0).subject().client()).isEqualTo(CLIENT);
        assertThat(findings.get(0).evidence()).isNotEmpty();
        assertThat(findings.get(0).advice().get(0).never()).anyMatch(text -> text.contains("grotesque"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection concurrency limit exceeded: 51",
                "Connection rate limit exceeded: 61",
                "Message delivery request rate limit exceeded: 101",
                "Recipient address rate limit exceeded: 1001",
                "New TLS session rate limit exceeded: 31",
                "AUTH command rate limit exceeded: 11"
            })
    void each_of_anvils_six_warnings_counts(String warning) {
        // Given
        for (int i = 0; i < 60; i++) {
            story.say(i, anvil(warning));
        }

        // When / Then
        assertThat(client()).isNotEmpty();
    }

    @Test
    void a_partner_that_meets_a_limit_is_an_exception_to_make_not_an_alarm() {
        // Given
        for (int i = 0; i < 60; i++) {
            story.message(i * 15, CLIENT).say(i * 15 + 1, anvil("Connection concurrency limit exceeded: 51"));
        }

        // When
        Finding finding = client().get(0);

        // Then
        assertThat(finding.cause()).isEqualTo("BUSY_CLIENT");
        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.technique()).isEmpty();
        assertThat(finding.advice().get(0).steps())
                .anyMatch(step -> step.contains("smtpd_client_event_limit_exceptions = $mynetworks, " + CLIENT));
    }

    @Test
    void a_machine_of_our_own_is_told_to_pool_its_connections() {
        // Given
        for (int i = 0; i < 60; i++) {
            story.say(
                    i * 15,
                    "postfix/smtpd[9]: warning: Connection rate limit exceeded: 61 from app[10.0.0.9] for service smtp");
        }

        // When
        Finding finding = story.of(Watch.CLIENT, "10.0.0.9")
                .assess(LimitDetector.clientLimit(LimitParams.clientLimit()))
                .get(0);

        // Then
        assertThat(finding.cause()).isEqualTo("NOISY_INTERNAL_CLIENT");
        assertThat(finding.advice().get(0).title()).contains("10.0.0.9");
        assertThat(finding.advice().get(0).steps()).anyMatch(step -> step.contains("pool"));
    }

    @Test
    void a_warning_or_two_now_and_then_are_none() {
        // Given
        for (int i = 0; i < 6; i++) {
            story.say(i * 1200, anvil("Connection rate limit exceeded: 61"));
            story.say(i * 1200 + 5, anvil("Connection concurrency limit exceeded: 51"));
        }

        // When / Then
        assertThat(client()).isEmpty();
    }

    @Test
    void what_ftp_and_mailbox_services_say_is_no_limit_of_smtp() {
        // Given
        for (int i = 0; i < 200; i++) {
            story.say(i * 5, mailbox(i));
        }

        // When / Then
        assertThat(client()).isEmpty();
    }

    // The whole server.

    @Test
    void postfix_says_it_once_and_that_is_enough() {
        // Given
        story.say(0, PROCESS_LIMIT);

        // When
        Finding finding = server().get(0);

        // Then
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.subject().server()).isEqualTo("mx1");
        assertThat(finding.measures()).containsEntry("limitValue", 100.0);
        assertThat(finding.advice().get(1).steps())
                .anyMatch(step -> step.contains("postscreen"))
                .anyMatch(step -> step.contains("100 to 150 / 10 to 15"));
    }

    @Test
    void what_postfix_says_once_in_a_thousand_seconds_is_one_finding_until_it_is_silent_for_longer() {
        // Given a host whose processes are used up for half an hour, and mail every minute of two hours
        for (int at : List.of(0, 1000, 2000)) {
            story.say(at, PROCESS_LIMIT);
        }
        for (int i = 1; i < 120; i++) {
            story.message(i * 60, "198.51.100.7");
        }

        // When
        List<Finding> findings = server();

        // Then
        long first = findings.get(0).pane();
        long last = findings.get(findings.size() - 1).pane();
        assertThat(findings).as("every pane, so no end and no second beginning").hasSize((int) (last - first) + 1);
        assertThat(last - first).isBetween(200L + 119, 200L + 121);
        assertThat(findings).extracting(Finding::title).noneMatch(title -> title.contains("said 0 times"));
        assertThat(findings.get(60).severity()).as("once, ten minutes ago").isEqualTo(Severity.MEDIUM);
        assertThat(findings.get(101).severity()).as("again").isEqualTo(Severity.HIGH);
    }

    @Test
    void one_client_that_has_most_of_the_slots_is_the_cause() {
        // Given
        for (int i = 0; i < 30; i++) {
            story.postfix(i * 0.1, 400, CLIENT, "commands=0/0");
        }
        for (int i = 0; i < 20; i++) {
            story.say(60 + i, postscreen("198.51.100." + i));
        }

        // When
        Finding finding = server().get(0);

        // Then
        assertThat(finding.cause()).isEqualTo("SINGLE_SOURCE");
        assertThat(finding.technique()).isEqualTo("T1499.002");
        assertThat(finding.measures()).containsEntry("peakOneClient", 30.0);
    }

    @Test
    void a_server_that_is_full_of_wanted_mail_has_grown() {
        // Given
        for (int i = 0; i < 600; i++) {
            story.message(i * 0.5, "198.51.100." + i % 200);
        }
        for (int i = 0; i < 20; i++) {
            story.say(280 + i, postscreen("198.51.100." + i));
        }

        // When
        Finding finding = server().get(0);

        // Then
        assertThat(finding.cause()).isEqualTo("HONEST_LOAD");
        assertThat(finding.technique()).isEmpty();
        assertThat(last(server()).severity()).isEqualTo(Severity.HIGH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "EHLO,STARTTLS,EHLO"})
    void exim_that_only_logs_whom_it_refuses_tells_a_crowd_of_strangers(String commands) {
        // Given
        for (int i = 0; i < 900; i++) {
            String client = "100.64." + i / 250 + "." + i % 250;
            story.say(
                    i * 0.3,
                    i % 3 == 0
                            ? "exim[82]: no MAIL in SMTP connection from [" + client + "] D=0s C=" + commands
                            : "exim[82]: Connection from [" + client + "] refused: too many connections");
        }

        // When
        Finding finding = last(server());

        // Then
        assertThat(finding.cause()).isEqualTo("MANY_SOURCES");
        assertThat(finding.summary())
                .containsPattern("\\b(8[6-9]|9[0-3])\\d clients came")
                .contains("0 % of the connections that were let in");
    }

    @Test
    void partners_that_exim_refuses_because_its_slots_are_full_of_mail_are_honest_load() {
        // Given
        for (int i = 0; i < 900; i++) {
            String client = "198.51." + i % 3 + "." + i % 250;
            story.say(
                    i * 0.3,
                    i % 3 == 0
                            ? "exim[82]: 1xUgW" + (char) ('A' + i % 26) + "-0000" + (char) ('A' + i / 36)
                                    + "P-0k <= a@example.org H=mail.example.org [" + client + "] P=esmtp S=2172"
                            : "exim[82]: Connection from [" + client + "] refused: too many connections");
        }

        // When
        Finding finding = last(server());

        // Then
        assertThat(finding.cause()).isEqualTo("HONEST_LOAD");
    }

    @Test
    void a_shortage_that_lasts_while_the_usual_mail_stays_out_is_critical() {
        // Given
        for (int i = 0; i < 3600; i += 2) {
            story.message(i, "198.51.100." + i % 60);
        }
        for (int i = 0; i < 800; i++) {
            story.say(3600 + i, postscreen("198.51.100." + i % 200));
        }

        // When
        List<Finding> findings = server();

        // Then
        assertThat(last(findings).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void exims_reserve_tells_how_full_it_was() {
        // Given
        for (int i = 0; i < 5; i++) {
            story.say(
                    i,
                    "exim[82]: temporarily refused connection from [203.0.113.7]: not in reserve list: connected=45 max=50"
                            + " reserve=5");
        }

        // When
        Finding finding = last(server());

        // Then
        assertThat(finding.measures()).containsEntry("saturation", 0.9);
        assertThat(finding.advice().get(1).steps())
                .anyMatch(step -> step.contains("smtp_accept_queue <= smtp_accept_max"));
    }

    @Test
    void a_single_refusal_is_none() {
        // Given
        story.say(0, postscreen("198.51.100.7"));

        // When / Then
        assertThat(server()).isEmpty();
    }

    @Test
    void an_ftp_users_own_limit_is_not_the_servers() {
        // Given
        for (int i = 0; i < 20; i++) {
            story.say(
                    i,
                    "pure-ftpd: (sam@203.0.113.7) [WARNING] I can't accept more than 3 connections as the same user");
        }

        // When / Then
        assertThat(server()).isEmpty();
    }

    // Load.

    @Test
    void refusals_by_load_are_the_machines_and_no_clients_fault() {
        // Given
        for (int i = 0; i < 30; i++) {
            story.say(
                    i * 4,
                    "exim[82]: temporarily refused connection from [203.0.113.221]: not in reserve list and load average ="
                            + " 11.68");
        }

        // When
        List<Finding> findings =
                story.of(Watch.SERVER, "mx1").assess(LimitDetector.loadShedding(LimitParams.loadShedding()));

        // Then
        assertThat(findings.get(0).cause()).isEqualTo("LOAD");
        assertThat(findings.get(0).severity()).isEqualTo(Severity.HIGH);
        assertThat(findings.get(0).measures()).containsEntry("load", 11.68);
        assertThat(findings.get(0).advice())
                .noneMatch(advice -> advice.steps().toString().contains("raise smtp_accept_max"));
        assertThat(findings.get(0).advice().get(0).never()).anyMatch(text -> text.contains("smtp_accept_max"));
        assertThat(server()).as("it is no shortage of slots").isEmpty();
    }

    // Only queued.

    @Test
    void messages_that_only_wait_are_low_and_no_refusal() {
        // Given
        for (int i = 0; i < 200; i++) {
            story.say(i * 5, "exim[82]: 1xUgOs-00001X-2g no immediate delivery: too many connections (21, max 20)");
        }

        // When
        List<Finding> findings = queueOnly();

        // Then
        assertThat(findings.get(0).severity()).isEqualTo(Severity.LOW);
        assertThat(findings.get(0).cause()).isEqualTo("MANY_CONNECTIONS");
        assertThat(findings.get(0).advice().get(0).steps()).anyMatch(step -> step.contains("silently"));
        assertThat(server()).isEmpty();
    }

    @Test
    void a_list_server_that_sends_all_in_one_connection_is_none() {
        // Given
        for (int i = 0; i < 80; i++) {
            story.say(
                    i * 5,
                    "exim[82]: 1xUgOs-00001X-2g no immediate delivery: more than 10 messages received in one connection");
        }

        // When / Then
        assertThat(queueOnly()).isEmpty();
    }

    // FTP.

    @Test
    void an_ftp_client_at_its_limit_is_found_though_pure_ftpd_says_it_once() {
        // Given
        for (int i = 0; i < 12; i++) {
            story.say(0.1 * i, "pure-ftpd: (?@" + CLIENT + ") [INFO] New connection from " + CLIENT);
        }
        story.say(2, "pure-ftpd: (?@?) [WARNING] Too many connections (8) from this IP: [" + CLIENT + "]");
        for (int i = 0; i < 60; i++) {
            story.say(5 + i * 3, "pure-ftpd: (karen@" + CLIENT + ") [INFO] Logout.");
            story.say(5 + i * 3 + 0.1, "pure-ftpd: (?@" + CLIENT + ") [INFO] New connection from " + CLIENT);
        }

        // When
        List<Finding> findings = ftp();

        // Then
        assertThat(findings.get(0).severity()).isEqualTo(Severity.INFO);
        assertThat(findings.get(0).cause()).isEqualTo("FTP_PARALLEL");
        assertThat(findings.get(0).title()).contains("8");
        assertThat(findings.get(0).advice().get(0).steps()).anyMatch(step -> step.contains("FileZilla"));
        assertThat(findings.get(0).advice().get(0).never()).anyMatch(text -> text.contains("SMTP or IMAP"));
        assertThat(server()).isEmpty();
    }

    @Test
    void a_single_421_of_ftp_is_a_note() {
        // Given
        story.say(0, "pure-ftpd: (?@?) [WARNING] Too many connections (8) from this IP: [" + CLIENT + "]");

        // When / Then
        assertThat(ftp()).extracting(Finding::severity).containsOnly(Severity.INFO);
    }

    // Mailboxes.

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 120})
    void a_user_whose_programs_are_refused_all_the_time_is_a_note(int gap) {
        // Given
        for (int i = 0; i < 60; i++) {
            story.say(i * gap, mailbox(i));
        }

        // When
        List<Finding> findings = mailbox();

        // Then
        assertThat(findings.get(0).severity()).isEqualTo(Severity.INFO);
        assertThat(findings.get(0).cause()).isEqualTo("CLIENT_MISCONFIG");
        assertThat(findings.get(0).subject().account()).isEqualTo(USER);
        assertThat(findings.get(0).measures()).containsEntry("limitValue", 10.0);
        assertThat(findings.get(0).summary()).contains(CLIENT);
    }

    @Test
    void a_telephone_that_is_refused_twice_is_none() {
        // Given
        for (int i = 0; i < 8; i++) {
            story.say(i * 600, mailbox(i));
        }

        // When / Then
        assertThat(mailbox()).isEmpty();
    }

    @Test
    void settings_out_of_range_are_refused_by_name() {
        Persistence persistence = Persistence.adjacent(Duration.ofMinutes(5), 1, 1);
        assertThatThrownBy(() -> new LimitParams(Duration.ofMinutes(5), 0, persistence, 1, Duration.ofMinutes(5), 0.5))
                .hasMessageContaining("floor must be from 1");
        assertThatThrownBy(() -> new LimitParams(Duration.ofMinutes(5), 1, persistence, 1, Duration.ofMinutes(4), 0.5))
                .hasMessageContaining("hold must be from");
    }

    private static String anvil(String warning) {
        return "postfix/smtpd[9]: warning: " + warning + " from unknown[" + CLIENT + "] for service smtp";
    }

    private static String postscreen(String client) {
        return "postfix/postscreen[9]: NOQUEUE: reject: CONNECT from [" + client + "]:4000: all server ports busy";
    }

    private static String mailbox(int i) {
        return "dovecot: imap-login: Disconnected: Maximum number of connections from user+IP exceeded"
                + " (mail_max_userip_connections=10): user=<" + USER + ">, method=PLAIN, rip=" + CLIENT
                + ", lip=203.0.113.30, TLS, session=<s" + i + ">";
    }

    private List<Finding> client() {
        return story.of(Watch.CLIENT, CLIENT).assess(LimitDetector.clientLimit(LimitParams.clientLimit()));
    }

    private List<Finding> server() {
        return story.of(Watch.SERVER, "mx1").assess(LimitDetector.serverLimit(LimitParams.serverLimit()));
    }

    private List<Finding> queueOnly() {
        return story.of(Watch.SERVER, "mx1").assess(LimitDetector.queueOnly(LimitParams.queueOnly()));
    }

    private List<Finding> ftp() {
        return story.of(Watch.CLIENT, CLIENT).assess(LimitDetector.ftpLimit(LimitParams.ftpLimit()));
    }

    private List<Finding> mailbox() {
        return story.of(Watch.ACCOUNT, USER).assess(LimitDetector.mailboxLimit(LimitParams.mailboxLimit()));
    }

    private static Finding last(List<Finding> findings) {
        return findings.get(findings.size() - 1);
    }
}
