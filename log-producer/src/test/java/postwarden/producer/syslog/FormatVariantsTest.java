package postwarden.producer.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same lines of real daemons in every form that rsyslog wrote them, and Exim's and Pure-FTPd's own. */
class FormatVariantsTest {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private record Read(Header header, String message) {}

    @ParameterizedTest
    @ValueSource(strings = {"json", "rfc3164-pri", "rfc3164", "rfc5424"})
    void every_form_of_the_same_lines_gives_the_same_headers_and_messages(String form) throws IOException {
        // Given
        List<Read> reference = read("variants/mail.rfc3339.log");
        boolean fractions = !form.startsWith("rfc3164");

        // When
        List<Read> variant = read("variants/mail." + form + ".log");

        // Then
        assertThat(variant).hasSameSizeAs(reference);
        for (int i = 0; i < variant.size(); i++) {
            Header expected = reference.get(i).header();
            Header header = variant.get(i).header();
            long unit = fractions ? 1 : MICROS_PER_SECOND;
            assertThat(header.timeMicros() / unit).isEqualTo(expected.timeMicros() / unit);
            assertThat(header.host()).isEqualTo(expected.host());
            assertThat(header.program()).isEqualTo(expected.program());
            assertThat(header.pid()).isEqualTo(expected.pid());
            assertThat(variant.get(i).message()).isEqualTo(reference.get(i).message());
        }
    }

    @Test
    void exims_own_log_has_the_configured_host_and_its_process_ids() throws IOException {
        // When
        List<Read> lines = read("headers/exim-millis-pid.log");

        // Then
        assertThat(lines).allSatisfy(read -> {
            assertThat(read.header().host()).isEqualTo("own");
            assertThat(read.header().program()).isEqualTo("exim");
            assertThat(read.header().pid()).isPresent();
            assertThat(read.header().quality()).isEqualTo(TimeQuality.HOST_ZONE);
            assertThat(read.message()).doesNotStartWith("[");
        });
        assertThat(lines.get(1).header().time()).contains(Instant.parse("2026-11-21T13:50:36.664Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"headers/exim.log", "headers/exim-syslog.log"})
    void exims_lines_are_understood_with_and_without_syslog(String file) throws IOException {
        // When
        List<Read> lines = read(file);

        // Then
        assertThat(lines).allMatch(read -> read.header().parsed());
        assertThat(lines).anyMatch(read -> read.header().program().equals("exim"));
    }

    @Test
    void syslogs_copy_keeps_exims_own_stamp_in_the_message() throws IOException {
        // When
        List<Read> lines = read("headers/exim-syslog.log");

        // Then
        assertThat(lines.stream().filter(read -> read.header().program().equals("exim")))
                .isNotEmpty()
                .allMatch(read -> read.message().startsWith("2026-11-21 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"headers/pure-ftpd.rfc3339.log", "headers/pure-ftpd.rfc5424.log"})
    void pure_ftpds_tag_has_no_process_id(String file) throws IOException {
        // When
        List<Read> lines = read(file);

        // Then
        assertThat(lines.stream().filter(read -> read.header().program().equals("pure-ftpd")))
                .hasSizeGreaterThan(20)
                .allMatch(read -> read.header().pid().isEmpty())
                .allMatch(read -> read.message().startsWith("("));
    }

    private static List<Read> read(String name) throws IOException {
        HeaderParser parser = new HeaderParser(
                new HeaderContext("own", ZoneId.of("America/New_York"), Instant.parse("2026-11-21T12:00:00Z")));
        List<Read> read = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(FormatVariantsTest.class.getResourceAsStream("/captures/" + name), name)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).split("\n")) {
                byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
                Header header = parser.parse(bytes, 0, bytes.length);
                assertThat(header.unparsedReason()).as(line).isEmpty();
                byte[] message = JsonMessage.of(bytes, header.messageStart());
                read.add(new Read(header, new String(message, StandardCharsets.ISO_8859_1)));
            }
        }
        return read;
    }
}
