package postwarden.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import postwarden.detect.Census;
import postwarden.event.Daemon;
import postwarden.tally.Intake;
import postwarden.tally.Watch;

/**
 * What the topology counts. The sums must add up: {@code postwarden.records} over all outcomes is the number of records read.
 *
 * <p>{@code postwarden.records} by {@code outcome} (counted, late, duplicate, noted, dead_letter) · {@code postwarden.drains}
 * by {@code stage}: once a commit and task; many more mean that the record cache evicts ticks · {@code postwarden.tallies}:
 * tallies sent from the intake to the watches · {@code postwarden.unrecognised} by {@code daemon}: lines whose message no rule knew · {@code postwarden.unparsed}: lines
 * without a readable header · {@code postwarden.templates}: kinds of such lines that are kept now ·
 * {@code postwarden.templates.evicted}: those let go because there were too many · {@code postwarden.keys} by {@code watch}:
 * entities that are watched one by one now · {@code postwarden.keys.bounded} by {@code watch} and {@code fate} (forgotten after a
 * long silence, evicted for others, turned_away: tallies for which there was no room) · {@code postwarden.reports} ·
 * {@code postwarden.alerts} by {@code state} · {@code postwarden.allowed} by {@code detector}: records of incidents that
 * an operator lets be · {@code postwarden.quarantined}: records of internal topics that could not be read ·
 * {@code postwarden.cut}: records of the lines topic that were larger than any producer sends.
 */
public final class Meters {
    private final MeterRegistry registry;
    private final Map<Intake.Outcome, Counter> records = new EnumMap<>(Intake.Outcome.class);
    private final Counter deadLetters;
    private final Counter tallies;
    private final Counter reports;
    private final Map<Daemon, Counter> unrecognised = new EnumMap<>(Daemon.class);
    private final Counter evicted;
    private final AtomicLong templates = new AtomicLong();
    private final Map<Watch, AtomicLong> keys = new ConcurrentHashMap<>();
    private final Counter unparsed;
    private final AtomicBoolean ended = new AtomicBoolean();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        for (Intake.Outcome outcome : Intake.Outcome.values()) {
            records.put(outcome, record(outcome.name().toLowerCase(Locale.ROOT)));
        }
        deadLetters = record("dead_letter");
        tallies = registry.counter("postwarden.tallies");
        reports = registry.counter("postwarden.reports");
        for (Daemon daemon : Daemon.values()) {
            unrecognised.put(daemon, registry.counter("postwarden.unrecognised", "daemon", daemon.wireName()));
        }
        evicted = registry.counter("postwarden.templates.evicted");
        registry.gauge("postwarden.templates", templates);
        unparsed = registry.counter("postwarden.unparsed");
    }

    void record(Intake.Outcome outcome) {
        Counter counter = records.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    void unrecognised(Daemon daemon) {
        Counter counter = unrecognised.get(daemon);
        if (counter != null) {
            counter.increment();
        }
    }

    void headerNotRead() {
        unparsed.increment();
    }

    /** Notes how many templates more or fewer a task keeps now, and how many it let go. */
    void templates(long more, long letGo) {
        templates.addAndGet(more);
        evicted.increment((double) letGo);
    }

    void ended(boolean all) {
        ended.set(all);
    }

    void cut() {
        registry.counter("postwarden.cut").increment();
    }

    void quarantined() {
        registry.counter("postwarden.quarantined").increment();
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void drain(String stage) {
        registry.counter("postwarden.drains", "stage", stage).increment();
    }

    void tallies(long sent) {
        tallies.increment((double) sent);
    }

    /** Notes how the keys of a watch have changed in one task: how many more or fewer, and what became of others. */
    void keys(Watch watch, Census before, Census now) {
        String name = watch.name().toLowerCase(Locale.ROOT);
        keys.computeIfAbsent(watch, w -> gauge(name)).addAndGet(now.keys() - before.keys());
        keys(name, "forgotten", now.forgotten() - before.forgotten());
        keys(name, "evicted", now.evicted() - before.evicted());
        keys(name, "turned_away", now.turnedAway() - before.turnedAway());
    }

    private void keys(String watch, String fate, long more) {
        if (more > 0) {
            registry.counter("postwarden.keys.bounded", "watch", watch, "fate", fate)
                    .increment((double) more);
        }
    }

    private AtomicLong gauge(String watch) {
        return Optional.ofNullable(registry.gauge("postwarden.keys", Tags.of("watch", watch), new AtomicLong()))
                .orElseGet(AtomicLong::new);
    }

    void report() {
        reports.increment();
    }

    /** Counts what would have been told and is allowed. */
    void allowed(String detector) {
        registry.counter("postwarden.allowed", "detector", detector).increment();
    }

    void alert(String state) {
        registry.counter("postwarden.alerts", "state", state).increment();
    }

    /** Records with this outcome so far; {@code dead_letter} too. */
    public long records(String outcome) {
        return (long) record(outcome).count();
    }

    /** How many records were read and what became of them, as {@code 12 = counted 9, duplicate 1, ...}. */
    public String sums() {
        Map<String, Long> outcomes = new TreeMap<>();
        records.forEach(
                (outcome, counter) -> outcomes.put(outcome.name().toLowerCase(Locale.ROOT), (long) counter.count()));
        outcomes.put("dead_letter", (long) deadLetters.count());
        long all = outcomes.values().stream().mapToLong(Long::longValue).sum();
        return all
                + outcomes.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", ", " = ", ""));
    }

    /** Lines whose message no rule knew, so far. */
    public long unrecognised() {
        return (long) unrecognised.values().stream().mapToDouble(Counter::count).sum();
    }

    /** Lines whose header was not understood, so far. */
    public long unparsed() {
        return (long) unparsed.count();
    }

    /** Whether every host has said that nothing more will come, and the desk has decided all of it. */
    public boolean hasEnded() {
        return ended.get();
    }

    /** Drains of {@code intake} or {@code watch} so far. */
    public long drains(String stage) {
        return (long) registry.counter("postwarden.drains", "stage", stage).count();
    }

    private Counter record(String outcome) {
        return registry.counter("postwarden.records", "outcome", outcome);
    }
}
