package postwarden.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import postwarden.detect.Census;
import postwarden.event.Daemon;
import postwarden.tally.Intake;
import postwarden.tally.Watch;

/**
 * What the topology counts, from the lines topic to the desk; what the desk decides is {@link DeskMeters}, what keeps it running
 * {@link ServiceMeters}. The sums must add up: {@code postwarden.records} over all outcomes is {@code postwarden.records.read}, and
 * {@code postwarden.records.unaccounted} is what is missing. Every meter stands in deploy/prometheus/README.md, and a test holds that
 * table against a running service.
 *
 * <p>{@code postwarden.records} by {@code outcome} (counted, late, duplicate, noted, dead_letter; abandoned: a thread failed on it, and
 * it is read again) · {@code postwarden.records.missed}: offsets of the lines topic that were passed over ({@link IntakeProgress}) ·
 * {@code postwarden.drains} by {@code stage}: once a commit and task; many more mean that the record cache evicts ticks ·
 * {@code postwarden.tallies}: tallies sent from the intake to the watches · {@code postwarden.tallies.merged}: those that arrived ·
 * {@code postwarden.unrecognised} by {@code daemon}: lines whose message no rule knew · {@code postwarden.unparsed}: lines without a
 * readable header · {@code postwarden.templates}: kinds of such lines that are kept now · {@code postwarden.templates.evicted}: those let
 * go because there were too many · {@code postwarden.keys} by {@code watch}: entities that are watched one by one now ·
 * {@code postwarden.keys.bounded} by {@code watch} and {@code fate} (forgotten after a long silence, evicted for others, turned_away:
 * tallies for which there was no room) · {@code postwarden.journal} and {@code postwarden.heap} by {@code stage}, in bytes
 * ({@link TaskMemory}) · {@code postwarden.quarantined}: records of internal topics that could not be read · {@code postwarden.cut}:
 * records of the lines topic that were larger than any producer sends.
 *
 * <p>No label holds what a log, an operator or a stranger has named: no host, address, account or tenant.
 */
public final class Meters {
    private static final List<String> FATES = List.of("forgotten", "evicted", "turned_away");
    private static final String DEAD_LETTER = "dead_letter";

