package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code scan} over files against the service over Kafka: the same incidents, and the same bytes every time. */
@Timeout(300)
class ScanAgreesTest {
    /** "Something of severity MEDIUM or more was found." */
    private static final int FOUND = 1;

    @Test
    void the_service_and_scan_give_the_same_verdicts(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException {
        // Given
        SortedMap<String, Path> logs = Recordings.unpack(folder);
        SortedMap<String, Verdict> expected = Verdict.of(Scanning.scan(logs));

        // When
        SortedMap<String, Verdict> live = Verdict.of(Replay.alerts());

        // Then
        assertThat(live).isNotEmpty().isEqualTo(expected);
    }

    @Test
    void scan_prints_the_same_bytes_twice(@TempDir Path folder) throws IOException, InterruptedException {
        // Given
        List<String> arguments =
                new ArrayList<>(List.of("scan", "--zone", "UTC", "--now", Recordings.RECORDED_BEFORE.toString()));
        Recordings.unpack(folder).forEach((host, log) -> arguments.add(host + "=" + log));
        String[] command = arguments.toArray(String[]::new);

        // When
        Child.Ended once = Child.run(folder, "postwarden.cli.Main", command);
        Child.Ended again = Child.run(folder, "postwarden.cli.Main", command);

        // Then
        assertThat(once.status()).as(once.err()).isEqualTo(FOUND);
        assertThat(once.out()).isNotEmpty().isEqualTo(again.out());
    }
}
