package postwarden.producer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    /** The first half of what sha256sum says of "abc". */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223";

    @Test
    void it_is_the_first_half_of_the_sha_256() {
        // Given
        byte[] bytes = "-abc-".getBytes(StandardCharsets.US_ASCII);

        // When
        Print print = Print.of(7, bytes, 1, 4);

        // Then
        assertThat(print.digest()).hasToString(ABC).isEqualTo(Digest.valueOf(ABC));
        assertThat(Print.NOTHING.digest()).hasToString("").isEqualTo(Digest.valueOf(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "ba7816bf8f01cfea414140de5dae222", "ga7816bf8f01cfea414140de5dae2223", " "})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Digest.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
