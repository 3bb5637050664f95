package postwarden.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.parse.LineParser;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;

class SimulationTest {
    private static final Instant MONDAY = Instant.parse("2026-11-16T08:00:00Z");

    @Test
    void every_line_of_everything_that_can_happen_is_recognised() {
        // Given
        LineParser parser = new LineParser();
        Simulation simulation = new Simulation(shape(6, 3, 1));

        // When
        Set<String> unknown = new HashSet<>();
        for (LogRecord.Line line : lines(simulation)) {
            if (parser.parse(line).is(Kind.UNRECOGNISED)) {
                unknown.add(line.text());
            }
        }

        // Then
        assertThat(unknown).isEmpty();
    }

    @Test
    void a_line_s_text_says_what_its_record_says() {
        // Given
        HeaderParser headers =
                new HeaderParser(new HeaderContext("other", ZoneOffset.UTC, Instant.parse("2026-11-22T00:00:00Z")));

        // When
        List<LogRecord.Line> lines = lines(new Simulation(shape(3, 1, 1)));

        // Then
        assertThat(lines).hasSizeGreaterThan(1_000).allSatisfy(line -> {
            byte[] text = line.text().getBytes(StandardCharsets.UTF_8);
            Header header = headers.parse(text, 0, text.length);
            assertThat(header.time()).contains(line.time());
            assertThat(header.host()).isEqualTo(line.host());
            assertThat(header.program()).isEqualTo(line.program());
            assertThat(header.pidOrMinusOne()).isEqualTo(line.pid());
            assertThat(header.messageStart()).isEqualTo(line.header().length());
            assertThat(line.source().end() - line.source().start()).isEqualTo(text.length + 1);
        });
    }

    @Test
    void one_seed_gives_the_same_lines_and_labels_in_the_order_of_their_times_and_another_gives_others() {
        // Given
        Simulation once = new Simulation(shape(3, 2, 7));
        Simulation again = new Simulation(shape(3, 2, 7));
        Simulation other = new Simulation(shape(3, 2, 8));

        // When
        List<LogRecord.Line> lines = lines(once);

        // Then
        assertThat(lines).isEqualTo(lines(again)).isNotEqualTo(lines(other));
        assertThat(once.labels()).isNotEmpty().isEqualTo(again.labels());
        assertThat(lines).isSortedAccordingTo(Comparator.comparing(LogRecord.Line::time));
    }

    @Test
    void what_a_label_is_about_stands_in_the_lines_of_its_time_and_hosts() {
        // Given
        Simulation simulation = new Simulation(shape(6, 3, 3));
        List<LogRecord.Line> lines = lines(simulation);
        Map<String, List<LogRecord.Line>> byHost = new HashMap<>();
        lines.forEach(line ->
                byHost.computeIfAbsent(line.host(), any -> new ArrayList<>()).add(line));

        // When
        List<Label> unseen = simulation.labels().stream()
                .filter(label -> !label.kind().equals("quiet-night"))
                .filter(label -> label.hosts().stream()
                        .noneMatch(host ->
                                byHost.getOrDefault(host, List.of()).stream().anyMatch(line -> tells(line, label))))
                .toList();

        // Then
        assertThat(simulation.labels()).hasSizeGreaterThan(12);
        assertThat(unseen).isEmpty();
    }

    @Test
    void nothing_is_written_on_a_quiet_night() {
        // Given
        Simulation simulation = new Simulation(
                new Shape(2, MONDAY, Duration.ofHours(2), Duration.ofMinutes(10), Set.of("quiet-night"), true, 1));

        // When
        List<LogRecord.Line> lines = lines(simulation);

        // Then
        Label quiet = simulation.labels().stream()
                .filter(label -> label.kind().equals("quiet-night"))
                .findFirst()
                .orElseThrow();
        assertThat(lines)
                .filteredOn(line -> quiet.hosts().contains(line.host()))
                .filteredOn(line -> line.time().isAfter(quiet.onset().plusSeconds(1500)))
                .filteredOn(line -> line.time().isBefore(quiet.end()))
                .isEmpty();
    }

    @Test
    void a_fleet_with_room_plays_everything_at_every_strength() {
        // Given
        Set<String> kinds = new TreeSet<>();
        Set<String> strengths = new TreeSet<>();

        // When
        Simulation simulation = new Simulation(shape(60, 12, 1));

        // Then
        for (Cue cue : simulation.cues()) {
            kinds.add(cue.piece.kind());
            strengths.add(cue.piece.kind() + " " + cue.strength);
        }
        assertThat(kinds).isEqualTo(Simulation.kinds());
        assertThat(strengths).hasSize(3 * kinds.size());
    }

    @Test
    void without_incidents_there_is_no_label_of_one_and_less_at_night() {
        // Given
        Shape day = new Shape(4, MONDAY, Duration.ofHours(2), Duration.ZERO, Set.of(), false, 1);
        Shape night = new Shape(
                4, Instant.parse("2026-11-17T00:00:00Z"), Duration.ofHours(2), Duration.ZERO, Set.of(), false, 1);

        // When
        Simulation busy = new Simulation(day);
        Simulation quiet = new Simulation(night);

        // Then
        assertThat(lines(busy)).hasSizeGreaterThan(3 * lines(quiet).size());
        assertThat(busy.labels()).noneMatch(Label::incident);
    }

    @Test
    void a_kind_that_does_not_exist_and_a_time_without_end_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Simulation(
                        new Shape(1, MONDAY, Duration.ofHours(1), Duration.ZERO, Set.of("flood"), true, 1)))
                .withMessageContaining("nothing is named [flood]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Shape(1, MONDAY, Duration.ofDays(101), Duration.ZERO, Set.of(), true, 1))
                .withMessageContaining("not between PT10M and P100D");
    }

    private static boolean tells(LogRecord.Line line, Label label) {
        boolean inTime = !line.time().isBefore(label.begins()) && !line.time().isAfter(label.end());
        return inTime
                && label.names().stream()
                        .anyMatch(name ->
                                line.host().equals(name) || line.message().contains(name));
    }

    private static Shape shape(int hosts, int hours, long seed) {
        return new Shape(hosts, MONDAY, Duration.ofHours(hours), Duration.ofMinutes(10), Set.of(), true, seed);
    }

    private static List<LogRecord.Line> lines(Simulation simulation) {
        List<LogRecord.Line> lines = new ArrayList<>();
        for (Optional<LogRecord.Line> next = simulation.next(); next.isPresent(); next = simulation.next()) {
            lines.add(next.get());
        }
        return lines;
    }
}
