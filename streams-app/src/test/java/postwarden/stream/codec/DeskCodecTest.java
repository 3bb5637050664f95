package postwarden.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import postwarden.detect.Report;
import postwarden.incident.Incident;

/** What the desk reads and remembers survives being bytes; seeds are fixed. */
class DeskCodecTest {
    private static final int RUNS = 500;
    /** What the stored files of version 1 hold: made once with these seeds, never to be made again. */
    private static final long STORED_SEED = 7;

    @Test
    void a_report_is_the_same_after_being_bytes() {
        for (long seed = 0; seed < RUNS; seed++) {
            Report report = new RandomDesk(seed).report();
            assertThat(ReportCodec.decode(ReportCodec.encode(report)))
                    .as("seed %d", seed)
                    .isEqualTo(report);
        }
    }

    @Test
    void an_incident_is_the_same_after_being_bytes() {
        for (long seed = 0; seed < RUNS; seed++) {
            Incident incident = new RandomDesk(seed).incident();
            assertThat(IncidentCodec.decode(IncidentCodec.encode(incident)))
                    .as("seed %d", seed)
                    .isEqualTo(incident);
        }
    }

    @Test
    void what_version_1_stored_can_still_be_read() throws IOException {
        assertThat(IncidentCodec.decode(resource("/codec/v1/incident.bin")))
                .isEqualTo(new RandomDesk(STORED_SEED).incident());
        assertThat(ReportCodec.decode(resource("/codec/v1/report.bin")))
                .isEqualTo(new RandomDesk(STORED_SEED).report());
    }

    @Test
    void another_version_is_refused_by_name() {
        // Given
        byte[] bytes = IncidentCodec.encode(new RandomDesk(1).incident());
        bytes[0] = 2;

        // Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IncidentCodec.decode(bytes))
                .withMessage("stored Incident has version 2, this program reads 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportCodec.decode(new byte[0]))
                .withMessage("stored Report has version none, this program reads 1");
    }

    @Test
    void bytes_that_end_too_early_are_refused() {
        // Given
        byte[] bytes = ReportCodec.encode(new Report.Found(
                postwarden.incident.FindingBuilder.flood("192.0.2.1").finding(1000)));

        // Then
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> ReportCodec.decode(cut));
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DeskCodecTest.class.getResourceAsStream(name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }
}
