package postwarden.producer.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a header takes from the lines before it in the same file. */
class LinesInOrderTest {
    private final HeaderParser parser = new HeaderParser(
            new HeaderContext("self", ZoneId.of("Europe/Paris"), Instant.parse("2026-11-21T18:00:00Z")));

    @ParameterizedTest
    @CsvSource({
        "Nov 20 08:16:24,                08:16:25,     2026-11-20T07:16:25Z",
        "Nov 20 23:59:59,                00:00:01.5,   2026-11-20T23:00:01.500Z",
        "Nov 20 08:16:24,                08:16:20,     2026-11-20T07:16:20Z",
        "Dec 31 2025 23:59:59,           00:00:00,     2025-12-31T23:00:00Z",
        "2026-11-20T23:59:59+05:00,      00:00:01,     2026-11-20T19:00:01Z",
        "2026-10-25T01:59:59,            02:30:00,     2026-10-25T00:30:00Z",
    })
    void a_time_of_day_has_the_date_of_the_line_before(String before, String stamp, Instant expected) {
        // Given
        parse(before + " mx1 a[1]: x");

        // When
        Header header = parse(stamp + " mx1 a[1]: x");

        // Then
        assertThat(header.time()).contains(expected);
        assertThat(header.host()).isEqualTo("mx1");
    }

    @Test
    void times_of_day_go_on_over_several_midnights() {
        // Given
        parse("2026-11-18T23:00:00Z mx1 a[1]: x");
        parse("01:00:00 mx1 a[1]: x");
        parse("13:00:00 mx1 a[1]: x");
        parse("23:00:00 mx1 a[1]: x");

        // When
        Header header = parse("00:30:00 mx1 a[1]: x");

        // Then
        assertThat(header.time()).contains(Instant.parse("2026-11-20T00:30:00Z"));
    }

    @Test
    void a_part_of_a_split_line_is_not_read_as_a_line() {
        // Given
        Header first = parse("2026-11-21T08:16:24Z stdout P postfix/smtpd[1]: connect from ");
        Header other = parse("2026-11-21T08:16:24Z stderr F postfix/smtpd[2]: x");

        // When
        Header rest = parse("2026-11-21T08:16:24Z stdout F postfix/smtpd[3]: x");
        Header next = parse("2026-11-21T08:16:24Z stdout F postfix/smtpd[4]: x");

        // Then
        assertThat(first.pid()).hasValue(1);
        assertThat(other.pid()).hasValue(2);
        assertThat(rest.reason()).isEqualTo("a later part of a line that the container's engine has split");
        assertThat(next.pid()).hasValue(4);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25 02:30:00 CEST, 2026-10-25T00:30:00Z, ZONED",
        "2026-10-25 02:30:00 CET,  2026-10-25T01:30:00Z, ZONED",
        "Oct 25 02:30:00 CEST,     2026-10-25T00:30:00Z, HOST_ZONE_AND_YEAR",
        "Oct 25 02:30:00 CET,      2026-10-25T01:30:00Z, HOST_ZONE_AND_YEAR",
        "Nov 23 08:16:24 UTC,      2025-11-23T08:16:24Z, HOST_ZONE_AND_YEAR",
        "Feb 29 08:16:24 UTC,      2024-02-29T08:16:24Z, HOST_ZONE_AND_YEAR",
        "Oct 25 02:30:00,          2026-10-25T00:30:00Z, AMBIGUOUS",
    })
    void a_zones_name_settles_what_the_hosts_zone_leaves_open(String stamp, Instant expected, TimeQuality quality) {
        // When
        Header header = parse(stamp + " mx1 postfix/smtpd[1]: x");

        // Then
        assertThat(header.time()).contains(expected);
        assertThat(header.quality()).isEqualTo(quality);
    }

    @Test
    void a_name_that_several_zones_have_counts_where_it_is_the_hosts() {
        // Given
        HeaderParser indian = new HeaderParser(
                new HeaderContext("self", ZoneId.of("Asia/Kolkata"), Instant.parse("2026-11-21T18:00:00Z")));
        byte[] line = "2026-11-21 08:16:24 IST mx1 a[1]: x".getBytes(StandardCharsets.US_ASCII);

        // When
        Header header = indian.parse(line, 0, line.length);

        // Then
        assertThat(header.time()).contains(Instant.parse("2026-11-21T02:46:24Z"));
    }

    private Header parse(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
        return parser.parse(bytes, 0, bytes.length);
    }
}
