package postwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postwarden.ask.DriftRow;
import postwarden.ask.Entity;
import postwarden.ask.EntityQuestion;
import postwarden.ask.EntityRow;
import postwarden.ask.HostRow;
import postwarden.ask.Listing;
import postwarden.ask.Lookup;
import postwarden.ask.Measures;
import postwarden.config.AppConfig;
import postwarden.detect.Dossier;
import postwarden.incident.Alert;
import postwarden.scan.Engine;
import postwarden.scan.LogReader;
import postwarden.scan.Scan;
import postwarden.stream.Stores;
import postwarden.stream.codec.StateCodecs;
import postwarden.tally.Count;
import postwarden.tally.Key;
import postwarden.tally.Pane;
import postwarden.tally.Watch;

/** What a running service answers, against {@code scan}'s own numbers over the same lines. */
@Timeout(300)
class AnswersTest {
    private static final Map<String, Duration> WINDOWS =
            Map.of("1m", Duration.ofMinutes(1), "10m", Duration.ofMinutes(10), "1h", Duration.ofHours(1));

    /** Of a kind that no rule knows: a daemon's name, and a message that it does not write. */
    private static final String UNKNOWN = """
            Nov 20 10:00:00 odd postfix/smtpd[1]: the quick brown fox of 192.0.2.1
            Nov 20 10:00:07 odd postfix/qmgr[2]: jumps over lazy dog number 17
            """;

    private static Cluster cluster;
    private static Asked asked;
    private static Engine scanned;
    private static SortedMap<String, Path> logs;
    /** Lines counted for one host, as they were told while they were being counted. */
    private static List<Double> told;

    @BeforeAll
    static void count_everything_and_ask_meanwhile(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException {
        logs = Recordings.unpack(Files.createDirectories(folder.resolve("logs")));
        logs.put("odd", Files.writeString(folder.resolve("logs").resolve("odd.log"), UNKNOWN.repeat(3)));
        scanned = scan(logs);
        cluster = Cluster.start(folder);
        asked = Asked.start(cluster, folder.resolve("state"), "127.0.0.1:7001", 0);
        Await.until("the service runs", () -> asked.answers().health().ready());
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<List<Double>> asking = other.submit(() -> ask(server(logs.firstKey()), isOver));
            Producing.once(cluster, logs, folder.resolve("producer"), "mail.lines");
            Await.until("all is decided", asked::hasEnded);
            isOver.set(true);
            told = asking.get();
        } finally {
            isOver.set(true);
            other.shutdownNow();
        }
    }

    @AfterAll
    static void stop() {
        asked.close();
        cluster.close();
    }

    private static List<Double> ask(Key key, AtomicBoolean isOver) {
        List<Double> numbers = new ArrayList<>();
        while (!isOver.get()) {
            asked.answers()
                    .entity(Lookup.of(key))
                    .ifPresent(entity -> numbers.add(lines(entity.windows().getOrDefault("all", Map.of()))));
        }
        return numbers;
    }

    private static Entity brief(Entity entity) {
        return new Entity(
                entity.row(),
                entity.hosts(),
                entity.windows(),
                List.of(),
                List.of(),
                entity.baselines(),
                entity.openSessions(),
                List.of(),
                entity.standby(),
                entity.staleness(),
                true);
    }

    private static Engine scan(SortedMap<String, Path> logs) throws IOException {
        Engine engine = new Engine(AppConfig.scanSettings());
        List<LogReader> readers = new ArrayList<>();
        for (Map.Entry<String, Path> log : logs.entrySet()) {
            LogReader.Input input = new LogReader.Input(
                    log.getValue().toString(), log.getKey(), log.getKey(), ZoneOffset.UTC, Recordings.RECORDED_BEFORE);
            readers.add(new LogReader(input, Files.newInputStream(log.getValue())));
        }
        new Scan(engine, alert -> {}).read(readers);
        for (LogReader reader : readers) {
            reader.close();
        }
        return engine;
    }

