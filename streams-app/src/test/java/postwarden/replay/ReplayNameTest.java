package postwarden.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.stream.Topics;

class ReplayNameTest {
    @Test
    void its_things_are_called_after_it() {
        // When
        ReplayName name = new ReplayName("stricter-2");

        // Then
        assertThat(name.applicationId("postwarden")).isEqualTo("postwarden-replay-stricter-2");
        assertThat(name.topics(Topics.STANDARD))
                .isEqualTo(new Topics(
                        "mail.lines",
                        "mail.alerts.stricter-2",
                        "mail.incidents.stricter-2",
                        "mail.dead-letters.stricter-2",
                        ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a b", "a.b", "a/b", "é", "..", "*"})
    void other_characters_are_refused(String text) {
        assertThatThrownBy(() -> new ReplayName(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 64 of a-z, 0-9, '_' and '-', not '" + text + "'");
    }

    @Test
    void a_long_name_is_refused() {
        assertThatThrownBy(() -> new ReplayName("a".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }
}