    private final MeterRegistry registry;
    private final DeskMeters desk;
    private final ServiceMeters service;
    private final Counter read;
    private final Map<Intake.Outcome, Counter> records = new EnumMap<>(Intake.Outcome.class);
    private final Counter deadLetters;
    private final Counter abandoned;
    private final Map<String, Counter> drains = new HashMap<>();
    private final Counter tallies;
    private final Counter merged;
    private final Map<Daemon, Counter> unrecognised = new EnumMap<>(Daemon.class);
    private final Counter evicted;
    private final AtomicLong templates = new AtomicLong();
    private final Map<Watch, AtomicLong> keys = new EnumMap<>(Watch.class);
    private final Map<Watch, List<Counter>> bounded = new EnumMap<>(Watch.class);
    private final Counter unparsed;
    private final Counter quarantined;
    private final Counter cut;
    private final TaskMemory.Stage intakes;
    private final TaskMemory.Stage watches;
    private final TaskMemory.Stage desks;
    private final AtomicBoolean ended = new AtomicBoolean();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        desk = new DeskMeters(registry);
        service = new ServiceMeters(registry);
        read = registry.counter("postwarden.records.read");
        for (Intake.Outcome outcome : Intake.Outcome.values()) {
            records.put(outcome, record(name(outcome)));
        }
        deadLetters = record(DEAD_LETTER);
        abandoned = record("abandoned");
        Gauge.builder("postwarden.records.unaccounted", this::unaccounted)
                .strongReference(true)
                .register(registry);
        for (String stage : List.of("intake", "watch")) {
            drains.put(stage, registry.counter("postwarden.drains", "stage", stage));
        }
        tallies = registry.counter("postwarden.tallies");
        merged = registry.counter("postwarden.tallies.merged");
        for (Daemon daemon : Daemon.values()) {
            unrecognised.put(daemon, registry.counter("postwarden.unrecognised", "daemon", daemon.wireName()));
        }
        evicted = registry.counter("postwarden.templates.evicted");
        registry.gauge("postwarden.templates", templates);
        for (Watch watch : Watch.values()) {
            keysOf(watch);
        }
        unparsed = registry.counter("postwarden.unparsed");
        quarantined = registry.counter("postwarden.quarantined");
        cut = registry.counter("postwarden.cut");
        intakes = new TaskMemory.Stage(registry, "intake");
        watches = new TaskMemory.Stage(registry, "watch");
        desks = new TaskMemory.Stage(registry, "desk");
    }

    private void keysOf(Watch watch) {
        String name = name(watch);
        AtomicLong there = new AtomicLong();
        Gauge.builder("postwarden.keys", there, AtomicLong::doubleValue)
                .tag("watch", name)
                .register(registry);
        keys.put(watch, there);
        bounded.put(
                watch,
                FATES.stream()
                        .map(fate -> registry.counter("postwarden.keys.bounded", "watch", name, "fate", fate))
                        .toList());
    }

    /** For one more intake. */
    IntakeProgress intakeProgress() {
        return new IntakeProgress(registry);
    }

    /** For one more task of the intake. */
    TaskMemory intakeMemory() {
        return intakes.task();
    }

    /** For one more task of the watches. */
    TaskMemory watchMemory() {
        return watches.task();
    }

    /** For one more desk. */
    TaskMemory deskMemory() {
        return desks.task();
    }

    DeskMeters desk() {
        return desk;
    }

    ServiceMeters service() {
        return service;
    }

    /** Counts a record before anything is done with it. */
    void read() {
        read.increment();
    }

    void record(Intake.Outcome outcome) {
        Counter counter = records.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    /** A thread fails on a record: nothing of it is committed, and it is read again. */
    void abandoned() {
        abandoned.increment();
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
        cut.increment();
    }

    void quarantined() {
        quarantined.increment();
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void drain(String stage) {
        drained(stage).increment();
    }

    void tallies(long sent) {
        tallies.increment((double) sent);
    }

    void merged(long arrived) {
        merged.increment((double) arrived);
    }

    /** Notes how the keys of a watch have changed in one task: how many more or fewer, and what became of others. */
    void keys(Watch watch, Census before, Census now) {
        keys.getOrDefault(watch, new AtomicLong()).addAndGet(now.keys() - before.keys());
        List<Counter> fates = bounded.getOrDefault(watch, List.of());
        List<Long> more = List.of(
                now.forgotten() - before.forgotten(),
                now.evicted() - before.evicted(),
                now.turnedAway() - before.turnedAway());
        for (int fate = 0; fate < fates.size(); fate++) {
            fates.get(fate).increment((double) Math.max(0, more.get(fate)));
        }
    }

    /** Records with this outcome so far; {@code dead_letter} too. */
    public long records(String outcome) {
        return (long) record(outcome).count();
    }

    /** How many records were read and what became of them, as {@code 12 = counted 9, duplicate 1, ...}. */
    public String sums() {
        Map<String, Long> outcomes = new TreeMap<>();
        records.forEach((outcome, counter) -> outcomes.put(name(outcome), (long) counter.count()));
        outcomes.put(DEAD_LETTER, (long) deadLetters.count());
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
        return (long) drained(stage).count();
    }

    /** For a moment one for each thread: the record that it is at. */
    private double unaccounted() {
        double known = deadLetters.count() + abandoned.count();
        for (Counter counter : records.values()) {
            known += counter.count();
        }
        return read.count() - known;
    }

    private Counter drained(String stage) {
        Counter counter = drains.get(stage);
        if (counter == null) {
            throw new IllegalArgumentException("no stage " + stage + " drains");
        }
        return counter;
    }

    private Counter record(String outcome) {
        return registry.counter("postwarden.records", "outcome", outcome);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
