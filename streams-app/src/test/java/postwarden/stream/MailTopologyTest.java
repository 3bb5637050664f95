package postwarden.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.internals.CachingKeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postwarden.incident.Alert;
import postwarden.policy.Allowance;
import postwarden.policy.NamePattern;
import postwarden.policy.Remark;
import postwarden.policy.Saying;
import postwarden.scan.Engine;
import postwarden.schema.MailLine;
import postwarden.schema.MailLineKind;
import postwarden.stream.codec.LineCodec;

class MailTopologyTest {
    private static final String CLIENT = "203.0.113.177";

    private Driven driven;

    @BeforeEach
    void start(@TempDir Path state) {
        driven = new Driven(state);
        driven.say(MailLineKind.HELLO);
    }

    @AfterEach
    void stop() {
        driven.close();
    }

    @Test
    void a_flood_of_connects_becomes_an_alert_and_the_latest_state_of_its_incident() {
        // When
        flood().forEach(driven::pipe);
        driven.say(MailLineKind.END);

        // Then
        List<Alert> alerts = driven.alerts();
        assertThat(alerts).isNotEmpty();
        assertThat(alerts.get(0).state()).isEqualTo(Alert.State.OPEN);
        assertThat(alerts.get(0).detector()).isEqualTo("connection-flood");
        assertThat(alerts.get(0).subject().client()).isEqualTo(CLIENT);
        assertThat(driven.incidents()).containsEntry(alerts.get(0).incidentId(), alerts.get(alerts.size() - 1));
        assertThat(driven.meters().hasEnded()).isTrue();
    }

    @Test
    void the_topology_and_the_engine_of_scan_tell_the_same() {
        // Given
        Engine engine = new Engine(Driven.settings());
        List<MailLine> records = new ArrayList<>(flood());
        records.forEach(line -> engine.accept(LineCodec.decode(line, 0, 0)));
        engine.accept(new postwarden.event.LogRecord.End("default", Driven.HOST));
        List<Alert> expected = engine.drain();

        // When
        records.forEach(driven::pipe);
        driven.say(MailLineKind.END);

        // Then
        List<Alert> told = driven.alerts();
        assertThat(told.stream().map(MailTopologyTest::essence).toList())
                .isNotEmpty()
                .isEqualTo(expected.stream().map(MailTopologyTest::essence).toList());
    }

