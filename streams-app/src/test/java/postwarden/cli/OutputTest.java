package postwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"config", "topology", "--help", "scan --help"})
    void what_a_full_disk_does_not_take_is_one_line_and_status_2(String arguments) {
        // When
        int status = run("No space left on device", arguments);

        // Then
        assertThat(status).isEqualTo(2);
        assertThat(errors())
                .isEqualTo("postwarden: standard output cannot be written: No space left on device"
                        + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "topology", "--help", "scan --help"})
    void a_reader_that_leaves_ends_the_command_without_a_word(String arguments) {
        // When
        int status = run("Broken pipe", arguments);

        // Then
        assertThat(status).isEqualTo(141);
        assertThat(errors()).isEmpty();
    }

    private int run(String failure, String arguments) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException(failure);
            }
        };
        return Main.run(
                new Output(broken), new PrintStream(err, true, StandardCharsets.UTF_8), arguments.split(" ", -1));
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
