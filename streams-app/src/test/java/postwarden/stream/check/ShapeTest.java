package postwarden.stream.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/codec");

    @Test
    void the_version_of_what_is_stored_is_that_of_the_latest_examples() throws IOException {
        try (Stream<Path> versions = Files.list(EXAMPLES)) {
            assertThat(versions.map(path -> path.getFileName().toString())
                            .mapToInt(name -> Integer.parseInt(name.substring(1)))
                            .max())
                    .hasValue(Shape.FORMAT);
        }
    }

    @Test
    void what_differs_is_said_and_nothing_else() {
        assertThat(Shape.without("format 1\na in 4 partitions", "format 1\na in 12 partitions"))
                .isEqualTo("a in 12 partitions");
    }
}
