package postwarden.producer.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms beyond plain syslog: variants of the stamp, what journalctl and other systems print, and daemons' own logs. */
class FormsTest {
    private static final HeaderContext CONTEXT =
            new HeaderContext("self", ZoneId.of("America/New_York"), Instant.parse("2026-11-21T18:00:00Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '`',
            value = {
                "2026 Nov 21 08:16:24 mx1 postfix/smtpd[7]: x | mx1 | postfix/smtpd | 7 | 2026-11-21T13:16:24Z | x",
                "Nov 1 08:16:24.123456 mx1 postfix/smtpd[7]: x | mx1 | postfix/smtpd | 7 | 2026-11-01T13:16:24.123456Z | x",
                "*Nov 21 08:16:24.123: %SYS-5-CONFIG_I: x | self | %SYS-5-CONFIG_I | -1 | 2026-11-21T13:16:24.123Z | x",
                "Nov 21 2026 08:16:24 UTC: %ASA-6-302013: x | self | %ASA-6-302013 | -1 | 2026-11-21T08:16:24Z | x",
                "Nov 21 08:16:24 CET mx1 a[7]: x | mx1 | a | 7 | 2026-11-21T07:16:24Z | x",
                "Nov 21 08:16:24 EST mx1 a[7]: x | mx1 | a | 7 | 2026-11-21T13:16:24Z | x",
                "Nov 21 08:16:24 MXA a[7]: x | MXA | a | 7 | 2026-11-21T13:16:24Z | x",
                "Nov 21 08:16:24 postfix/smtpd[1]: x | self | postfix/smtpd | 1 | 2026-11-21T13:16:24Z | x",
                "Nov 21 08:16:24 mx1 mail.info postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T13:16:24Z | x",
                "Nov 21 08:16:24 mx1 mail:info sendmail[1]: x | mx1 | sendmail | 1 | 2026-11-21T13:16:24Z | x",
                "Nov 21 08:16:24 <mail.info> mx1 sendmail[1]: x | mx1 | sendmail | 1 | 2026-11-21T13:16:24Z | x",
                "Nov 21 08:16:24 mx1 sendmail[1]: [ID 197553 mail.info] x | mx1 | sendmail | 1 | 2026-11-21T13:16:24Z | x",
                "Nov 21 08:16:24 mx1 sendmail[1]: [ID x mail.info] x | mx1 | sendmail | 1 | 2026-11-21T13:16:24Z | [ID x mail.info] x",
                "Nov 21 08:16:24 mx1 /usr/sbin/amavisd[1]: (01) x | mx1 | amavisd | 1 | 2026-11-21T13:16:24Z | (01) x",
                "Nov 21 08:16:24 mx1 vsftpd(pam_unix)[1]: x | mx1 | vsftpd(pam_unix) | 1 | 2026-11-21T13:16:24Z | x",
                "Nov 21 08:16:24 mx1 proftpd[1] mx1 (c[192.0.2.1]): x | mx1 | proftpd | 1 | 2026-11-21T13:16:24Z | mx1 (c[192.0.2.1]): x",
                "Nov 21 08:16:24 mx1 last message repeated 3 times | mx1 | syslogd | -1 | 2026-11-21T13:16:24Z | last message repeated 3 times",
                "Sat Nov 21 08:16:24 2026 mail.info postfix/smtpd[1]: x | self | postfix/smtpd | 1 | 2026-11-21T13:16:24Z | x",
                // ISO variants
                "2026-11-21 08:16:24,123 mx1 postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T13:16:24.123Z | x",
                "2026-11-21 08:16:24 UTC mx1 postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T08:16:24Z | x",
                "2026-11-21 08:16:24.5 CEST mx1 postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T06:16:24.500Z | x",
                "2026/11/21 08:16:24 mx1 postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T13:16:24Z | x",
                "2026-11-21 08:16:24 postfix/smtpd[1]: x | self | postfix/smtpd | 1 | 2026-11-21T13:16:24Z | x",
                "2026-11-21 08:16:24 mx1 mail.info postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T13:16:24Z | x",
                "2026-11-21 08:16:24 mail dovecot: imap: x | mail | dovecot | -1 | 2026-11-21T13:16:24Z | imap: x",
                "2026/11/21 08:16:24 [error] 7#7: x | self | `` | -1 | 2026-11-21T13:16:24Z | [error] 7#7: x",
                "2026-11-21 08:16:24,123 INFO: x y | self | `` | -1 | 2026-11-21T13:16:24.123Z | INFO: x y",
                "[Nov 21 08:16:24] <mail.info> mx1 a[7]: x | mx1 | a | 7 | 2026-11-21T13:16:24Z | x",
                "mx1 exim[7]: 2026-11-21 08:16:24 x | mx1 | exim | 7 | 2026-11-21T13:16:24Z | 2026-11-21 08:16:24 x",
                // journalctl
                "2026-11-21T08:16:24+0000 mx1 postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T08:16:24Z | x",
                "2026-11-21T08:16:24.123456+01:00 mx1 postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T07:16:24.123456Z | x",
                "1795248984.123456 mx1 postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T08:16:24.123456Z | x",
                "Sat 2026-11-21 08:16:24 UTC mx1 postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T08:16:24Z | x",
                "Sat 2026-11-21 08:16:24.5 EST mx1 postfix@-.service[1]: x | mx1 | postfix | 1 | 2026-11-21T13:16:24.500Z | x",
                // RFC 5424
                "1 2026-11-21T08:16:24Z mx1 postfix/smtpd 7 - - x | mx1 | postfix/smtpd | 7 | 2026-11-21T08:16:24Z | x",
                "<22>1 2026-11-21T08:16:24.123456Z mx1 dovecot - - [o@1 a=\"\\]\\\\\\\"\"] \u00ef\u00bb\u00bfx | mx1 | dovecot | -1 | 2026-11-21T08:16:24.123456Z | x",
                // daemons' own logs
                "2026-11-21 08:32:23 1xUgWY-00002c-12 <= a@example.com | self | exim | -1 | 2026-11-21T13:32:23Z | 1xUgWY-00002c-12 <= a@example.com",
                "2026-11-21 08:32:23.372 [82] TLS error: x | self | exim | 82 | 2026-11-21T13:32:23.372Z | TLS error: x",
                "2026-11-21 08:32:23 TLS error: x | self | exim | -1 | 2026-11-21T13:32:23Z | TLS error: x",
                "2026-11-21 08:16:24 imap-login: Info: Login | self | dovecot | -1 | 2026-11-21T13:16:24Z | imap-login: Info: Login",
                "Nov 21 08:16:24 imap(a b@example.com)<7><s>: Info: x | self | dovecot | -1 | 2026-11-21T13:16:24Z | imap(a b@example.com)<7><s>: Info: x",
                "Nov 21 08:16:24 dovecot: imap-login: Login | self | dovecot | -1 | 2026-11-21T13:16:24Z | imap-login: Login",
                "2026-11-21 08:16:24 #1234(normal) <abc>; task; f: x | self | rspamd | 1234 | 2026-11-21T13:16:24Z | <abc>; task; f: x",
                "2026-11-21 08:16:24.5 [info] #1234(rspamd_proxy) <abc>; x | self | rspamd | 1234 | 2026-11-21T13:16:24.500Z | <abc>; x",
                "2026-11-21 08:16:24,123 mx1 proftpd[7] 10.0.0.1 (c[192.0.2.1]): x | mx1 | proftpd | 7 | 2026-11-21T13:16:24.123Z | 10.0.0.1 (c[192.0.2.1]): x",
                "2026-11-21 08:16:24,123 proftpd[7]: x | self | proftpd | 7 | 2026-11-21T13:16:24.123Z | x",
                "Sat Nov 21 08:16:24 2026 [pid 2] [u] FAIL LOGIN: Client \"1.2.3.4\" | self | vsftpd | 2 | 2026-11-21T13:16:24Z | [u] FAIL LOGIN: Client \"1.2.3.4\"",
                "Sat Nov  1 08:16:24 2025 [pid 2] CONNECT: Client \"1.2.3.4\" | self | vsftpd | 2 | 2025-11-01T12:16:24Z | CONNECT: Client \"1.2.3.4\"",
                "Sat Nov 21 08:16:24 2026 1 host 123 /file b _ o r user ftp 0 * c | self | xferlog | -1 | 2026-11-21T13:16:24Z | 1 host 123 /file b _ o r user ftp 0 * c",
                "Sat Nov 21 08:16:24 2026 -> SelfCheck: Database status OK. | self | clamd | -1 | 2026-11-21T13:16:24Z | SelfCheck: Database status OK.",
                "Sat Nov 21 08:16:24 2026 [77] info: spamd: connection | self | spamd | 77 | 2026-11-21T13:16:24Z | spamd: connection",
                "[2026-11-21 08:16:24 +0000] info [cphulkd] x y | self | cphulkd | -1 | 2026-11-21T08:16:24Z | x y",
                "@4000000037c219bf2ef02e94 imap-login: Info: x | self | dovecot | -1 | 1999-08-24T04:04:05.787492Z | imap-login: Info: x",
                "@4000000037c219bf2ef02e94 dovecot-auth: x | self | dovecot-auth | -1 | 1999-08-24T04:04:05.787492Z | x",
                // containers
                "2026-11-21T08:16:24.123456789Z stdout F Nov 21 08:16:24 mx1 postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T08:16:24.123456Z | x",
                "2026-11-21T08:16:24.123456789Z stderr F postfix/smtpd[1]: x | self | postfix/smtpd | 1 | 2026-11-21T08:16:24.123456Z | x",
                "2026-11-21T08:16:24.123456789Z stdout F 2026-11-21T09:16:24+02:00 mx1 postfix/smtpd[1]: x | mx1 | postfix/smtpd | 1 | 2026-11-21T07:16:24Z | x",
                "2026-11-21T08:16:24Z stdout F imap-login: Info: x | self | dovecot | -1 | 2026-11-21T08:16:24Z | imap-login: Info: x",
                "2026-11-21T08:16:24Z stdout F a plain text | self | `` | -1 | 2026-11-21T08:16:24Z | a plain text",
                "2026-11-21T08:16:24Z stdout postfix[1]: x | stdout | postfix | 1 | 2026-11-21T08:16:24Z | x",
            })
    void every_form_is_understood(String line, String host, String program, int pid, String time, String message) {
        // Given
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);

        // When
        Header header = new HeaderParser(CONTEXT).parse(bytes, 0, bytes.length);

        // Then
        assertThat(header.unparsedReason()).isEmpty();
        assertThat(header.host()).isEqualTo(host);
        assertThat(header.program()).isEqualTo(program);
        assertThat(header.pid().orElse(-1)).isEqualTo(pid);
        assertThat(header.time().map(Instant::toString).orElse("")).isEqualTo(time);
        assertThat(line.substring(header.messageStart())).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Nov 21 08:16:24 IST mx1 a[1]: x | the stamp's zone name is one that several zones have",
                "2026-11-21 08:16:24 BST mx1 a[1]: x | the stamp's zone name is one that several zones have",
                "[   12.345678] mx1 a[1]: x | the time counts from the start of the machine, which the line does not say",
                "-- Boot 0123456789abcdef -- | a remark of journalctl, not a line of the log",
                "08:16:24 mx1 a[1]: x | a time of day, and no line before it has a date",
                "Sat Nov 21 08:16:24 2026 [pid x] CONNECT | no process id behind the stamp of vsftpd's log",
                "Sat 21 08:16:24 mx1 a: x | no time stamp at the start of the line",
                "[a] b | no time stamp at the start of the line",
                "#Software: Microsoft Internet Information Services | a # at the start of the line, and no log of Exchange that it is a heading of",
            })
    void what_cannot_be_resolved_is_said(String line, String reason) {
        // Given
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);

        // When
        Header header = new HeaderParser(CONTEXT).parse(bytes, 0, bytes.length);

        // Then
        assertThat(header.unparsedReason()).contains(reason);
        assertThat(header.messageStart()).isZero();
    }
}
