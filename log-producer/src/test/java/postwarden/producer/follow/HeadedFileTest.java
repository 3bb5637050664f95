package postwarden.producer.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static postwarden.producer.follow.Harness.append;
import static postwarden.producer.follow.Harness.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.producer.publish.Outgoing;
import postwarden.producer.syslog.Header;

/** A file whose first lines say what its others are, as Exchange writes it. */
class HeadedFileTest {
    private static final String TOP = "#Software: Microsoft Exchange Server\r\n#Version: 15.02.1544.004\r\n"
            + "#Log-type: SMTP Send Protocol Log\r\n#Date: 2026-11-21T08:16:24.000Z\r\n#Fields: date-time,connector-id,"
            + "session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n";
    private static final String ROW =
            "2026-11-21T08:16:25.123Z,Internet,08DE28A1B2C3D4E5,0,10.0.0.25:50001,203.0.113.7:50002,+,,\r\n";

    @TempDir
    private Path folder = Path.of("");

    private Path log = Path.of("");
    private @Nullable Harness started;

    @BeforeEach
    void start() {
        log = folder.resolve("SEND2026112108-1.LOG");
        started = new Harness(4096, source(log));
    }

    @AfterEach
    void stop() {
        agent().close();
    }

    private Harness agent() {
        return Objects.requireNonNull(started);
    }

    @Test
    void the_first_lines_have_the_date_that_one_of_them_says() throws IOException {
        // Given
        append(log, TOP + ROW);

        // When
        agent().settle();

        // Then
        assertThat(agent().of(Outgoing.Kind.LINE))
                .hasSize(6)
                .allMatch(line -> line.header().parsed());
    }

    @Test
    void an_agent_that_goes_on_in_the_middle_of_the_file_knows_what_its_lines_are() throws IOException {
        // Given
        append(log, TOP + ROW);
        agent().settle();
        agent().restart();

        // When
        append(log, ROW);
        agent().settle();

        // Then
        Header header = agent().of(Outgoing.Kind.LINE).get(6).header();
        assertThat(header.program()).isEqualTo("exchange/smtp-send");
    }
}
