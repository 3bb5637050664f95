package postwarden.producer.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class AnyBytesTest {
    private static final long SEED = 20261121;
    private static final int LONG = 65_536;
    private static final HeaderContext CONTEXT =
            new HeaderContext("self", ZoneId.of("Europe/Paris"), Instant.parse("2026-11-21T12:00:00Z"));
    private static final List<String> LINES = List.of(
            "<22>Nov 21 03:53:09 mx6 postfix/master[235]: daemon started",
            "Feb 29 2028 23:59:60 mx6 dovecot: imap-login: x",
            "2026-11-21T03:53:06.352251-05:00 mx6 rsyslogd: [origin]",
            "<22>1 2026-11-21T03:53:09.2Z mx6 postfix/smtpd 233 - [a b=\"c\"] x",
            "2026-11-21 08:32:23.372 +0000 [82] End queue run: pid=82",
            "@4000000037c219bf2ef02e94 status",
            "Sat Nov 21 08:16:24 2026 [pid 2] [u] FAIL LOGIN: Client \"1.2.3.4\"",
            "Sat 2026-11-21 08:16:24.5 CET mx6 mail.info a@b.service[1]: [ID 1 mail.info] x",
            "[2026-11-21 08:16:24 +0000] info [cphulkd] x",
            "2026-11-21 08:16:24,123 [info] #1234(normal) <abc>; x",
            "2026-11-21T08:16:24.123Z stderr F Nov 21 03:53:09 mx6 /usr/sbin/amavisd[235]: x",
            "1795248984.123456 mx6 a[1]: x",
            "08:16:24 mx6 a[1]: x",
            "2026-11-21T08:16:24.123Z,\"EX1\\a, b\",08DE28A1B2C3D4E5,1,10.0.0.1:25,192.0.2.1:5,<,EHLO x,",
            "2026-11-21T08:16:24.123Z,0000000000000001,2,10.0.0.1:993,10.0.0.2:5,,1,1,2,login,x,R=OK,",
            "#Software: Microsoft Exchange Server",
            "#Log-type: Message Tracking Log",
            "#Fields: date-time,client-ip",
            "#Date: 2026-11-21T08:16:24.123Z",
            "{\"log\":\"Nov 21 03:53:09 mx6 a[1]: \\u003cx\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-21T08:16:24Z\"}",
            "{\"__REALTIME_TIMESTAMP\":\"1795248984000000\",\"_PID\":[1,\"2\"],\"MESSAGE\":[104,105]}",
            "{\"a\":{\"b\":[1,{}]},\"time\":1795248984.25,\"host\":{\"name\":\"mx6\"},\"MESSAGE\":[\"x\",\"\\ud83d\\ude00\"]}",
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

    @Test
    void a_parser_goes_on_behind_any_line() {
        // Given
        Random random = new Random(SEED);
        HeaderParser parser = new HeaderParser(CONTEXT);

        for (int i = 0; i < 20_000; i++) {
            // When
            byte[] bytes = damage(random);
            parser.top(bytes, bytes.length);
            Header header = parser.parse(bytes, 0, bytes.length);

            // Then
            assertThat(header.messageStart()).as("seed %d, line %d", SEED, i).isBetween(0, bytes.length);
            assertThat(header.parsed() || header.quality() == TimeQuality.NONE).isTrue();
            assertThat(JsonMessage.of(bytes, header.messageStart())).hasSizeLessThanOrEqualTo(bytes.length);
        }
    }

    @Test
    void a_hostile_line_costs_no_more_than_its_length() {
        // Given
        List<String> fillers = List.of(
                "a",
                "\0",
                "(",
                "[",
                "]",
                "<",
                ":",
                ": ",
                "/",
                "@",
                ",",
                "\"",
                "\"\"",
                "\\",
                "\\u0041",
                "{\"a\":",
                "[[",
                "\"a\":\"b\",",
                "2026-11-21T08:16:24Z stdout F ",
                "Nov 21 08:16:24 ",
                "a[1]: ",
                "%",
                "\u00ff");

        // When, Then
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            for (String start : LINES) {
                for (String filler : fillers) {
                    for (int cut = 0; cut <= start.length(); cut += 3) {
                        String line = start.substring(0, cut) + filler.repeat(LONG / filler.length());
                        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
                        JsonMessage.of(bytes, parse(bytes).messageStart());
                    }
                }
            }
        });
    }

    private static Header parse(byte[] bytes) {
        return new HeaderParser(CONTEXT).parse(bytes, 0, bytes.length);
    }
}
