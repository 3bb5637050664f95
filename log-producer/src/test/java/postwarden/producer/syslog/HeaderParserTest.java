package postwarden.producer.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderParserTest {
    private static final HeaderContext CONTEXT =
            new HeaderContext("self", ZoneId.of("America/New_York"), Instant.parse("2026-11-21T12:00:00Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '`',
            value = {
                "Nov 21 08:16:28 mx3 postfix/smtpd[240]: connect | mx3 | postfix/smtpd | 240 | 2026-11-21T13:16:28Z | HOST_ZONE_AND_YEAR | connect",
                "Nov  2 08:16:28 mx3 dovecot: imap: x | mx3 | dovecot | -1 | 2026-11-02T13:16:28Z | HOST_ZONE_AND_YEAR | imap: x",
                "Nov 2 08:16:28 mx3 dovecot: x | mx3 | dovecot | -1 | 2026-11-02T13:16:28Z | HOST_ZONE_AND_YEAR | x",
                "Nov 02 08:16:28.25 mx3 dovecot: x | mx3 | dovecot | -1 | 2026-11-02T13:16:28.250Z | HOST_ZONE_AND_YEAR | x",
                "Nov 21 2025 08:16:28 mx3 a[1]: x | mx3 | a | 1 | 2025-11-21T13:16:28Z | HOST_ZONE | x",
                "Nov 21 08:16:28 2025 mx3 a[1]: x | mx3 | a | 1 | 2025-11-21T13:16:28Z | HOST_ZONE | x",
                "<22>Nov 21 08:16:28 mx3 postfix-out/smtp[7]: x | mx3 | postfix-out/smtp | 7 | 2026-11-21T13:16:28Z | HOST_ZONE_AND_YEAR | x",
                "Nov 21 08:16:28 imap-login: Info: Login | self | dovecot | -1 | 2026-11-21T13:16:28Z | HOST_ZONE_AND_YEAR | imap-login: Info: Login",
                "Nov 21 08:16:28 mx3 last message repeated 2 times | mx3 | syslogd | -1 | 2026-11-21T13:16:28Z | HOST_ZONE_AND_YEAR | last message repeated 2 times",
                "Nov 21 08:16:28 (none) a[1]: x | self | a | 1 | 2026-11-21T13:16:28Z | HOST_ZONE_AND_YEAR | x",
                "2026-11-21T08:16:24Z (none) a: x | self | a | -1 | 2026-11-21T08:16:24Z | ZONED | x",
                "Nov 21 08:16:28 mx3 --- last message repeated 2 times --- | mx3 | syslogd | -1 | 2026-11-21T13:16:28Z | HOST_ZONE_AND_YEAR | --- last message repeated 2 times ---",
                "Nov 21 08:16:28 mx3 a/b/smtpd[7]: message repeated 6 times: [ x] | mx3 | a/b/smtpd | 7 | 2026-11-21T13:16:28Z | HOST_ZONE_AND_YEAR | message repeated 6 times: [ x]",
                "2026-11-21T08:16:24.230000+00:00 mx1 prog[9]: x | mx1 | prog | 9 | 2026-11-21T08:16:24.230Z | ZONED | x",
                "2026-11-21T08:16:24.1234567-0530 mx1 prog: x | mx1 | prog | -1 | 2026-11-21T13:46:24.123456Z | ZONED | x",
                "<22>2026-11-21T08:16:24Z 2001:db8::25 prog: x | 2001:db8::25 | prog | -1 | 2026-11-21T08:16:24Z | ZONED | x",
                "2026-11-21T08:16:24 mx1 prog: x | mx1 | prog | -1 | 2026-11-21T13:16:24Z | HOST_ZONE | x",
                "2026-11-21 08:16:24 mx1 postfix/qmgr[3]: x | mx1 | postfix/qmgr | 3 | 2026-11-21T13:16:24Z | HOST_ZONE | x",
                "2026-12-31T23:59:60Z mx1 prog: x | mx1 | prog | -1 | 2027-01-01T00:00:00Z | ZONED | x",
                "2026-11-21 08:32:23 1xUgWY-00002c-12 Completed | self | exim | -1 | 2026-11-21T13:32:23Z | HOST_ZONE | 1xUgWY-00002c-12 Completed",
                "2026-11-21 08:32:23 1xUgWY-00002c-12 SA: x | self | exim | -1 | 2026-11-21T13:32:23Z | HOST_ZONE | 1xUgWY-00002c-12 SA: x",
                "2026-11-21 08:32:23 1xUgWY-0000000002c-12AB SA: x | self | exim | -1 | 2026-11-21T13:32:23Z | HOST_ZONE | 1xUgWY-0000000002c-12AB SA: x",
                "2026-11-21 08:32:23.372 +0000 [82] Start queue run | self | exim | 82 | 2026-11-21T08:32:23.372Z | ZONED | Start queue run",
                "2026-11-21 08:32:23 [1.2.3.4] x | self | exim | -1 | 2026-11-21T13:32:23Z | HOST_ZONE | [1.2.3.4] x",
                "2026-11-21 08:32:23 pid 81: SIGHUP received | self | exim | -1 | 2026-11-21T13:32:23Z | HOST_ZONE | pid 81: SIGHUP received",
                "<22>1 2026-11-21T08:16:24Z mx1 postfix/smtpd 233 - - connect | mx1 | postfix/smtpd | 233 | 2026-11-21T08:16:24Z | ZONED | connect",
                "<22>1 2026-11-21T08:16:24Z mx1 p - ID7 [a@1 b=\"x]\\\"y\"][c@2]  \u00ef\u00bb\u00bfm | mx1 | p | -1 | 2026-11-21T08:16:24Z | ZONED | m",
                "<22>1 - - - - - - m | self | `` | -1 | `` | NONE | m",
                "<22>1 2026-11-21T08:16:24Z mx1 p 1 - - | mx1 | p | 1 | 2026-11-21T08:16:24Z | ZONED | ``",
                "@4000000037c219bf2ef02e94 status: local 0/10 | self | `` | -1 | 1999-08-24T04:04:05.787492Z | ZONED | status: local 0/10",
            })
    void every_form_is_understood(
            String line, String host, String program, int pid, String time, TimeQuality quality, String message) {
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
        assertThat(header.quality()).isEqualTo(quality);
        assertThat(line.substring(header.messageStart())).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | the line is empty",
                "hello world | no time stamp at the start of the line",
                "Feb 30 08:16:28 mx3 a: x | the stamp's date does not exist",
                "Feb 29 2025 08:16:28 mx3 a: x | the stamp's date does not exist",
                "2026-13-01T08:16:28Z mx3 a: x | the stamp's date does not exist",
                "Nov 21 24:16:28 mx3 a: x | the stamp's time of day does not exist",
                "2026-11-21T08:16:24+19:00 mx1 a: x | the stamp's offset is not between -18:00 and +18:00",
                "Nov 21 08:16:28 m$x3 a: x | no host name behind the time stamp",
                "Nov 21 08:16:28 | no time stamp at the start of the line",
                "<22 Nov 21 | a < at the start of the line that is no priority",
                "<22>1 2026-11-21T08:16:24Z mx1 p 1 - [a | an RFC 5424 header that ends early or has broken structured data",
                "{\"a\":1} | a { at the start of the line, but no JSON object with a message",
                "{\"host\":\"a\",\"message\":\"m\"} | no time stamp in the JSON object",
            })
    void what_cannot_be_resolved_is_said(String line, String reason) {
        // Given
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);

        // When
        Header header = new HeaderParser(CONTEXT).parse(bytes, 0, bytes.length);

        // Then
        assertThat(header.unparsedReason()).contains(reason);
        assertThat(header.quality()).isEqualTo(TimeQuality.NONE);
        assertThat(header.time()).isEmpty();
        assertThat(header.messageStart()).isZero();
        assertThat(header.host()).isEqualTo("self");
    }

    @Test
    void the_line_may_stand_anywhere_in_the_array() {
        // Given
        byte[] bytes = "xxNov 21 08:16:28 mx3 a[1]: hellozz".getBytes(StandardCharsets.US_ASCII);

        // When
        Header header = new HeaderParser(CONTEXT).parse(bytes, 2, bytes.length - 2);

        // Then
        assertThat(header.program()).isEqualTo("a");
        assertThat(new String(bytes, 2 + header.messageStart(), 5, StandardCharsets.US_ASCII))
                .isEqualTo("hello");
    }
}
