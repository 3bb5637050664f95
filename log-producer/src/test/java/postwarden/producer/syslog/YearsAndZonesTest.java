package postwarden.producer.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YearsAndZonesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-21T12:00:00Z, Nov 21 11:59:59, 2026-11-21T11:59:59Z",
        "2026-11-21T12:00:00Z, Nov 22 12:00:00, 2026-11-22T12:00:00Z",
        "2026-11-21T12:00:00Z, Nov 22 12:00:01, 2025-11-22T12:00:01Z",
        "2027-01-02T00:00:05Z, Dec 31 23:59:59, 2026-12-31T23:59:59Z",
        "2026-12-31T23:59:59Z, Jan  1 00:00:01, 2027-01-01T00:00:01Z",
        "2027-01-01T00:00:00Z, Jan  1 00:00:00, 2027-01-01T00:00:00Z",
        "2027-03-01T00:00:00Z, Feb 29 10:00:00, 2024-02-29T10:00:00Z",
        "2028-03-01T00:00:00Z, Feb 29 10:00:00, 2028-02-29T10:00:00Z",
        "2028-02-01T00:00:00Z, Feb 29 10:00:00, 2024-02-29T10:00:00Z",
        "2103-02-01T00:00:00Z, Feb 29 10:00:00, 2096-02-29T10:00:00Z",
    })
    void a_stamp_without_a_year_belongs_to_the_latest_year_that_is_not_more_than_a_day_ahead(
            Instant now, String stamp, Instant expected) {
        // Given
        HeaderParser parser = new HeaderParser(new HeaderContext("self", ZoneId.of("UTC"), now));

        // When
        Header header = parse(parser, stamp);

        // Then
        assertThat(header.time()).contains(expected);
        assertThat(header.quality()).isEqualTo(TimeQuality.HOST_ZONE_AND_YEAR);
    }

    @Test
    void a_live_parser_follows_the_turn_of_the_year() {
        // Given
        HeaderParser parser =
                new HeaderParser(new HeaderContext("self", ZoneId.of("UTC"), Instant.parse("2026-12-01T00:00:00Z")));
        Header before = parse(parser, "Jan  5 00:00:00");

        // When
        parser.now(Instant.parse("2027-01-05T00:00:00Z"));
        Header after = parse(parser, "Jan  5 00:00:00");

        // Then
        assertThat(before.time()).contains(Instant.parse("2026-01-05T00:00:00Z"));
        assertThat(after.time()).contains(Instant.parse("2027-01-05T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris,     2026-10-25T01:59:59, 2026-10-24T23:59:59Z, HOST_ZONE",
        "Europe/Paris,     2026-10-25T02:00:00, 2026-10-25T00:00:00Z, AMBIGUOUS",
        "Europe/Paris,     2026-10-25T02:59:59, 2026-10-25T00:59:59Z, AMBIGUOUS",
        "Europe/Paris,     2026-10-25T03:00:00, 2026-10-25T02:00:00Z, HOST_ZONE",
        "Europe/Paris,     2026-03-29T01:59:59, 2026-03-29T00:59:59Z, HOST_ZONE",
        "Europe/Paris,     2026-03-29T02:30:00, 2026-03-29T01:30:00Z, AMBIGUOUS",
        "Europe/Paris,     2026-03-29T03:00:00, 2026-03-29T01:00:00Z, HOST_ZONE",
        "America/St_Johns, 2026-11-01T01:30:00, 2026-11-01T04:00:00Z, AMBIGUOUS",
        "America/St_Johns, 2026-11-01T02:00:00, 2026-11-01T05:30:00Z, HOST_ZONE",
        "Asia/Kathmandu,   2026-11-01T02:00:00, 2026-10-31T20:15:00Z, HOST_ZONE",
    })
    void a_change_of_clocks_is_marked(ZoneId zone, String stamp, Instant expected, TimeQuality quality) {
        // Given
        HeaderParser parser = new HeaderParser(new HeaderContext("self", zone, Instant.parse("2026-11-21T12:00:00Z")));

        // When
        Header header = parse(parser, stamp);

        // Then
        assertThat(header.time()).contains(expected);
        assertThat(header.quality()).isEqualTo(quality);
    }

    @Test
    void the_second_pass_of_a_doubled_hour_is_known_by_the_order_of_the_lines() {
        // Given
        HeaderParser parser = new HeaderParser(
                new HeaderContext("self", ZoneId.of("Europe/Paris"), Instant.parse("2026-11-21T12:00:00Z")));
        parse(parser, "Oct 25 02:00:03");
        Header slightlyBack = parse(parser, "Oct 25 02:00:01");
        parse(parser, "Oct 25 02:59:58");

        // When
        Header again = parse(parser, "Oct 25 02:00:01");
        Header later = parse(parser, "Oct 25 02:30:00");

        // Then
        assertThat(slightlyBack.time()).contains(Instant.parse("2026-10-25T00:00:01Z"));
        assertThat(again.time()).contains(Instant.parse("2026-10-25T01:00:01Z"));
        assertThat(later.time()).contains(Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(later.quality()).isEqualTo(TimeQuality.AMBIGUOUS);
    }

    private static Header parse(HeaderParser parser, String stamp) {
        byte[] line = (stamp + " mx1 postfix/smtpd[1]: x").getBytes(StandardCharsets.US_ASCII);
        Header header = parser.parse(line, 0, line.length);
        assertThat(header.unparsedReason()).isEmpty();
        return header;
    }
}
