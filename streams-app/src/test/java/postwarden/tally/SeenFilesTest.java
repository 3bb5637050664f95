package postwarden.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import postwarden.correlate.HeapMemory;
import postwarden.correlate.Intervals;
import postwarden.event.Source;

/** Files of which the bytes have come: each rotation makes one more, and what is long over is forgotten. */
class SeenFilesTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final int REMEMBERED_DAYS = 35;
    private static final int ROUND = 10_000;

    private final HeapMemory<Intervals> memory = new HeapMemory<>();
    private final SeenFiles files = new SeenFiles(memory, Duration.ofDays(REMEMBERED_DAYS));

    @Test
    void a_file_that_is_rotated_away_is_forgotten_after_a_while_and_one_that_grows_is_not() {
        for (int day = 0; day < 100; day++) {
            // When
            pass(START.plus(Duration.ofDays(day)));
            add("rotated-" + day, 0);
            add("grows", day);

            // Then
            pass(START.plus(Duration.ofDays(day)));
            assertThat(names()).contains("t/mx1/grows", "t/mx1/rotated-" + day);
            assertThat(names().size()).isLessThanOrEqualTo(REMEMBERED_DAYS + 2);
        }
        assertThat(names()).contains("t/mx1/rotated-64").doesNotContain("t/mx1/rotated-63");
    }

    @Test
    void what_an_older_release_kept_grows_old_from_now_on() {
        // Given
        memory.put("t/mx1/old", Intervals.of(0, 80));

        // When
        pass(START);
        pass(START.plus(Duration.ofDays(REMEMBERED_DAYS)));
        List<String> before = names();
        pass(START.plus(Duration.ofDays(REMEMBERED_DAYS + 1)));

        // Then
        assertThat(before).containsExactly("t/mx1/old");
        assertThat(names()).isEmpty();
    }

    @Test
    void where_no_kafka_takes_records_nothing_grows_old() {
        add("file", 0);
        for (int i = 0; i < ROUND; i++) {
            files.age(Long.MIN_VALUE);
        }

        assertThat(names()).containsExactly("t/mx1/file");
    }

    private void add(String fileId, int line) {
        Source source = new Source("/var/log/mail.log", fileId, line * 80L, line * 80L + 80, 0, 0);
        SeenFiles.File file = files.file("t/mx1", source);
        files.add(file, files.of(file), source);
    }

    /** So many records that all files are looked at. */
    private void pass(Instant now) {
        for (int i = 0; i < ROUND; i++) {
            files.age(now.toEpochMilli());
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        memory.forEach((name, seen) -> names.add(name));
        return names;
    }
}