    @Test
    void every_key_has_the_numbers_that_scan_has() {
        for (Watch watch : Watch.values()) {
            // Given
            Listing<EntityRow> list = asked.answers().entities(Asked.question(watch, "", 1000));
            assertThat(list.total())
                    .as("%s", watch)
                    .isEqualTo(scanned.keys(watch))
                    .isPositive();

            for (Key key : Asked.keys(watch, list.rows())) {
                // When
                Entity entity = asked.answers().entity(Lookup.of(key)).orElseThrow();

                // Then
                Dossier expected = scanned.dossier(key).orElseThrow();
                assertThat(entity.windows().getOrDefault("all", Map.of()))
                        .as("%s", key)
                        .isEqualTo(Measures.of(expected.all()));
                WINDOWS.forEach((name, length) -> assertThat(entity.windows().get(name))
                        .as("%s, %s", key, name)
                        .isEqualTo(Measures.of(expected.window(length))));
                assertThat(entity.hosts()).containsExactlyElementsOf(expected.hosts());
                assertThat(entity.row().open())
                        .extracting(EntityRow.Open::detector)
                        .isEqualTo(expected.open().stream()
                                .map(Dossier.Open::detector)
                                .toList());
                assertThat(entity.standby()).isFalse();
                assertThat(asked.answers().entity(Lookup.of(key).inBrief())).contains(brief(entity));
                assertThat(entity.staleness()).isZero();
                assertThat(entity.baselines())
                        .hasSize(expected.baselines().values().stream()
                                .mapToInt(Map::size)
                                .sum());
                assertSeriesIsSound(entity, expected);
                assertThat(told(entity.hours())).as("hours of %s", key).isEqualTo(counted(expected));
            }
        }
    }

    /** By the hour, of those in which there was anything. */
    private static Map<Instant, Map<String, Double>> told(List<Entity.Hour> hours) {
        Map<Instant, Map<String, Double>> told = new TreeMap<>();
        hours.stream()
                .filter(hour -> !hour.measures().isEmpty())
                .forEach(hour -> told.put(hour.start(), hour.measures()));
        return told;
    }

    private static Map<Instant, Map<String, Double>> counted(Dossier dossier) {
        Map<Instant, Map<String, Double>> counted = new TreeMap<>();
        for (Dossier.Hour hour : dossier.hours()) {
            Map<String, Double> measures = Measures.of(hour.counted().tally());
            if (!measures.isEmpty()) {
                counted.put(Pane.start(hour.counted().start()), measures);
            }
        }
        return counted;
    }

    /** Panes may be folded into minutes sooner or later, but nothing is in two points or in none. */
    private static void assertSeriesIsSound(Entity entity, Dossier expected) {
        for (int i = 1; i < entity.series().size(); i++) {
            Entity.Point before = entity.series().get(i - 1);
            assertThat(entity.series().get(i).start())
                    .isAfterOrEqualTo(before.start().plus(before.length()));
        }
        double young = entity.series().stream()
                .filter(point -> point.length().equals(Pane.LENGTH))
                .mapToDouble(point -> lines(point.measures()))
                .sum();
        double all = entity.series().stream()
                .mapToDouble(point -> lines(point.measures()))
                .sum();
        assertThat(all).isBetween(young, lines(entity.windows().getOrDefault("all", Map.of())));
        assertThat(entity.series()).isNotEmpty();
        assertThat(entity.row().lastSeen()).isEqualTo(Pane.end(expected.newest()));
        assertThat(entity.samples()).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void numbers_only_grow_while_they_are_counted_and_never_beyond_what_there_is() {
        // Given
        Dossier expected = scanned.dossier(server(logs.firstKey())).orElseThrow();

        // Then
        assertThat(told).isSorted().hasSizeGreaterThan(3);
        assertThat(told.get(told.size() - 1))
                .isLessThanOrEqualTo((double) expected.all().count(Count.LINES));
    }

    @Test
    void a_list_is_in_the_order_of_a_measure_and_its_pages_are_the_list() {
        for (String measure : List.of("", "lines", "connects", "peakConcurrency")) {
            // Given
            EntityQuestion whole = Asked.question(Watch.CLIENT, measure, 1000);
            List<EntityRow> all = asked.answers().entities(whole).rows();

            // When
            List<EntityRow> paged = new ArrayList<>();
            Optional<EntityRow> last = Optional.empty();
            do {
                EntityQuestion page = new EntityQuestion(
                        Asked.TENANT,
                        Watch.CLIENT,
                        "",
                        measure,
                        Duration.ofHours(1),
                        last.map(EntityRow::name).orElse(""),
                        last.map(row -> row.measures().getOrDefault(measure, 0.0))
                                .orElse(0.0),
                        7);
                List<EntityRow> rows = asked.answers().entities(page).rows();
                paged.addAll(rows);
                last = rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(rows.size() - 1));
            } while (last.isPresent());

            // Then
            assertThat(all).isSortedAccordingTo(whole.order()).isNotEmpty();
            assertThat(paged).as(measure).isEqualTo(all);
        }
    }

