package postwarden.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postwarden.incident.Alert;

/** A provider that takes nothing any more, in words that name no limit, told by the daemon's own lines; and who looks like it. */
class ClosedDestinationTest {
    private static final Duration LATER = Duration.ofHours(2);
    private static final String PTR = "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]";
    private static final String MUTE = "451 4.7.1 Try again later";
    private static final String STRICT = "550 5.7.1 Message refused by recipient policy 77";

    private final MailHost host = new MailHost("mx1");
    private int messages;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                PTR + " | OWN_NAME",
                "450 4.7.1 <mx1.example.com>: Helo command rejected: Host not found | OWN_NAME",
                "451 4.3.0 Error: queue file write error | OVERLOAD",
                "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent; part of their network is on our block"
                        + " list (S3140). | REPUTATION",
                MUTE + " | INCONCLUSIVE",
                STRICT + " | INCONCLUSIVE"
            })
    void a_destination_that_takes_nothing_any_more_is_told_whatever_its_words(String words, String cause) {
        // Given
        flows(Duration.ZERO, LATER);
        for (int i = 0; i < 720; i++) {
            Duration at = LATER.plusSeconds(10L * i);
            if (i % 20 == 0) {
                delivered(at, person(i), "2.0.0", "sent (250 2.0.0 Ok: queued as 616A63A210)");
            } else {
                refused(at, person(i), words);
            }
        }

        // When
        List<Alert> alerts = host.verdicts();

        // Then
        assertThat(alerts).isNotEmpty().extracting(Alert::detector).containsOnly("remote-throttle");
        assertThat(alerts.get(0).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(alerts).extracting(Alert::cause).containsOnly(cause);
        assertThat(Duration.between(MailHost.START.plus(LATER), alerts.get(0).detectedAt()))
                .isLessThan(Duration.ofMinutes(31));
        assertThat(alerts.get(0).evidence()).isNotEmpty();
        assertThat(alerts.get(0).advice().get(0).steps()).anyMatch(step -> step.startsWith("First"));
    }

    @Test
    void the_mail_of_one_machine_that_was_taken_before_is_enough() {
        // Given a shop's letters, six a minute, of one sender, of which some are taken when they come again
        for (int i = 0; i < 1440; i++) {
            Duration at = Duration.ofSeconds(10L * i);
            boolean taken = at.compareTo(LATER) < 0 || i % 20 == 0;
            String id = arrives(at, "orders@shop.example", taken ? "" : MUTE);
            if (!taken && i % 4 == 0) {
                comesAgain(at.plusMinutes(6), id);
            }
        }

        // When / Then
        assertThat(host.verdicts().get(0).detector()).isEqualTo("remote-throttle");
    }

    @Test
    void what_names_the_host_is_told_however_much_one_machine_sends_of_a_sudden() {
        flows(Duration.ZERO, LATER);
        for (int i = 0; i < 960; i++) {
            arrives(LATER.plusSeconds(15L * i / 4), "orders@shop.example", PTR);
        }
        assertThat(host.verdicts())
                .filteredOn(alert -> alert.detector().equals("remote-throttle"))
                .isNotEmpty()
                .extracting(Alert::cause)
                .containsOnly("OWN_NAME");
    }

    @Test
    void a_burst_of_one_sender_who_is_alone_is_his_content() {
        flows(Duration.ZERO, LATER);
        for (int i = 0; i < 960; i++) {
            refused(LATER.plusSeconds(15L * i / 4), "burst@example.com", STRICT);
        }
        assertThat(host.told()).doesNotContainKey("remote-throttle");
    }

    @Test
    void one_that_begins_to_greylist_in_words_of_its_own_takes_the_mail_when_it_comes_again() {
        // Given
        flows(Duration.ZERO, LATER);
        for (int i = 0; i < 720; i++) {
            Duration at = LATER.plusSeconds(10L * i);
            String id = refused(at, person(i), MUTE);
            comesAgain(at.plusMinutes(6), id);
        }

        // When / Then
        assertThat(host.told()).doesNotContainKey("remote-throttle");
    }

    @Test
    void one_that_never_took_anything_is_no_news() {
        for (int i = 0; i < 1400; i++) {
            refused(Duration.ofSeconds(10L * i), person(i), PTR);
        }
        assertThat(host.told()).doesNotContainKey("remote-throttle");
    }

    @Test
    void a_strict_domain_that_few_write_to_is_no_news() {
        flows(Duration.ZERO, LATER);
        for (int i = 0; i < 40; i++) {
            refused(LATER.plusMinutes(3L * i), person(i), PTR);
        }
        assertThat(host.told()).doesNotContainKey("remote-throttle");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"550 5.1.1 User unknown", "452 4.2.2 Mailbox full", "552 5.3.4 Message too big"})
    void dead_addresses_and_full_mailboxes_are_not_the_destinations_doing(String words) {
        flows(Duration.ZERO, LATER);
        for (int i = 0; i < 700; i++) {
            refused(LATER.plusSeconds(10L * i), person(i), words);
        }
        assertThat(host.told()).doesNotContainKey("remote-throttle");
    }

    @ParameterizedTest
    @CsvSource({"burst@example.com, burst@example.com", "letters+r%d=provider.example@list.example, ''"})
    void what_one_sender_meets_while_others_are_taken_is_his_content(String sender, String account) {
        // Given sixteen of his in a minute, and one of the others'
        flows(Duration.ZERO, LATER.plusHours(1));
        for (int i = 0; i < 960; i++) {
            Duration at = LATER.plusSeconds(15L * i / 4);
            String from = sender.replace("%d", Integer.toString(i));
            if (account.isEmpty()) {
                arrives(at, from, STRICT);
            } else {
                refused(at, account, STRICT);
            }
        }

        // When / Then
        assertThat(host.told()).doesNotContainKey("remote-throttle");
    }

    /** Thirty people write to one large provider, six messages a minute. */
    private void flows(Duration from, Duration to) {
        for (Duration at = from; at.compareTo(to) < 0; at = at.plusSeconds(10)) {
            delivered(at, person(messages), "2.0.0", "sent (250 2.0.0 Ok: queued as 616A63A210)");
        }
    }

    private static String person(int i) {
        return "user" + i * 7 % 30 + "@example.com";
    }

    private String refused(Duration at, String account, String words) {
        boolean forGood = words.startsWith("5");
        return delivered(
                at,
                account,
                words.substring(4, 9),
                (forGood ? "bounced" : "deferred") + " (host mx.provider.example[198.18.7.7] said: " + words
                        + " (in reply to RCPT TO command))");
    }

    private String delivered(Duration at, String account, String dsn, String words) {
        String id = "AB" + messages + "CDE1F2";
        String ip = "192.0.2." + (100 + account.hashCode() % 30);
        host.says(at, "postfix/submission/smtpd[242]", id + ": client=pc[" + ip + "], sasl_username=" + account);
        return queued(at, id, account, dsn, words);
    }

    /** A message that needs no login; {@code words} are empty where it is taken. */
    private String arrives(Duration at, String sender, String words) {
        String id = "AB" + messages + "CDE1F2";
        host.says(at, "postfix/smtpd[75]", id + ": client=list.example[203.0.113.9]");
        return queued(
                at,
                id,
                sender,
                words.isEmpty() ? "2.0.0" : words.substring(4, 9),
                words.isEmpty()
                        ? "sent (250 2.0.0 Ok: queued as 616A63A210)"
                        : (words.startsWith("5") ? "bounced" : "deferred")
                                + " (host mx.provider.example[198.18.7.7] said: " + words
                                + " (in reply to end of DATA command))");
    }

    private void comesAgain(Duration at, String id) {
        host.says(
                at,
                "postfix/smtp[249]",
                id + ": to=<friend@provider.example>, relay=mx.provider.example[198.18.7.7]:25, delay=360,"
                        + " delays=360/0/0.08/0.14, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 616A63A210)");
    }

    private String queued(Duration at, String id, String sender, String dsn, String words) {
        messages++;
        host.says(at, "postfix/qmgr[231]", id + ": from=<" + sender + ">, size=1672, nrcpt=1 (queue active)");
        host.says(
                at.plusMillis(230),
                "postfix/smtp[249]",
                id + ": to=<friend@provider.example>, relay=mx.provider.example[198.18.7.7]:25, delay=0.23,"
                        + " delays=0.01/0/0.08/0.14, dsn=" + dsn + ", status=" + words);
        return id;
    }
}
