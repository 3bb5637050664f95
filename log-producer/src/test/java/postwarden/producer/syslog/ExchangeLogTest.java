package postwarden.producer.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeLogTest {
    private static final String SMTP_FIELDS =
            "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,"
                    + "remote-endpoint,event,data,context\r";
    private static final String ROW =
            "2026-11-21T08:16:25.123Z,EX1\\Default EX1,08DE28A1B2C3D4E5,0,10.0.0.25:25,203.0.113.7:50001,+,,\r";

    private final HeaderParser parser = new HeaderParser(
            new HeaderContext("self", ZoneId.of("America/New_York"), Instant.parse("2026-11-21T18:00:00Z")));

    @Test
    void a_row_has_the_program_of_its_log_the_server_of_its_connector_and_its_own_time() {
        // Given
        head("SMTP Receive Protocol Log", SMTP_FIELDS);

        // When
        Header header = parse(ROW);

        // Then
        assertThat(header.program()).isEqualTo("exchange/smtp-receive");
        assertThat(header.host()).isEqualTo("EX1");
        assertThat(header.time()).contains(Instant.parse("2026-11-21T08:16:25.123Z"));
        assertThat(ROW.substring(header.messageStart())).startsWith("EX1\\Default EX1,");
    }

    @Test
    void headings_have_the_date_of_their_file_when_its_top_was_read_before() {
        // Given
        byte[] top = ("\u00ef\u00bb\u00bf#Software: Microsoft Exchange Server\r\n#Log-type: SMTP Send Protocol Log\r\n"
                        + "#Date: 2026-11-21T08:16:24.000Z\r\n" + SMTP_FIELDS + "\n" + ROW + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);

        // When
        parser.top(top, top.length);
        Header heading = parse("\u00ef\u00bb\u00bf#Software: Microsoft Exchange Server\r");

        // Then
        assertThat(heading.time()).contains(Instant.parse("2026-11-21T08:16:24Z"));
        assertThat(heading.messageStart()).isEqualTo(3);
        assertThat(heading.host()).isEqualTo("self");
    }

    @Test
    void headings_belong_to_the_server_that_the_first_row_names() {
        // Given
        String top = "#Software: Microsoft Exchange Server\n#Log-type: SMTP Receive Protocol Log\n"
                + "#Date: 2026-11-21T08:16:24.000Z\n" + ROW + "\nanything\n";

        // When
        parser.top(top.getBytes(StandardCharsets.ISO_8859_1), top.length());
        Header heading = parse("#Software: Microsoft Exchange Server\r");

        // Then
        assertThat(heading.host()).isEqualTo("EX1");
    }

    @Test
    void a_reader_that_begins_in_the_middle_knows_the_log_by_its_top() {
        // Given
        String top = "#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n" + SMTP_FIELDS + "\n";

        // When
        parser.top(top.getBytes(StandardCharsets.ISO_8859_1), top.length());
        Header header = parse(ROW.replace("EX1\\Default EX1", "Internet"));

        // Then
        assertThat(header.program()).isEqualTo("exchange/smtp-send");
        assertThat(header.host()).isEqualTo("self");
    }

    @Test
    void headings_in_the_middle_of_a_file_count_from_there_on() {
        // Given
        head("SMTP Receive Protocol Log", SMTP_FIELDS);
        parse(ROW);

        // When
        head("SMTP Send Protocol Log", SMTP_FIELDS);

        // Then
        assertThat(parse(ROW).program()).isEqualTo("exchange/smtp-send");
    }

    @Test
    void rows_of_a_file_with_other_columns_are_not_understood() {
        // Given
        head("SMTP Receive Protocol Log", "#Fields: date-time,session-id,connector-id,event,data");

        // When
        Header header = parse(ROW);

        // Then
        assertThat(header.reason()).isEqualTo("the file's columns are not those that Exchange writes by itself");
    }

    @Test
    void columns_that_a_later_version_appends_change_nothing() {
        // Given
        head("SMTP Receive Protocol Log", SMTP_FIELDS.strip() + ",more");

        // When
        Header header = parse(ROW);

        // Then
        assertThat(header.program()).isEqualTo("exchange/smtp-receive");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "EX1\\Default EX1,08DE28A1B2C3D4E5,0,10.0.0.25:25,203.0.113.7:50001,+,, | exchange/smtp-receive",
                "Relay,08DE28A1B2C3D4E5,0,10.0.0.25:587,203.0.113.7:50001,<,\"EHLO a,b\", | exchange/smtp-receive",
                "Internet,08DE28A1B2C3D4E5,0,10.0.0.25:50001,203.0.113.7:25,<,220 x, | exchange/smtp-send",
                "08DE28A1B2C3D4E5,0,10.0.0.25:143,203.0.113.7:50001,,1,2,3,OpenSession,,, | exchange/imap4",
                "08DE28A1B2C3D4E5,0,[::1]:995,[::1]:50001,,1,2,3,OpenSession,, | exchange/pop3",
                "203.0.113.7,x,10.0.0.25,EX1,,,SMTP,RECEIVE,1,<a@b>,a@b,,1,1,,,s,a@b,a@b,,, | exchange/message-tracking",
                "Internet,08DE28A1B2C3D4E5,0,10.0.0.25:50001,203.0.113.7:50002,<,220 x, | ``",
                "08DE28A1B2C3D4E5,0,10.0.0.25:1,203.0.113.7:50001,,1,2,3,OpenSession,,, | ``",
                "a,b,c | ``",
            })
    void a_row_without_headings_shows_by_its_shape_what_it_is(String row, String program) {
        // When
        Header header = parse("2026-11-21T08:16:25.123Z," + row);

        // Then
        assertThat(header.program()).isEqualTo(program);
        assertThat(header.parsed()).isEqualTo(!program.isEmpty());
    }

    private void head(String log, String fields) {
        parse("#Software: Microsoft Exchange Server\r");
        parse("#Version: 15.02.1544.004\r");
        parse("#Log-type: " + log + "\r");
        parse("#Date: 2026-11-21T08:16:24.000Z\r");
        parse(fields);
    }

    private Header parse(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return parser.parse(bytes, 0, bytes.length);
    }
}
