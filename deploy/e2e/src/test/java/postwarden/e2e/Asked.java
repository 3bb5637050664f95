package postwarden.e2e;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import postwarden.ask.Answers;
import postwarden.ask.EntityQuestion;
import postwarden.ask.EntityRow;
import postwarden.ask.IncidentQuestion;
import postwarden.ask.NotReady;
import postwarden.config.AppConfig;
import postwarden.detect.Severity;
import postwarden.stream.Meters;
import postwarden.stream.Running;
import postwarden.stream.Service;
import postwarden.stream.query.StoreAnswers;
import postwarden.tally.Key;
import postwarden.tally.Watch;

/** A service in this process that is asked. */
final class Asked implements AutoCloseable {
    static final String TENANT = "default";
    private static final int ALL = 1000;

    private final Service service;
    private final Meters meters = new Meters(new SimpleMeterRegistry());
    private final Answers answers;

    private Asked(Cluster cluster, Path state, String address, int standbys) {
        Running running = new Running(
                        "asked", state.toString(), 1, Duration.ofMillis(100), 1, standbys, cluster.kafka())
                .at(address);
        service = Service.start(AppConfig.scanSettings(), running, meters);
        answers = StoreAnswers.of(service, Clock.systemUTC());
    }

    static Asked start(Cluster cluster, Path state, String address, int standbys) {
        return new Asked(cluster, state, address, standbys);
    }

    Answers answers() {
        return answers;
    }

    Service service() {
        return service;
    }

    boolean hasEnded() {
        return meters.hasEnded();
    }

    /** What it says, or nothing while it says that it cannot. */
    static <T> Optional<T> ifReady(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (NotReady notYet) {
            return Optional.empty();
        }
    }

    /** All keys of a watch that this instance has, by name. */
    List<EntityRow> keys(Watch watch) {
        return answers.entities(question(watch, "", ALL)).rows();
    }

    static EntityQuestion question(Watch watch, String measure, int limit) {
        return new EntityQuestion(TENANT, watch, "", measure, Duration.ofHours(1), "", 0, limit);
    }

    static IncidentQuestion incidents() {
        return new IncidentQuestion(
                TENANT, Set.of(), Severity.INFO, Set.of(), "", Instant.MIN, Instant.MAX, "", Instant.EPOCH, ALL);
    }

    static List<Key> keys(Watch watch, List<EntityRow> rows) {
        List<Key> keys = new ArrayList<>();
        rows.forEach(row -> keys.add(new Key(row.tenant(), watch, row.name())));
        return keys;
    }

    /** Iterators that are open on any store, as Kafka Streams counts them. */
    double openIterators() {
        return service.streams().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("num-open-iterators"))
                .mapToDouble(metric -> ((Number) metric.metricValue()).doubleValue())
                .sum();
    }

    @Override
    public void close() {
        service.close();
    }
}
