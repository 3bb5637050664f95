package postwarden.logins;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import postwarden.config.AppConfig;
import postwarden.event.LogRecord;
import postwarden.event.Source;
import postwarden.incident.Alert;
import postwarden.scan.Engine;
import postwarden.stream.Settings;
import postwarden.tally.Pane;

/** Mail hosts whose people and strangers log in, as Postfix and Dovecot log it, and what is told about them. */
final class MailHost {
    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private final List<Written> lines = new ArrayList<>();
    private int numbers;

    private record Written(Instant time, String host, String program, int pid, String message) {}

    /** A login to a mailbox. */
    MailHost reads(Duration at, String host, String ip, String account) {
        return write(
                at,
                host,
                "dovecot",
                -1,
                "imap-login: Login: user=<%s>, method=PLAIN, rip=%s, lip=203.0.113.30, mpid=%d, TLS, session=<%s>"
                        .formatted(account, ip, ++numbers, session()));
    }

    /** A refused login to a mailbox, without a word about the password. */
    MailHost failsToRead(Duration at, String host, String ip, String account) {
        return write(
                at,
                host,
                "dovecot",
                -1,
                ("imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<%s>, method=PLAIN,"
                                + " rip=%s, lip=203.0.113.30, TLS, session=<%s>")
                        .formatted(account, ip, session()));
    }

    /** The same where the producer leaves a keyed hash of the password. */
    MailHost failsToRead(Duration at, String host, String ip, String account, String password) {
        String session = session();
        write(
                at,
                host,
                "dovecot",
                -1,
                "auth: sql(%s,%s,<%s>): Password mismatch (keyed hash of given password: %s)"
                        .formatted(account, ip, session, hash(password)));
        return write(
                at.plusSeconds(2),
                host,
                "dovecot",
                -1,
                ("imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<%s>, method=PLAIN,"
                                + " rip=%s, lip=203.0.113.30, TLS, session=<%s>")
                        .formatted(account, ip, session));
    }

    /** A refused login to submission. */
    MailHost failsToSend(Duration at, String host, String ip, String account) {
        int pid = 1000 + ++numbers;
        String program = "postfix/submission/smtpd";
        write(at, host, program, pid, "connect from unknown[%s]".formatted(ip));
        write(
                at.plusMillis(400),
                host,
                program,
                pid,
                "warning: unknown[%s]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=%s"
                        .formatted(ip, account));
        return write(
                at.plusMillis(600),
                host,
                program,
                pid,
                "disconnect from unknown[%s] ehlo=1 auth=0/1 quit=1 commands=2/3".formatted(ip));
    }

    /** The same in the words of Exim. */
    MailHost failsAtExim(Duration at, String host, String ip, String account) {
        return write(
                at,
                host,
                "exim",
                81,
                "dovecot_login authenticator failed for (ylmf-pc) [%s]: 535 Incorrect authentication data (set_id=%s)"
                        .formatted(ip, account));
    }

    /** A message that an account submits to one recipient. */
    MailHost sends(Duration at, String host, String ip, String account) {
        int pid = 1000 + ++numbers;
        String program = "postfix/submission/smtpd";
        String id = String.format(Locale.ROOT, "4dKw%06dz1s", numbers);
        write(at, host, program, pid, "connect from unknown[%s]".formatted(ip));
        write(
                at.plusMillis(200),
                host,
                program,
                pid,
                "%s: client=unknown[%s], sasl_method=PLAIN, sasl_username=%s".formatted(id, ip, account));
        write(
                at.plusMillis(300),
                host,
                "postfix/qmgr",
                77,
                "%s: from=<%s>, size=900, nrcpt=1 (queue active)".formatted(id, account));
        return write(
                at.plusMillis(400),
                host,
                program,
                pid,
                "disconnect from unknown[%s] ehlo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6".formatted(ip));
    }

    /** What is told about all of it with the standard settings. */
    List<Alert> alerts() {
        return alerts(AppConfig.scanSettings());
    }

    List<Alert> alerts(Settings settings) {
        Engine engine = new Engine(settings);
        lines.sort(Comparator.comparing(Written::time));
        List<String> hosts =
                List.copyOf(new TreeSet<>(lines.stream().map(Written::host).toList()));
        hosts.forEach(host -> engine.accept(new LogRecord.Hello("default", host, hosts)));
        List<Alert> alerts = new ArrayList<>();
        Map<String, Long> written = new TreeMap<>();
        long pane = Long.MIN_VALUE;
        for (Written line : lines) {
            if (Pane.of(line.time()) > pane) {
                pane = Pane.of(line.time());
                alerts.addAll(engine.drain());
            }
            engine.accept(record(line, written));
        }
        hosts.forEach(host -> engine.accept(new LogRecord.End("default", host)));
        alerts.addAll(engine.drain());
        return alerts;
    }

    /** Alerts as a reader of a failed test wants them. */
    static List<String> briefly(List<Alert> alerts) {
        return alerts.stream()
                .map(alert -> alert.state() + " " + alert.detector() + " " + alert.severity() + " " + alert.cause()
                        + " " + alert.detectedAt() + " " + alert.title() + " " + alert.measures())
                .toList();
    }

    private static LogRecord record(Written line, Map<String, Long> written) {
        String header = line.time() + " " + line.host() + " " + line.program() + ": ";
        long start = written.getOrDefault(line.host(), 0L);
        long end = start + header.length() + line.message().length() + 1;
        written.put(line.host(), end);
        Source source = new Source("mail.log", line.host() + "/mail.log", start, end, -1, -1);
        return new LogRecord.Line(
                "default", line.host(), line.program(), line.pid(), line.time(), header, line.message(), source);
    }

    private MailHost write(Duration at, String host, String program, int pid, String message) {
        lines.add(new Written(START.plus(at), host, program, pid, message));
        return this;
    }

    private String session() {
        return "s" + ++numbers;
    }

    /** Forty-eight bits, as the producer writes them. */
    private static String hash(String password) {
        return String.format(Locale.ROOT, "%012x", 0xFFFFFFFFFFFFL & (password.hashCode() * 0x9E3779B97F4A7C15L));
    }
}
