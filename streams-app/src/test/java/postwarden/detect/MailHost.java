package postwarden.detect;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import postwarden.config.AppConfig;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.incident.Alert;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;
import postwarden.scan.Engine;
import postwarden.tally.Pane;

/** One host's log in the words of its daemons, and what the service makes of it: every stage, every detector, the desk. */
final class MailHost {
    static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

    private final String name;
    private final List<Said> lines = new ArrayList<>();
    private int ids;

    private record Said(Instant at, int order, String text) {}

    /** What became of a delivery. */
    enum Outcome {
        SENT("2.0.0", "sent (250 2.0.0 Ok: queued as 616A63A210)"),
        UNKNOWN(
                "5.1.1",
                "bounced (host mx.example.net[198.51.100.24] said: 550 5.1.1 User unknown (in reply to RCPT TO command))"),
        SPAM(
                "5.7.1",
                "bounced (host mx.example.net[198.51.100.24] said: 554 5.7.1 Message rejected as spam by content filter"
                        + " (in reply to end of DATA command))"),
        LISTED(
                "5.7.1",
                "bounced (host mx.example.net[198.51.100.24] said: 554 5.7.1 Service unavailable; Client host [192.0.2.1]"
                        + " blocked using zen.spamhaus.org (in reply to RCPT TO command))"),
        COMPLAINED(
                "4.7.0",
                "deferred (host mx.example.net[198.51.100.24] said: 421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily"
                        + " deferred due to unexpected volume or user complaints (in reply to MAIL FROM command))"),
        BUSY(
                "4.3.2",
                "deferred (host mx.example.net[198.51.100.24] said: 451 4.3.2 System busy, try again later (in reply to"
                        + " MAIL FROM command))"),
        NOBODY("4.4.1", "deferred (connect to mx.example.net[198.51.100.24]:25: Connection timed out)"),
        NAMELESS(
                "4.4.3",
                "deferred (Host or domain name not found. Name service error for name=example.net type=MX: Host not found,"
                        + " try again)");

        private final String dsn;
        private final String words;

        Outcome(String dsn, String words) {
            this.dsn = dsn;
            this.words = words;
        }

        /** How Postfix says which server it was, at an address of its own for each domain. */
        private String relay(String domain) {
            return this == NOBODY || this == NAMELESS ? "none" : "mx." + domain + "[" + address(domain) + "]:25";
        }

        private String words(String domain) {
            return words.replace("mx.example.net[198.51.100.24]", "mx." + domain + "[" + address(domain) + "]")
                    .replace("name=example.net", "name=" + domain);
        }

        private static String address(String domain) {
            int hash = domain.hashCode() & 0x7FFF;
            return "198.18." + hash / 256 + "." + hash % 256;
        }
    }

    MailHost(String name) {
        this.name = name;
    }

    /** A line of any program. */
    MailHost says(Duration at, String program, String text) {
        Instant when = START.plus(at);
        lines.add(new Said(when, lines.size(), when + " " + name + " " + program + ": " + text));
        return this;
    }

    /** Postfix takes one message of an account and delivers it. */
    MailHost submits(Duration at, String account, String ip, Outcome outcome, String... recipients) {
        String id = id();
        says(
                at,
                "postfix/submission/smtpd[242]",
                id + ": client=dsl.isp.example[" + ip + "], sasl_method=PLAIN, sasl_username=" + account);
        return message(at, id, account, "m" + id + "@example.com", outcome, recipients);
    }

    /** The same of a message that the other side puts off, for the reputation of all who send from here, every five minutes. */
    MailHost submitsInVain(Duration at, String account, String ip, int tries, String recipient) {
        submits(at, account, ip, Outcome.COMPLAINED, recipient);
        String id = String.format("%09X", 0x9D4000000L + 7L * (ids - 1));
        for (int i = 1; i < tries; i++) {
            Duration again = at.plusMinutes(5L * i);
            says(again, "postfix/qmgr[231]", id + ": from=<" + account + ">, size=1672, nrcpt=1 (queue active)");
            delivery(again, id, Outcome.COMPLAINED, recipient);
        }
        return this;
    }

