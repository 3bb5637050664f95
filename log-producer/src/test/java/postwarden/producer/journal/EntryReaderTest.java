package postwarden.producer.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;
import postwarden.producer.syslog.TimeQuality;

/** What becomes of an entry: which of its fields are believed, and that no text can change the header. */
public class EntryReaderTest {
    private static final long MICROS = 1_795_248_000_123_456L;
    private static final String CURSOR = "s=c1;i=1;b=b1;m=1;t=" + Long.toHexString(MICROS) + ";x=1";
    private static final int NOBODY = 65_534;

    private final ObjectMapper json = new ObjectMapper();

    private final EntryReader reader = new EntryReader(
            new JournalParams(
                    List.of("postfix@-.service"),
                    List.of(),
                    List.of(5000L),
                    "",
                    "journalctl",
                    1000,
                    1 << 20,
                    Duration.ofSeconds(1)),
            "agent",
            JournalMetrics.in(new SimpleMeterRegistry()));

    @Property(tries = 200)
    void whatever_a_writer_says_the_header_has_what_journald_says(
            @ForAll String identifier, @ForAll String message, @ForAll boolean asBytes) throws JsonProcessingException {
        // Given
        Map<String, Object> entry = entry(identifier, message);
        if (asBytes) {
            entry.put("MESSAGE", numbers(message));
        }

        // When
        byte[] line = line(entry);

        // Then
        Header header = parse(line);
        assertThat(header.parsed()).as(header.reason()).isTrue();
        assertThat(header.host()).isEqualTo("mx1");
        assertThat(header.pidOrMinusOne()).isEqualTo(7);
        assertThat(header.timeMicros()).isEqualTo(MICROS);
        assertThat(header.quality()).isEqualTo(TimeQuality.ZONED);
        assertThat(new String(line, StandardCharsets.UTF_8).indexOf('\n'))
                .isEqualTo(new String(line, StandardCharsets.UTF_8).length() - 1);
    }

    @Property(tries = 200)
    void what_an_ordinary_user_logs_never_has_a_header(@ForAll String identifier, @ForAll String message)
            throws JsonProcessingException {
        // Given
        Map<String, Object> entry = entry(identifier, message);
        entry.put("_UID", "1001");

        // When
        byte[] line = line(entry);

        // Then
        assertThat(parse(line).parsed()).isFalse();
    }

    @Property(tries = 200)
    void any_bytes_are_damaged_and_nothing_else(@ForAll byte[] bytes) {
        assertThat(reader.read(bytes, bytes.length)).isInstanceOf(Item.Damaged.class);
    }

    @Test
    void users_that_are_daemons_all_the_same_are_believed() throws JsonProcessingException {
        // Given
        Map<String, Object> virtual = entry("dovecot", "lda(a): saved");
        virtual.put("_UID", "5000");
        Map<String, Object> nobody = entry("spamd", "result");
        nobody.put("_UID", String.valueOf(NOBODY));

        // When
        Header vmail = parse(line(virtual));

        // Then
        assertThat(vmail.program()).isEqualTo("dovecot");
        assertThat(parse(line(nobody)).program()).isEqualTo("spamd");
    }

    @Test
    void the_kernels_time_is_taken_before_the_journals() throws JsonProcessingException {
        // Given
        Map<String, Object> entry = entry("postfix/smtpd", "connect");
        entry.put("_SOURCE_REALTIME_TIMESTAMP", String.valueOf(MICROS - 5));

        // When
        Header header = parse(line(entry));

        // Then
        assertThat(header.timeMicros()).isEqualTo(MICROS - 5);
    }

    @Test
    void fields_that_are_given_twice_or_are_missing_are_no_trouble() throws JsonProcessingException {
        // Given
        Map<String, Object> entry = entry("postfix/smtpd", "");
        entry.put("MESSAGE", List.of("one", numbers("two")));
        entry.remove("SYSLOG_IDENTIFIER");
        entry.put("_COMM", "smtpd");
        entry.remove("_HOSTNAME");
        entry.remove("_PID");
        entry.put("SYSLOG_PID", "8");

        // When
        String line = new String(line(entry), StandardCharsets.UTF_8);

        // Then
        assertThat(line).isEqualTo("2026-11-21T08:00:00.123456Z agent smtpd[8]: one#012two\n");
    }

    @Test
    void journalds_word_about_dropped_lines_is_kept_for_the_units_that_are_read() throws JsonProcessingException {
        // Given
        Map<String, Object> own = entry("systemd-journald", "Suppressed 12 messages from postfix@-.service");
        own.put("_TRANSPORT", "driver");
        own.put("MESSAGE_ID", EntryReader.DROPPED);
        Map<String, Object> others = new LinkedHashMap<>(own);
        others.put("MESSAGE", "Suppressed 12 messages from cron.service");

        // When
        byte[] line = line(own);

        // Then
        assertThat(parse(line).program()).isEqualTo("systemd-journald");
        byte[] bytes = json.writeValueAsBytes(others);
        assertThat(reader.read(bytes, bytes.length)).isInstanceOf(Item.Passed.class);
    }

    private static Map<String, Object> entry(String identifier, String message) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("__CURSOR", CURSOR);
        entry.put("SYSLOG_IDENTIFIER", identifier);
        entry.put("MESSAGE", message);
        entry.put("_PID", "7");
        entry.put("_UID", "0");
        entry.put("_HOSTNAME", "mx1");
        return entry;
    }

    private static int[] numbers(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] numbers = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            numbers[i] = bytes[i] & 0xff;
        }
        return numbers;
    }

    private byte[] line(Map<String, Object> entry) throws JsonProcessingException {
        byte[] bytes = json.writeValueAsBytes(entry);
        Item item = reader.read(bytes, bytes.length);
        assertThat(item).isInstanceOf(Item.Line.class);
        return ((Item.Line) item).entry().line();
    }

    private static Header parse(byte[] line) {
        HeaderParser parser = new HeaderParser(
                new HeaderContext("other", ZoneId.of("Europe/Paris"), Instant.parse("2026-11-22T00:00:00Z")));
        return parser.parse(line, 0, line.length - 1);
    }
}
