package postwarden.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import postwarden.detect.Detector;
import postwarden.detect.Detectors;
import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Peak;
import postwarden.tally.Tally;

/** The names by which numbers are asked for. */
class MeasuresTest {
    @Test
    void every_number_of_a_tally_has_a_name_of_its_own() {
        assertThat(Measures.names()).hasSize(Count.values().length + Distinct.values().length + Peak.values().length);
    }

    @Test
    void a_tally_is_told_by_the_names_of_what_it_counted() {
        // Given
        Tally tally =
                new Tally().add(Count.CONNECTS, 7).raise(Peak.CONCURRENCY, 3).note(Distinct.CLIENTS, "192.0.2.1");

        // When
        var measures = Measures.of(tally);

        // Then
        assertThat(measures)
                .containsOnlyKeys("connects", "peakConcurrency", "distinctClients")
                .containsEntry("connects", 7.0)
                .containsEntry("peakConcurrency", 3.0)
                .containsEntry("distinctClients", 1.0);
    }

    @Test
    void a_name_that_does_not_exist_is_an_error_that_says_it() {
        assertThatThrownBy(() -> Measures.of(new Tally(), "conects"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'conects'");
        assertThat(Measures.has("conects")).isFalse();
        assertThat(Measures.isCount("peakConcurrency")).isFalse();
    }

    @Test
    void every_detector_belongs_to_a_family() {
        assertThat(Detectors.standard())
                .extracting(Detector::id)
                .allSatisfy(id -> assertThat(Trouble.of(id)).as(id).isNotEqualTo(Trouble.OTHER));
        assertThat(Trouble.of("connection-flood").wireName()).isEqualTo("flood");
    }
}
