package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackerTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 127, 128, 8190, 8191, 8192, 8193, 1_048_575, 1_048_576, 3_000_000})
    void what_is_nested_is_the_bytes_that_it_is_alone(int length) {
        // Given
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);

        // When
        byte[] nested = new Packer(1)
                .number(1)
                .nested(content, (bytes, out) -> out.raw(bytes))
                .number(2)
                .packed();

        // Then
        assertThat(nested)
                .isEqualTo(new Packer().number(1).bytes(content).number(2).packed());
    }

    @Test
    void what_is_nested_shares_no_texts_with_what_is_around() {
        // Given
        byte[] packed = new Packer()
                .shared("mx1")
                .nested("mx1", (text, out) -> out.shared(text).nested(text, (inner, deeper) -> deeper.shared(inner)))
                .shared("mx1")
                .packed();

        // When
        Unpacker in = new Unpacker(packed);

        // Then
        assertThat(in.shared()).isEqualTo("mx1");
        Unpacker nested = new Unpacker(in.bytes());
        assertThat(nested.shared()).isEqualTo("mx1");
        assertThat(new Unpacker(nested.bytes()).shared()).isEqualTo("mx1");
        assertThat(in.shared()).isEqualTo("mx1");
        assertThat(in.hasMore()).isFalse();
    }
}