    /** One message of an account to as many people, every so manieth of whom is gone. */
    MailHost circular(Duration at, String account, String ip, int people, int gone) {
        String id = id();
        says(
                at,
                "postfix/submission/smtpd[242]",
                id + ": client=dsl.isp.example[" + ip + "], sasl_method=PLAIN, sasl_username=" + account);
        says(at, "postfix/cleanup[263]", id + ": message-id=<m" + id + "@example.com>");
        says(at, "postfix/qmgr[231]", id + ": from=<" + account + ">, size=1672, nrcpt=" + people + " (queue active)");
        for (int i = 0; i < people; i++) {
            delivery(
                    at,
                    id,
                    i % gone == 0 ? Outcome.UNKNOWN : Outcome.SENT,
                    "reader" + id + i + "@list" + i % 40 + ".example");
        }
        return says(at.plusMillis(240), "postfix/qmgr[231]", id + ": removed");
    }

    /** A process of this host gives Postfix a message. */
    MailHost pickedUp(Duration at, int uid, String sender, Outcome outcome, String... recipients) {
        String id = id();
        says(at, "postfix/pickup[77]", id + ": uid=" + uid + " from=<" + sender + ">");
        return message(at, id, sender, "m" + id + "@example.com", outcome, recipients);
    }

    /** Somebody gives a message by SMTP, without a login. */
    MailHost gives(Duration at, String ip, String sender, Outcome outcome, String... recipients) {
        String id = id();
        says(at, "postfix/smtpd[75]", id + ": client=unknown[" + ip + "]");
        return message(at, id, sender, "m" + id + "@example.com", outcome, recipients);
    }

    /** Exim takes a message of a script. */
    MailHost script(Duration at, String user, String directory, Outcome outcome, String recipient) {
        String id = "1xUg" + String.format("%02d", ids / 10_000 % 100) + "-00" + String.format("%04d", ids++ % 10_000)
                + "-2R";
        String exim = "exim[81]";
        says(at, exim, "cwd=" + directory + " 3 args: /usr/sbin/sendmail -t -i");
        says(
                at,
                exim,
                id + " <= " + user + "@example.com U=" + user + " P=local S=4318 id=" + id + "@shop.example.com for "
                        + recipient);
        String route = recipient + " R=dnslookup T=remote_smtp H=mx.example.net [198.51.100.24]";
        return switch (outcome) {
            case SENT ->
                says(at.plusMillis(300), exim, id + " => " + route + " C=\"250 2.0.0 Ok: queued as 616A63A2\"");
            case UNKNOWN ->
                says(
                        at.plusMillis(300),
                        exim,
                        id + " ** " + route + ": SMTP error from remote mail server after RCPT TO:<" + recipient
                                + ">: 550 5.1.1 User unknown");
            case SPAM, LISTED ->
                says(
                        at.plusMillis(300),
                        exim,
                        id + " ** " + route
                                + ": SMTP error from remote mail server after end of data: 554 5.7.1 Message rejected as"
                                + " spam");
            case BUSY, COMPLAINED ->
                says(
                        at.plusMillis(300),
                        exim,
                        id + " == " + route
                                + " defer (-44): SMTP error from remote mail server after MAIL FROM: 451 4.3.2 busy");
            case NOBODY -> says(at.plusMillis(300), exim, id + " == " + route + " defer (110): Connection timed out");
            case NAMELESS ->
                says(
                        at.plusMillis(300),
                        exim,
                        id + " == " + recipient + " R=dnslookup defer (-1): host lookup did not complete");
        };
    }

    /** Postfix takes a message from elsewhere for a name that stands for an address elsewhere. */
    MailHost forwards(Duration at, String ip, String sender, String messageId, String recipient, String onwards) {
        String id = arrives(at, ip, sender, messageId);
        says(
                at.plusMillis(20),
                "postfix/smtp[239]",
                id + ": to=<" + onwards + ">, orig_to=<" + recipient + ">, relay=mx.example.net[198.51.100.24]:25,"
                        + " delay=0.4, delays=0/0/0.1/0.3, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 616A63A210)");
        return says(at.plusMillis(30), "postfix/qmgr[231]", id + ": removed");
    }

    /** A stranger's message for a mailbox of this host. */
    MailHost receives(Duration at, String ip, String sender, String messageId, String recipient) {
        String id = arrives(at, ip, sender, messageId);
        says(
                at.plusMillis(20),
                "postfix/lmtp[238]",
                id + ": to=<" + recipient + ">, relay=mail1.example.com[private/dovecot-lmtp], delay=0.01,"
                        + " delays=0/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 <" + recipient + "> Saved)");
        return says(at.plusMillis(30), "postfix/qmgr[231]", id + ": removed");
    }

