package postwarden.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import postwarden.detect.Finding;
import postwarden.detect.Report;
import postwarden.incident.Incident;
import postwarden.policy.Allowance;
import postwarden.policy.Saying;

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
    void an_incident_with_what_operators_said_is_the_same_after_being_bytes() {
        for (long seed = 0; seed < RUNS; seed++) {
            Incident incident = new RandomDesk(seed).remarkedIncident();
            assertThat(IncidentCodec.decode(IncidentCodec.encode(incident)))
                    .as("seed %d", seed)
                    .isEqualTo(incident);
        }
    }

    @Test
    void an_incident_that_is_worse_because_of_a_child_is_the_same_after_being_bytes() {
        for (long seed = 0; seed < RUNS; seed++) {
            Incident incident = new RandomDesk(seed).raisedIncident();
            assertThat(IncidentCodec.decode(IncidentCodec.encode(incident)))
                    .as("seed %d", seed)
                    .isEqualTo(incident);
        }
    }

    @Test
    void an_incident_with_a_worse_number_than_that_of_its_worst_finding_is_the_same_after_being_bytes() {
        for (long seed = 0; seed < RUNS; seed++) {
            Incident incident = new RandomDesk(seed).extremeIncident();
            assertThat(IncidentCodec.decode(IncidentCodec.encode(incident)))
                    .as("seed %d", seed)
                    .isEqualTo(incident);
        }
    }

    @Test
    void what_shows_no_worse_number_is_stored_as_version_3_reads_it() throws IOException {
        assertThat(IncidentCodec.encode(new RandomDesk(STORED_SEED).raisedIncident()))
                .isEqualTo(resource("/codec/v1/incident-raised.bin"));
    }

    @Test
    void what_no_child_has_made_worse_is_stored_as_version_2_reads_it() throws IOException {
        assertThat(IncidentCodec.encode(new RandomDesk(STORED_SEED).remarkedIncident()))
                .isEqualTo(resource("/codec/v1/incident-with-words.bin"));
    }

    @Test
    void what_version_3_stored_can_still_be_read() throws IOException {
        assertThat(IncidentCodec.decode(resource("/codec/v1/incident-raised.bin")))
                .isEqualTo(new RandomDesk(STORED_SEED).raisedIncident());
    }

    @Test
    void what_nobody_said_anything_of_is_stored_so_that_the_release_before_reads_it() throws IOException {
        assertThat(IncidentCodec.encode(new RandomDesk(STORED_SEED).incident()))
                .isEqualTo(resource("/codec/v1/incident.bin"));
    }

    @Test
    void what_version_2_stored_can_still_be_read() throws IOException {
        assertThat(IncidentCodec.decode(resource("/codec/v1/incident-with-words.bin")))
                .isEqualTo(new RandomDesk(STORED_SEED).remarkedIncident());
    }

    @Test
    void a_decision_is_the_same_after_passing_to_the_desk() {
        for (long seed = 0; seed < RUNS; seed++) {
            Saying saying = new RandomDesk(seed).saying();
            Saying untold = new Saying(
                    saying.tenant(), saying.incident(), saying.remark().toldIn(0), saying.until());
            assertThat(DeskRecord.decode(DeskRecord.encode(new DeskRecord.Decided(saying))))
                    .as("seed %d", seed)
                    .isEqualTo(new DeskRecord.Decided(untold));
        }
    }

    @Test
    void the_release_before_takes_a_remark_for_an_allowance_that_covers_nothing() {
        // Given
        Saying saying = new RandomDesk(1).saying();

        // When
        byte[] passed = DeskRecord.encode(new DeskRecord.Decided(saying));
        Allowance read = StateCodecs.ALLOWANCE.decode().apply(Arrays.copyOfRange(passed, 1, passed.length));

        // Then
        assertThat(read.id()).isEqualTo(saying.id());
        assertThat(read.covers(
                        postwarden.incident.FindingBuilder.flood("192.0.2.1").finding(1000)))
                .isFalse();
        assertThat(read.detector().text()).isEqualTo("-");
    }

    @Test
    void what_version_1_stored_can_still_be_read() throws IOException {
        assertThat(IncidentCodec.decode(resource("/codec/v1/incident.bin")))
                .isEqualTo(new RandomDesk(STORED_SEED).incident());
        assertThat(ReportCodec.decode(resource("/codec/v1/report.bin")))
                .isEqualTo(new RandomDesk(STORED_SEED).report());
    }

    @Test
    void whom_a_report_is_about_is_stored_and_what_is_about_nobody_is_as_version_1_reads_it() throws IOException {
        // Given
        Finding finding = postwarden.incident.FindingBuilder.flood("192.0.2.1").finding(1000);
        Report found = new Report.Found(finding.aboutOne("a@example.com"));
        Report over = new Report.Over("email-bombing", finding.key(), "mx1", 1000, 990, "a@example.com");

        // Then
        assertThat(ReportCodec.decode(ReportCodec.encode(found))).isEqualTo(found);
        assertThat(ReportCodec.decode(ReportCodec.encode(over))).isEqualTo(over);
        assertThat(ReportCodec.decode(resource("/codec/v1/report-about.bin"))).isEqualTo(over);
        assertThat(ReportCodec.encode(new RandomDesk(STORED_SEED).report()))
                .isEqualTo(resource("/codec/v1/report.bin"));
    }

    @Test
    void another_version_is_refused_by_name() {
        // Given
        byte[] bytes = IncidentCodec.encode(new RandomDesk(1).incident());
        bytes[0] = 5;

        // Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IncidentCodec.decode(bytes))
                .withMessage("stored Incident has version 5, this program reads 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportCodec.decode(new byte[0]))
                .withMessage("stored Report has version none, this program reads 2");
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
