package postwarden.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The expected ids were computed with another implementation of RFC 4122, Python's uuid.uuid5. */
class IncidentIdTest {
    @Test
    void an_id_is_the_version_5_uuid_of_tenant_detector_subject_and_pane() {
        // When
        String id = IncidentId.of(FindingBuilder.flood("203.0.113.9").finding(1000));

        // Then
        assertThat(id).isEqualTo("3fd306e9-28ea-53a1-b4b3-2e56cdbde1db");
        assertThat(UUID.fromString(id).version()).isEqualTo(5);
        assertThat(UUID.fromString(id).variant()).isEqualTo(2);
    }

    @Test
    void names_are_hashed_as_utf_8() {
        // When
        String id = IncidentId.of(FindingBuilder.account("compromised-account", "jürgen@example.com")
                .finding(1000));

        // Then
        assertThat(id).isEqualTo("55c3750c-fd15-5503-90aa-f361aa3561df");
    }

    @Test
    void a_name_cannot_pretend_to_be_two_parts() {
        // Then
        assertThat(Slot.joined("a", "b")).isNotEqualTo(Slot.joined("a,1:b"));
        assertThat(Slot.joined("a,1:b", "")).isNotEqualTo(Slot.joined("a", "b"));
    }

    @Test
    void numbers_do_not_change_the_id_and_pane_and_subject_do() {
        // Given
        String id = IncidentId.of(FindingBuilder.flood("203.0.113.9").finding(1000));

        // Then
        assertThat(IncidentId.of(
                        FindingBuilder.flood("203.0.113.9").perMinute(9e9).finding(1000)))
                .isEqualTo(id);
        assertThat(IncidentId.of(FindingBuilder.flood("203.0.113.9").finding(1001)))
                .isNotEqualTo(id);
        assertThat(IncidentId.of(FindingBuilder.flood("203.0.113.8").finding(1000)))
                .isNotEqualTo(id);
    }
}