    @Test
    void incidents_are_those_that_were_told_and_stand_as_scan_has_them()
            throws ExecutionException, InterruptedException {
        // Given
        Map<String, Alert> latest = new HashMap<>();
        AlertTopic.alerts(cluster).forEach(alert -> latest.put(alert.incidentId(), alert));
        Map<String, Alert> open = new TreeMap<>();
        scanned.openIncidents().forEach(alert -> open.put(alert.incidentId(), alert));

        // When
        List<Alert> shown = asked.answers().incidents(Asked.incidents()).rows();

        // Then
        assertThat(shown).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.sequence())
                    .isEqualTo(Objects.requireNonNull(latest.get(alert.incidentId()))
                            .sequence());
            assertThat(alert.isOver()).isEqualTo(latest.get(alert.incidentId()).isOver());
            assertThat(asked.answers().incident(Asked.TENANT, alert.incidentId()))
                    .contains(alert);
        });
        assertThat(shown.stream().filter(alert -> !alert.isOver()).toList())
                .extracting(Alert::incidentId)
                .containsExactlyInAnyOrderElementsOf(open.keySet());
        assertThat(shown.stream().filter(alert -> !alert.isOver()).toList())
                .allSatisfy(alert -> assertThat(alert.measures())
                        .isEqualTo(Objects.requireNonNull(open.get(alert.incidentId()))
                                .measures()));
        assertThat(asked.answers().incident(Asked.TENANT, "nobody's")).isEmpty();
    }

    @Test
    void hosts_have_their_lines_and_their_troubles() {
        // When
        Listing<HostRow> hosts = asked.answers().hosts(Asked.TENANT);

        // Then
        assertThat(hosts.rows()).extracting(HostRow::host).containsAll(logs.keySet());
        assertThat(hosts.rows()).filteredOn(row -> logs.containsKey(row.host())).allSatisfy(row -> {
            assertThat(row.state()).isEqualTo("ENDED");
            Dossier expected = scanned.dossier(server(row.host())).orElseThrow();
            assertThat(row.lines()).isEqualTo((double) expected.window(Duration.ofHours(1), Count.LINES));
        });
        long open = asked.answers().incidents(Asked.incidents()).rows().stream()
                .filter(alert -> !alert.isOver())
                .count();
        assertThat(hosts.rows().stream()
                        .mapToLong(row -> row.open().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .sum())
                .isGreaterThanOrEqualTo(open);
    }

    @Test
    void unknown_lines_are_counted_as_scan_counts_them() {
        // Given
        Map<String, Long> expected = new TreeMap<>();
        scanned.drift()
                .mostFrequent()
                .forEach(each -> expected.put(each.template().name(), each.count()));

        // When
        Listing<DriftRow> drift = asked.answers().drift(Asked.TENANT, 1000);

        // Then
        Map<String, Long> counted = new TreeMap<>();
        drift.rows().forEach(row -> counted.put(row.id(), row.count()));
        assertThat(counted).isEqualTo(expected).isNotEmpty();
        assertThat(drift.rows()).isSortedAccordingTo(DriftRow.ORDER);
    }

    @Test
    void a_row_of_any_store_can_be_read_as_it_is() {
        // Given
        Key key = server(logs.firstKey());
        String hex = HexFormat.of().formatHex(StateCodecs.KEY.encode(key));

        // Then
        assertThat(asked.answers().stores()).contains(Stores.KEYS, Stores.SEEN, Stores.INCIDENTS, Stores.POLICIES);
        assertThat(asked.answers().raw(Stores.KEYS, hex))
                .hasValueSatisfying(row -> assertThat(row.text()).contains(logs.firstKey()));
        String clock =
                HexFormat.of().formatHex((Asked.TENANT + "/" + logs.firstKey()).getBytes(StandardCharsets.UTF_8));
        assertThat(asked.answers().raw(Stores.FLEET, clock))
                .hasValueSatisfying(row -> assertThat(row.text()).contains("ended=true"));
        assertThat(asked.answers().raw(Stores.SEEN, "00")).isEmpty();
    }

    @Test
    void questions_leave_no_iterator_open() {
        // When
        asked.answers().incidents(Asked.incidents());
        asked.answers().entities(Asked.question(Watch.CLIENT, "connects", 10));

        // Then
        assertThat(asked.service().streams().metrics().keySet())
                .anySatisfy(name -> assertThat(name.name()).isEqualTo("num-open-iterators"));
        assertThat(asked.openIterators()).isZero();
    }

    private static Key server(String host) {
        return new Key(Asked.TENANT, Watch.SERVER, host);
    }

    private static double lines(Map<String, Double> measures) {
        return measures.getOrDefault("lines", 0.0);
    }
}