    private String arrives(Duration at, String ip, String sender, String messageId) {
        String id = id();
        says(at, "postfix/smtpd[51]", id + ": client=mail.example.org[" + ip + "]");
        says(at, "postfix/cleanup[263]", id + ": message-id=<" + messageId + ">");
        says(at, "postfix/qmgr[231]", id + ": from=<" + sender + ">, size=1672, nrcpt=1 (queue active)");
        return id;
    }

    /** A login that the authentication service refused. */
    MailHost refusesLogin(Duration at, String account, String ip) {
        return says(
                at,
                "dovecot",
                "imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<" + account
                        + ">, method=PLAIN, rip=" + ip + ", lip=192.0.2.1, TLS");
    }

    /** A login by IMAP. */
    MailHost letsIn(Duration at, String account, String ip) {
        return says(
                at,
                "dovecot",
                "imap-login: Login: user=<" + account + ">, method=PLAIN, rip=" + ip
                        + ", lip=192.0.2.1, mpid=77, TLS, session=<a>");
    }

    /** Four hours in which the owner writes to one of eight people every six minutes from home. */
    MailHost owner(String account, String home) {
        for (int i = 0; i < 40; i++) {
            submits(Duration.ofMinutes(6L * i), account, home, Outcome.SENT, "friend" + i % 8 + "@example.org");
        }
        return this;
    }

    /** Everything that is told from the first line to the last. */
    List<Alert> verdicts() {
        Engine engine = new Engine(AppConfig.scanSettings());
        HeaderParser headers =
                new HeaderParser(new HeaderContext(name, ZoneOffset.UTC, START.plus(Duration.ofDays(2))));
        List<Alert> alerts = new ArrayList<>();
        engine.accept(new LogRecord.Hello("default", name, List.of(name)));
        lines.sort(Comparator.comparing(Said::at).thenComparing(Said::order));
        long offset = 0;
        long pane = Long.MIN_VALUE;
        for (Said said : lines) {
            byte[] bytes = said.text().getBytes(StandardCharsets.UTF_8);
            engine.accept(line(offset, bytes, headers.parse(bytes, 0, bytes.length)));
            offset += bytes.length + 1;
            if (Pane.of(said.at()) > pane) {
                pane = Pane.of(said.at());
                alerts.addAll(engine.drain());
            }
        }
        engine.accept(new LogRecord.End("default", name));
        alerts.addAll(engine.drain());
        return alerts;
    }

    /** The worst that each detector told, by its name. */
    Map<String, Severity> told() {
        return verdicts().stream().collect(Collectors.toMap(Alert::detector, Alert::severity, Severity::max));
    }

    private MailHost message(
            Duration at, String id, String sender, String messageId, Outcome outcome, String... recipients) {
        says(at, "postfix/cleanup[263]", id + ": message-id=<" + messageId + ">");
        says(
                at,
                "postfix/qmgr[231]",
                id + ": from=<" + sender + ">, size=1672, nrcpt=" + recipients.length + " (queue active)");
        for (String recipient : recipients) {
            delivery(at, id, outcome, recipient);
        }
        return outcome.dsn.startsWith("4") ? this : says(at.plusMillis(240), "postfix/qmgr[231]", id + ": removed");
    }

    private void delivery(Duration at, String id, Outcome outcome, String recipient) {
        says(
                at.plusMillis(230),
                "postfix/smtp[249]",
                id + ": to=<" + recipient + ">, relay=" + outcome.relay(domain(recipient)) + ", delay=0.23,"
                        + " delays=0.01/0/0.08/0.14, dsn=" + outcome.dsn + ", status="
                        + outcome.words(domain(recipient)));
    }

    private static String domain(String recipient) {
        return recipient.substring(recipient.lastIndexOf('@') + 1);
    }

    private String id() {
        return String.format("%09X", 0x9D4000000L + 7L * ids++);
    }

    private LogRecord.Line line(long start, byte[] line, Header header) {
        int from = header.messageStart();
        return new LogRecord.Line(
                "default",
                header.host(),
                header.program(),
                header.pidOrMinusOne(),
                header.time().orElseThrow(),
                new String(line, 0, from, StandardCharsets.UTF_8),
                new String(line, from, line.length - from, StandardCharsets.UTF_8),
                new Source("mail.log", "mail.log", start, start + line.length + 1, -1, -1));
    }
}
