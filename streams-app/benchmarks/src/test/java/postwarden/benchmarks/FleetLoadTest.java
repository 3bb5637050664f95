package postwarden.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postwarden.config.AppConfig;
import postwarden.event.Event;
import postwarden.event.Field;
import postwarden.event.Kind;
import postwarden.event.LogRecord;
import postwarden.parse.LineParser;
import postwarden.producer.syslog.Header;
import postwarden.producer.syslog.HeaderContext;
import postwarden.producer.syslog.HeaderParser;
import postwarden.scan.Engine;
import postwarden.tally.Pane;

class FleetLoadTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "keys=1000000", "attacks=0.5", "skew=0.9", "fresh=1", "hosts=3,seed=7"})
    void every_line_is_recognised(String shape) {
        // Given
        LineParser parser = new LineParser();

        // When
        List<String> unknown = lines(shape, 20_000)
                .filter(line -> parser.parse(line).is(Kind.UNRECOGNISED))
                .map(LogRecord.Line::text)
                .toList();

        // Then
        assertThat(unknown).isEmpty();
    }

    @Test
    void a_line_s_text_says_what_its_record_says() {
        // Given
        HeaderParser headers =
                new HeaderParser(new HeaderContext("other", ZoneOffset.UTC, Instant.parse("2026-11-22T00:00:00Z")));

        // When
        List<LogRecord.Line> lines = lines("attacks=0.1", 5_000).toList();

        // Then
        assertThat(lines).allSatisfy(line -> {
            byte[] text = line.text().getBytes(StandardCharsets.UTF_8);
            Header header = headers.parse(text, 0, text.length);
            assertThat(header.time()).contains(line.time());
            assertThat(header.host()).isEqualTo(line.host());
            assertThat(header.program()).isEqualTo(line.program());
            assertThat(header.pidOrMinusOne()).isEqualTo(line.pid());
            assertThat(header.messageStart()).isEqualTo(line.header().length());
        });
    }

    @Test
    void the_same_shape_gives_the_same_lines_in_the_order_of_their_times() {
        // Given
        String shape = "hosts=7,keys=5000,skew=0.2,attacks=0.1,fresh=0.3,seed=42";

        // When
        List<LogRecord.Line> lines = lines(shape, 10_000).toList();

        // Then
        assertThat(lines).isEqualTo(lines(shape, 10_000).toList());
        assertThat(lines).isSortedAccordingTo(Comparator.comparing(LogRecord.Line::time));
    }

    @Test
    void shares_are_what_was_asked_for() {
        // Given
        LineParser parser = new LineParser();

        // When
        List<Event> events =
                lines("skew=0.9,attacks=0.25", 40_000).map(parser::parse).toList();

        // Then
        List<Event> strangers = events.stream()
                .filter(event -> event.text(Field.CLIENT_IP, "").startsWith("248."))
                .toList();
        List<Event> connects = events.stream()
                .filter(event -> event.is(Kind.CONNECT) && !strangers.contains(event))
                .filter(event -> !event.text(Field.CLIENT_IP, "").startsWith("10."))
                .toList();
        double busiest = connects.stream()
                .filter(event -> event.text(Field.CLIENT_IP, "").equals("198.51.100.250"))
                .count();
        assertThat((double) strangers.size() / events.size()).isCloseTo(0.25, within(0.02));
        assertThat(busiest / connects.size()).isCloseTo(0.9, within(0.02));
    }

    @Test
    void five_minutes_of_an_ordinary_day_raise_no_alert_and_five_of_guessing_do() {
        // Given
        String ordinary = "rate=400,keys=10000";
        String guessing = "rate=400,keys=100,attacks=0.5";

        // When
        int calm = alerts(ordinary, 120_000);
        int attacked = alerts(guessing, 120_000);

        // Then
        assertThat(calm).isZero();
        assertThat(attacked).isPositive();
    }

    @Test
    void a_shape_with_a_wrong_name_or_value_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FleetShape.of("host=3"))
                .withMessageContaining("a fleet has no host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FleetShape.of("skew=2"))
                .withMessageContaining("skew is 2.0, not within 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FleetShape.of("keys=many"))
                .withMessageContaining("keys is no number: many");
    }

    private static Stream<LogRecord.Line> lines(String shape, long count) {
        FleetLoad load = new FleetLoad(FleetShape.of(shape), Load.START);
        return Stream.generate(load::next).limit(count);
    }

    private static int alerts(String shape, int count) {
        Engine engine = new Engine(AppConfig.scanSettings());
        FleetLoad load = new FleetLoad(FleetShape.of(shape), Load.START);
        load.hosts().forEach(host -> engine.accept(new LogRecord.Hello("default", host, load.hosts())));
        int alerts = 0;
        long pane = Long.MIN_VALUE;
        for (int line = 0; line < count; line++) {
            LogRecord.Line next = load.next();
            engine.accept(next);
            if (Pane.of(next.time()) > pane) {
                pane = Pane.of(next.time());
                alerts += engine.drain().size();
            }
        }
        return alerts;
    }
}
