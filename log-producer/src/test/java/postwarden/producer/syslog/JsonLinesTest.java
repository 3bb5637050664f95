package postwarden.producer.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
    private static final HeaderContext CONTEXT =
            new HeaderContext("self", ZoneId.of("America/New_York"), Instant.parse("2026-11-21T18:00:00Z"));

    /** Quotes are written as ' in the samples. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '`',
            value = {
                "{'@timestamp':'2026-11-21T08:16:24.5Z','host':'mx1','tag':'postfix\\/smtpd[7]:','message':' x'} | mx1 | postfix/smtpd | 7 | 2026-11-21T08:16:24.500Z | x",
                "{'timestamp':'2026-11-21T08:16:24Z','hostname':'mx1','program':'postfix/smtpd','pid':7,'msg':'x'} | mx1 | postfix/smtpd | 7 | 2026-11-21T08:16:24Z | x",
                "{'time':'Nov 21 08:16:24','host':'mx1','programname':'dovecot','procid':'-','message':'x'} | mx1 | dovecot | -1 | 2026-11-21T13:16:24Z | x",
                "{'timereported':'2026-11-21T08:16:24Z','hostname':'mx1','syslogtag':'a[7]:','programname':'a','procid':'7','msg':' x \\u00e9 \\ud83d\\ude00'} | mx1 | a | 7 | 2026-11-21T08:16:24Z | x \u00e9 \ud83d\ude00",
                "{'date':1795248984.25,'host':'mx1','ident':'a','pid':'7','message':'x'} | mx1 | a | 7 | 2026-11-21T08:16:24.250Z | x",
                "{'PROGRAM':'a','PID':'7','MESSAGE':'x','HOST':'mx1','DATE':'Nov 21 08:16:24','PRIORITY':null,'n':[1,{'message':'no'}]} | mx1 | a | 7 | 2026-11-21T13:16:24Z | x",
                // journalctl -o json
                "{'__REALTIME_TIMESTAMP':'1795248985000000','_SOURCE_REALTIME_TIMESTAMP':'1795248984123456','SYSLOG_IDENTIFIER':'postfix/smtpd','_COMM':'smtpd','_PID':'7','_HOSTNAME':'mx1','MESSAGE':'x'} | mx1 | postfix/smtpd | 7 | 2026-11-21T08:16:24.123456Z | x",
                "{'MESSAGE':'x','SYSLOG_PID':'7','_PID':'9','_COMM':'smtpd','__REALTIME_TIMESTAMP':'1795248984000000'} | self | smtpd | 7 | 2026-11-21T08:16:24Z | x",
                "{'__REALTIME_TIMESTAMP':'1795248984000000','SYSLOG_IDENTIFIER':'a','MESSAGE':[104, 195,169 ,10]} | self | a | -1 | 2026-11-21T08:16:24Z | h\u00e9",
                "{'__REALTIME_TIMESTAMP':'1795248984000000','SYSLOG_IDENTIFIER':['a','b'],'MESSAGE':['x','y'],'_PID':'7'} | self | a | 7 | 2026-11-21T08:16:24Z | x",
                "{'__REALTIME_TIMESTAMP':'1795248984000000','SYSLOG_IDENTIFIER':'a','MESSAGE':[[104,105],'y']} | self | a | -1 | 2026-11-21T08:16:24Z | hi",
                "{'__REALTIME_TIMESTAMP':'1795248984000000','SYSLOG_IDENTIFIER':'a','MESSAGE':'[104,105]'} | self | a | -1 | 2026-11-21T08:16:24Z | [104,105]",
                // containers and shippers: the line within is read again
                "{'log':'Nov 21 08:16:24 mx1 postfix/smtpd[7]: \\u003cx\\u003e\\n','stream':'stdout','time':'2026-11-21T08:16:24.123456789Z'} | mx1 | postfix/smtpd | 7 | 2026-11-21T08:16:24.123456Z | <x>",
                "{'log':'postfix/smtpd[7]: x\\r\\n','stream':'stderr','time':'2026-11-21T08:16:24Z'} | self | postfix/smtpd | 7 | 2026-11-21T08:16:24Z | x",
                "{'log':'\\n','stream':'stderr','time':'2026-11-21T08:16:24Z'} | self | `` | -1 | 2026-11-21T08:16:24Z | ``",
                "{'log':'imap-login: Info: x\\n','stream':'stderr','time':'2026-11-21T08:16:24Z'} | self | dovecot | -1 | 2026-11-21T08:16:24Z | imap-login: Info: x",
                "{'@timestamp':'2026-11-21T08:16:25.000Z','agent':{'type':'filebeat'},'log':{'offset':7},'host':{'name':'mx9'},'message':'2026-11-21T08:16:24Z mx1 a[7]: x'} | mx1 | a | 7 | 2026-11-21T08:16:24Z | x",
                "{'@timestamp':'2026-11-21T08:16:25.000Z','agent':{'type':'filebeat'},'host':{'name':'mx9'},'process':{'name':'a','pid':7},'message':'x'} | mx9 | a | 7 | 2026-11-21T08:16:25Z | x",
                // what a stranger wrote into the message stays there
                "{'@timestamp':'2026-11-21T08:16:24Z','host':'mx1','program':'a','message':'x\\',\\'program\\':\\'b\\',\\'host\\':\\'evil'} | mx1 | a | -1 | 2026-11-21T08:16:24Z | x','program':'b','host':'evil",
                "{'@timestamp':'2026-11-21T08:16:24Z','host':'mx1','program':'a','message':'Nov 21 08:16:24 evil b[1]: x'} | mx1 | a | -1 | 2026-11-21T08:16:24Z | Nov 21 08:16:24 evil b[1]: x",
            })
    void every_form_is_understood(String sample, String host, String program, int pid, String time, String message) {
        // Given
        byte[] bytes = sample.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        // When
        Header header = new HeaderParser(CONTEXT).parse(bytes, 0, bytes.length);

        // Then
        assertThat(header.unparsedReason()).isEmpty();
        assertThat(header.host()).isEqualTo(host);
        assertThat(header.program()).isEqualTo(program);
        assertThat(header.pid().orElse(-1)).isEqualTo(pid);
        assertThat(header.time().map(Instant::toString).orElse("")).isEqualTo(time);
        assertThat(new String(JsonMessage.of(bytes, header.messageStart()), StandardCharsets.UTF_8))
                .isEqualTo(message.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'__REALTIME_TIMESTAMP':'1795248984000000','MESSAGE':null} | the message is not in the JSON object: null stands for one that the journal found too long to print",
                "{'@timestamp':'yesterday','message':'x'} | no time stamp in the JSON object",
                "{'@timestamp':'2026-13-21T08:16:24Z','message':'x'} | the stamp's date does not exist",
                "{'message':'x' | a { at the start of the line, but no JSON object with a message",
                "{'message':{'message':'x'}} | a { at the start of the line, but no JSON object with a message",
                "{'a':[[[[ | a { at the start of the line, but no JSON object with a message",
            })
    void what_cannot_be_resolved_is_said(String sample, String reason) {
        // Given
        byte[] bytes = sample.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        // When
        Header header = new HeaderParser(CONTEXT).parse(bytes, 0, bytes.length);

        // Then
        assertThat(header.unparsedReason()).contains(reason);
    }
}
