package postwarden.producer.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** A parser may rest between any two lines: what they mean does not depend on it. */
class RestingParserTest {
    /** Those that say something of the lines behind them: headings, dates for times without one, parts, the doubled hour. */
    private static final List<String> LINES = List.of(
            "#Software: Microsoft Exchange Server",
            "#Log-type: SMTP Receive Protocol Log",
            "#Date: 2026-11-21T08:00:00.000Z",
            "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context",
            "2026-11-21T08:00:01.000Z,EX1\\Default Frontend EX1,08DE1A,0,192.0.2.1:25,198.51.100.7:4711,+,,",
            "2026-11-21 08:32:23 1xUgWY-00002c-12 Completed",
            "  part of what Exim copies",
            "Envelope-from: <a@example.org>",
            "Nov  1 01:59:59 mx1 postfix/smtpd[7]: connect",
            "Nov  1 01:00:01 mx1 postfix/smtpd[7]: connect",
            "2026-11-21T08:16:24.1Z stdout P Nov 21 08:16:28 mx3 postfix/smtpd[240]: begin",
            "2026-11-21T08:16:24.2Z stdout F and end",
            "2026-11-21T08:16:24.3Z stderr P half",
            "#Software: something else",
            "no header",
            "");

    @Property(tries = 500)
    void a_rest_changes_no_header(@ForAll @Size(max = 40) List<Integer> choices) {
        // Given
        HeaderContext context =
                new HeaderContext("self", ZoneId.of("America/New_York"), Instant.parse("2026-11-21T12:00:00Z"));
        HeaderParser awake = new HeaderParser(context);
        HeaderParser resting = new HeaderParser(context);
        List<Header> expected = new ArrayList<>();
        List<Header> read = new ArrayList<>();

        // When
        for (int choice : choices) {
            byte[] line = LINES.get(Math.floorMod(choice, LINES.size())).getBytes(StandardCharsets.US_ASCII);
            expected.add(awake.parse(line, 0, line.length));
            read.add(resting.parse(line, 0, line.length));
            resting.rest();
        }

        // Then
        assertThat(read).isEqualTo(expected);
    }
}