    @Test
    void bytes_that_came_twice_are_counted_once() {
        // Given
        List<MailLine> flood = flood();

        // When
        flood.forEach(driven::pipe);
        flood.forEach(driven::pipe);
        driven.say(MailLineKind.END);

        // Then
        assertThat(driven.meters().records("duplicate")).isEqualTo(flood.size());
        assertThat(driven.meters().records("counted")).isEqualTo(flood.size());
        assertThat(driven.alerts())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.measures().getOrDefault("connectsPerMinute", 0.0))
                        .isBetween(60.0, 120.0));
    }

    @Test
    void what_cannot_be_read_is_kept_as_it_came_with_its_cause() {
        // Given
        MailLine contradiction = MailLine.newBuilder(driven.line(1, 0, "connect from unknown[192.0.2.1]"))
                .setMessageStart(100_000)
                .build();

        // When
        driven.pipe("no record".getBytes(StandardCharsets.UTF_8));
        driven.pipe(new byte[0]);
        driven.pipe(contradiction);
        driven.pipe(driven.line(1, 1, "connect from unknown[192.0.2.1]"));

        // Then
        List<TestRecord<String, byte[]>> dead = driven.deadLetters();
        assertThat(dead).hasSize(3);
        assertThat(dead.get(0).value()).isEqualTo("no record".getBytes(StandardCharsets.UTF_8));
        assertThat(header(dead.get(2).headers(), "postwarden.cause")).contains("the message begins at byte 100000");
        assertThat(dead).allSatisfy(record -> {
            assertThat(header(record.headers(), "postwarden.topic")).isEqualTo("mail.lines");
            assertThat(header(record.headers(), "postwarden.partition")).isEqualTo("0");
            assertThat(header(record.headers(), "postwarden.offset")).containsOnlyDigits();
            assertThat(header(record.headers(), "postwarden.cause")).isNotEmpty();
        });
        assertThat(driven.meters().records("counted")).isEqualTo(1);
    }

    @Test
    void every_record_has_one_outcome() {
        // Given
        List<MailLine> flood = flood();

        // When
        flood.forEach(driven::pipe);
        driven.pipe(driven.line(9, 5, "a line that is late, and no rule knows"));
        driven.pipe(flood.get(0));
        driven.pipe(new byte[] {1, 2, 3});
        driven.say(MailLineKind.END);

        // Then
        long sum = Stream.of("counted", "late", "duplicate", "noted", "dead_letter")
                .mapToLong(outcome -> driven.meters().records(outcome))
                .sum();
        assertThat(sum).isEqualTo(1 + flood.size() + 3 + 1);
        assertThat(driven.meters().records("late")).isEqualTo(1);
        assertThat(driven.meters().unrecognised()).isEqualTo(1);
    }

    @Test
    void the_meters_of_each_stage_say_that_nothing_is_missing_and_what_was_told() {
        // When
        flood().forEach(driven::pipe);
        driven.pipe(new byte[] {1, 2, 3});
        driven.say(MailLineKind.END);

        // Then
        assertThat(gauge("postwarden.records.unaccounted")).isZero();
        assertThat(count("postwarden.records.read")).isEqualTo(1 + flood().size() + 1 + 1);
        assertThat(count("postwarden.tallies.merged")).isPositive().isEqualTo(count("postwarden.tallies"));
        assertThat(count("postwarden.reports.taken")).isPositive().isEqualTo(count("postwarden.reports"));
        assertThat(count("postwarden.findings", "detector", "connection-flood")).isPositive();
        assertThat(count("postwarden.alerts")).isEqualTo(driven.alerts().size());
        assertThat(count("postwarden.incidents", "state", "OPEN"))
                .isEqualTo(count("postwarden.alerts", "state", "OPEN"))
                .isEqualTo(driven.registry()
                        .get("postwarden.alert.delay")
                        .tag("since", "line")
                        .timer()
                        .count());
        assertThat(gauge("postwarden.hosts", "state", "ended")).isEqualTo(1);
        assertThat(gauge("postwarden.journal", "stage", "intake")).isPositive();
    }

    @Test
    void a_stopped_service_holds_and_follows_nothing() {
        // Given
        flood().forEach(driven::pipe);
        assertThat(gauge("postwarden.journal", "stage", "watch")).isPositive();
        assertThat(driven.registry().find("postwarden.intake.behind").gauges()).hasSize(1);

        // When
        driven.close();

        // Then
        for (String stage : List.of("intake", "watch", "desk")) {
            assertThat(gauge("postwarden.journal", "stage", stage)).isZero();
            assertThat(gauge("postwarden.heap", "stage", stage)).isZero();
        }
        assertThat(gauge("postwarden.incidents.open", "severity", "HIGH")).isZero();
        assertThat(driven.registry().find("postwarden.intake.behind").gauges()).isEmpty();
        assertThat(driven.registry().find("postwarden.hosts").gauges()).isEmpty();
    }

    private long count(String name, String... tags) {
        return (long) driven.registry().get(name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double gauge(String name, String... tags) {
        return driven.registry().get(name).tags(tags).gauge().value();
    }

    @Test
    void what_no_rule_knows_is_kept_by_template_and_counted_by_daemon() {
        // When
        driven.pipe(driven.line(1, 0, "a message that nobody has taught us, number 17"));
        driven.pipe(driven.line(1, 1, "a message that nobody has taught us, number 18"));
        driven.pipe(driven.line(1, 2, "connect from unknown[192.0.2.1]"));
        driven.rest();

        // Then
        assertThat(driven.templates()).singleElement().satisfies(counted -> {
            assertThat(counted.count()).isEqualTo(2);
            assertThat(counted.template().text()).isEqualTo("a message that nobody has taught us, number *");
        });
        assertThat(driven.registry()
                        .counter("postwarden.unrecognised", "daemon", "postfix")
                        .count())
                .isEqualTo(2);
        assertThat(driven.registry().get("postwarden.templates").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void each_commit_drains_once_and_none_drains_for_nothing() {
        // Given
        List<MailLine> flood = flood();

        // When
        flood.forEach(driven::pipe);

        // Then the driver has committed after each record, and after the greeting
        assertThat(driven.meters().drains("intake")).isEqualTo(flood.size() + 1);
    }

    @Test
    void what_an_operator_lets_be_is_among_the_incidents_and_not_among_the_alerts() {
        // Given
        driven.decide("default/probe", Driven.decision(monitoring("probe")));

        // When
        flood().forEach(driven::pipe);
        driven.say(MailLineKind.END);

        // Then
        assertThat(driven.alerts()).isEmpty();
        assertThat(driven.incidents().values())
                .singleElement()
                .satisfies(shown ->
                        assertThat(shown.allowed().orElseThrow().reason()).isEqualTo("our monitoring"));
        assertThat(driven.registry()
                        .get("postwarden.allowed")
                        .tag("detector", "connection-flood")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void what_an_operator_says_of_an_incident_is_told_with_it_and_of_none_is_counted() {
        // Given
        flood().forEach(driven::pipe);
        driven.say(MailLineKind.END);
        List<Alert> decided = driven.alerts();
        Alert before = decided.get(decided.size() - 1);
        Remark remark = new Remark(Remark.Aspect.VERDICT, "false", "anna", Driven.START.plusSeconds(60), "a backup");
        Saying saying =
                new Saying("default", before.incidentId(), remark, remark.at().plus(Duration.ofDays(1)));
        Saying ofNone = new Saying("default", "none", remark, saying.until());

        // When
        driven.decide("default/" + saying.id(), Driven.decision(saying));
        driven.decide("default/" + saying.id(), Driven.decision(saying));
        driven.decide("default/none.verdict", Driven.decision(ofNone));

        // Then
        List<Alert> said = driven.alerts();
        assertThat(said).hasSize(1);
        Alert told = said.get(0);
        assertThat(told.sequence()).isEqualTo(before.sequence() + 1);
        assertThat(told.feedback().of(Remark.Aspect.VERDICT)).contains(remark.toldIn(told.sequence()));
        assertThat(driven.incidents().get(before.incidentId())).isEqualTo(told);
        assertThat(count("postwarden.feedback", "outcome", "told")).isEqualTo(1);
        assertThat(count("postwarden.feedback", "outcome", "repeated")).isEqualTo(1);
        assertThat(count("postwarden.feedback", "outcome", "unknown")).isEqualTo(1);
        assertThat(count("postwarden.policies", "outcome", "said")).isEqualTo(3);
        assertThat(driven.deadLetters()).isEmpty();
    }

    @Test
    void a_decision_that_is_forgotten_before_covers_nothing() {
        driven.decide("default/probe", Driven.decision(monitoring("probe")));
        driven.decide("default/probe", null);

        flood().forEach(driven::pipe);
        driven.say(MailLineKind.END);

        assertThat(driven.alerts())
                .isNotEmpty()
                .allMatch(alert -> alert.allowed().isEmpty());
    }

    @Test
    void a_decision_that_cannot_be_read_is_kept_with_its_cause_and_stops_nothing() {
        // When
        driven.decide("default/probe", "no record".getBytes(StandardCharsets.UTF_8));
        driven.decide("default/another", Driven.decision(monitoring("probe")));
        driven.decide("no tenant", null);
        flood().forEach(driven::pipe);
        driven.say(MailLineKind.END);

        // Then
        assertThat(driven.alerts()).isNotEmpty();
        assertThat(count("postwarden.policies", "outcome", "dead_letter")).isEqualTo(3);
        assertThat(count("postwarden.policies", "outcome", "allowed")).isZero();
        assertThat(gauge("postwarden.records.unaccounted")).isZero();
        assertThat(driven.deadLetters()).hasSize(3).allSatisfy(record -> {
            assertThat(header(record.headers(), "postwarden.topic")).isEqualTo("mail.policy");
            assertThat(header(record.headers(), "postwarden.cause")).isNotEmpty();
        });
    }

    private static Allowance monitoring(String id) {
        return new Allowance(
                id,
                "default",
                NamePattern.ANYTHING,
                new NamePattern("203.0.113.0/24"),
                NamePattern.ANYTHING,
                "noc@example.com",
                "our monitoring",
                Driven.START,
                Driven.START.plus(Duration.ofDays(30)));
    }

    @Test
    void only_the_ticks_are_cached() {
        assertThat(driven.driver().getAllStateStores().entrySet().stream()
                        .filter(store -> isCached(store.getValue()))
                        .map(store -> store.getKey()))
                .containsExactlyInAnyOrder(Stores.INTAKE_TICK, Stores.WATCH_TICK);
    }

    /** For two minutes ten connects in ten seconds, then thirty, each ended at once: an even pace would be a load balancer's. */
    private List<MailLine> flood() {
        List<MailLine> lines = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            int block = i % 40;
            int begin = i / 40 * 20;
            double seconds = begin + (block < 10 ? block : 10 + (block - 10) / 3.0);
            lines.add(driven.line(100 + i, seconds, "connect from unknown[" + CLIENT + "]"));
            lines.add(driven.line(100 + i, seconds + 0.01, "disconnect from unknown[" + CLIENT + "] commands=0/0"));
        }
        return lines;
    }

    private static String essence(Alert alert) {
        return alert.incidentId() + " " + alert.state() + " " + alert.sequence() + " " + alert.severity() + " "
                + alert.cause() + " " + alert.onset() + " " + alert.detectedAt() + " " + alert.measures();
    }

    private static boolean isCached(StateStore store) {
        if (store instanceof CachingKeyValueStore) {
            return true;
        }
        return store instanceof WrappedStateStore<?, ?, ?> outer && isCached(outer.wrapped());
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
