package postwarden.producer.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnyBytesTest {
    private static final List<String> LINES = List.of(
            "<22>Nov 21 03:53:09 mx6 postfix/master[235]: daemon started",
            "Feb 29 2028 23:59:60 mx6 dovecot: imap-login: x",
            "2026-11-21T03:53:06.352251-05:00 mx6 rsyslogd: [origin]",
            "<22>1 2026-11-21T03:53:09.2Z mx6 postfix/smtpd 233 - [a b=\"c\"] x",
            "2026-11-21 08:32:23.372 +0000 [82] End queue run: pid=82",
            "@4000000037c219bf2ef02e94 status",
            "{\"@timestamp\":\"2026-11-21T03:53:06Z\", \"host\":\"mx6\", \"tag\":\"a\\/b[1]:\", \"message\":\" \\u001b x\"}");

    @Property(tries = 5000)
    void no_bytes_make_the_parser_throw(@ForAll byte[] bytes) {
        // When
        Header header = parse(bytes);

        // Then
        assertThat(header.messageStart()).isBetween(0, bytes.length);
        assertThat(header.host()).isNotEmpty();
    }

    @Property(tries = 20000)
    void a_damaged_line_never_makes_the_parser_throw(@ForAll("damaged") byte[] bytes) {
        // When
        Header header = parse(bytes);

        // Then
        assertThat(header.messageStart()).isBetween(0, bytes.length);
        assertThat(header.parsed() || header.quality() == TimeQuality.NONE).isTrue();
        assertThat(JsonMessage.of(bytes, header.messageStart())).hasSizeLessThanOrEqualTo(bytes.length);
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        return Arbitraries.longs().map(seed -> damage(new Random(seed)));
    }

    private static byte[] damage(Random random) {
        byte[] line = LINES.get(random.nextInt(LINES.size())).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(4); i > 0; i--) {
            line[random.nextInt(line.length)] = random.nextBoolean()
                    ? (byte) random.nextInt(256)
                    : (byte) " :[]<>-\"\\{}0129".charAt(random.nextInt(15));
        }
        int end = random.nextInt(3) == 0 ? random.nextInt(line.length + 1) : line.length;
        return java.util.Arrays.copyOf(line, end);
    }

    private static Header parse(byte[] bytes) {
        HeaderContext context =
                new HeaderContext("self", ZoneId.of("Europe/Paris"), Instant.parse("2026-11-21T12:00:00Z"));
        return new HeaderParser(context).parse(bytes, 0, bytes.length);
    }
}
