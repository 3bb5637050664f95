package postwarden.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import postwarden.detect.Report;
import postwarden.detect.Severity;
import postwarden.incident.Alert;
import postwarden.incident.Heard;

/**
 * What is found and what is told. Rare, so a meter may be looked up by its labels; those are detectors, severities and states, some
 * hundreds at most.
 *
 * <p>{@code postwarden.reports}: what the watches tell the desk · {@code postwarden.reports.taken}: what it took, which must come to the
 * same · {@code postwarden.findings} by {@code detector} and {@code severity} · {@code postwarden.findings.over} by {@code detector} ·
 * {@code postwarden.alerts} by {@code state}: records for the alert topic · {@code postwarden.incidents} by {@code detector},
 * {@code severity} and {@code state}: the same by what they are about · {@code postwarden.incidents.open} by {@code severity}: told and
 * not over now · {@code postwarden.incidents.held.back}: incidents that did not open because too many wanted to ·
 * {@code postwarden.allowed} by {@code detector}: records of incidents that an operator lets be · {@code postwarden.policies} by
 * {@code outcome}: records of the policy topic · {@code postwarden.feedback} by {@code outcome}: what became of those that say something
 * of an incident; unknown when no such incident is remembered · {@code postwarden.alert.delay} by {@code since}, for records that open an incident:
 * {@code line}: from the moment when the broker took the line that closed the pane; {@code detection}: from the end of the pane in
 * which the threshold was crossed. To the moment when the record is written; a reader sees it with the next commit.
 */
final class DeskMeters {
    /** From half a commit interval to an hour: a backlog is told late, and that must be told apart from a service that is slow. */
    private static final Duration[] BUCKETS = Stream.of(
                    100, 250, 500, 1000, 2500, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 900_000,
                    3_600_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Counter reports;
    private final Counter taken;
    private final Counter heldBack;
    private final Timer sinceLine;
    private final Timer sinceDetection;
    private final Map<Alert.State, Counter> alerts = new EnumMap<>(Alert.State.class);
    private final Map<Severity, AtomicLong> open = new EnumMap<>(Severity.class);
    private final Map<PolicyOutcome, Counter> policies = new EnumMap<>(PolicyOutcome.class);
    private final Map<Heard.Outcome, Counter> feedback = new EnumMap<>(Heard.Outcome.class);

    /** What became of a record of the policy topic. */
    enum PolicyOutcome {
        ALLOWED,
        SAID,
        REMOVED,
        DEAD_LETTER
    }

    DeskMeters(MeterRegistry registry) {
        this.registry = registry;
        reports = registry.counter("postwarden.reports");
        taken = registry.counter("postwarden.reports.taken");
        heldBack = registry.counter("postwarden.incidents.held.back");
        sinceLine = delay("line");
        sinceDetection = delay("detection");
        for (Alert.State state : Alert.State.values()) {
            alerts.put(state, registry.counter("postwarden.alerts", "state", state.name()));
        }
        for (Severity severity : Severity.values()) {
            AtomicLong now = new AtomicLong();
            Gauge.builder("postwarden.incidents.open", now, AtomicLong::doubleValue)
                    .tag("severity", severity.name())
                    .register(registry);
            open.put(severity, now);
        }
        for (PolicyOutcome outcome : PolicyOutcome.values()) {
            String name = outcome.name().toLowerCase(Locale.ROOT);
            policies.put(outcome, registry.counter("postwarden.policies", "outcome", name));
        }
        for (Heard.Outcome outcome : Heard.Outcome.values()) {
            String name = outcome.name().toLowerCase(Locale.ROOT);
            feedback.put(outcome, registry.counter("postwarden.feedback", "outcome", name));
        }
    }

    private Timer delay(String since) {
        return Timer.builder("postwarden.alert.delay")
                .tag("since", since)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /**
     * Shows these detectors from the beginning: of a counter that comes with its first count, Prometheus sees no increase.
     *
     * @param ids of all that may find something
     */
    void expect(List<String> ids) {
        for (String detector : ids) {
            for (Severity severity : Severity.values()) {
                found(detector, severity);
            }
            over(detector);
            allowed(detector);
        }
    }

    private Counter found(String detector, Severity severity) {
        return registry.counter("postwarden.findings", "detector", detector, "severity", severity.name());
    }

    private Counter over(String detector) {
        return registry.counter("postwarden.findings.over", "detector", detector);
    }

    private Counter allowed(String detector) {
        return registry.counter("postwarden.allowed", "detector", detector);
    }

    /** A watch tells this to the desk. */
    void report(Report report) {
        reports.increment();
        if (report instanceof Report.Found found) {
            found(report.detector(), found.finding().severity()).increment();
        } else {
            over(report.detector()).increment();
        }
    }

    /** The desk has taken a report. */
    void taken() {
        taken.increment();
    }

    void heldBack(long more) {
        heldBack.increment((double) more);
    }

    void policy(PolicyOutcome outcome) {
        count(policies, outcome);
    }

    /** This became of an operator's word. */
    void heard(Heard.Outcome outcome) {
        count(feedback, outcome);
    }

    /**
     * Counts what the desk has decided.
     *
     * @param appended when the broker took the line that led to it, in milliseconds since 1970
     * @param now in milliseconds since 1970
     */
    void decided(Alert alert, long appended, long now) {
        if (!alert.isTold()) {
            allowed(alert.detector()).increment();
            return;
        }
        count(alerts, alert.state());
        registry.counter(
                        "postwarden.incidents",
                        "detector",
                        alert.detector(),
                        "severity",
                        alert.severity().name(),
                        "state",
                        alert.state().name())
                .increment();
        if (alert.state() == Alert.State.OPEN) {
            sinceLine.record(atLeastNone(now - appended));
            sinceDetection.record(atLeastNone(now - alert.detectedAt().toEpochMilli()));
        }
    }

    /** A clock that is ahead of ours is no negative delay. */
    private static Duration atLeastNone(long millis) {
        return Duration.ofMillis(Math.max(0, millis));
    }

    private static <E extends Enum<E>> void count(Map<E, Counter> counters, E which) {
        Counter counter = counters.get(which);
        if (counter != null) {
            counter.increment();
        }
    }

    /** The open incidents of one desk, for the gauge; bounded as the desk's memory is. One thread. */
    final class Open {
        private final Map<String, Severity> severities = new HashMap<>();

        /** Takes the place of what was known: what a desk remembers when it begins. */
        void begin(List<Alert> remembered) {
            end();
            remembered.forEach(alert -> put(alert.incidentId(), alert.severity()));
        }

        void after(Alert alert) {
            if (alert.isTold()) {
                remove(alert.incidentId());
                if (!alert.isOver()) {
                    put(alert.incidentId(), alert.severity());
                }
            }
        }

        /** The desk has gone, to another instance or for good. */
        void end() {
            List.copyOf(severities.keySet()).forEach(this::remove);
        }

        private void put(String incident, Severity severity) {
            severities.put(incident, severity);
            add(severity, 1);
        }

        private void remove(String incident) {
            Severity before = severities.remove(incident);
            if (before != null) {
                add(before, -1);
            }
        }

        private void add(Severity severity, long more) {
            open.getOrDefault(severity, new AtomicLong()).addAndGet(more);
        }
    }
}
