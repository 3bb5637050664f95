package postwarden.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import postwarden.tally.Intake;

/**
 * What the topology counts. The sums must add up: {@code postwarden.records} over all outcomes is the number of records read.
 *
 * <p>{@code postwarden.records} by {@code outcome} (counted, late, duplicate, noted, dead_letter) · {@code postwarden.drains}
 * by {@code stage}: once a commit and task; many more mean that the record cache evicts ticks · {@code postwarden.tallies}:
 * tallies sent from the intake to the watches · {@code postwarden.unrecognised}, {@code postwarden.unparsed} · {@code postwarden.reports} · {@code postwarden.alerts} by {@code state}.
 */
public final class Meters {
    private final MeterRegistry registry;
    private final Map<Intake.Outcome, Counter> records = new EnumMap<>(Intake.Outcome.class);
    private final Counter deadLetters;
    private final Counter tallies;
    private final Counter reports;
    private final Counter unrecognised;
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
        unrecognised = registry.counter("postwarden.unrecognised");
        unparsed = registry.counter("postwarden.unparsed");
    }

    void record(Intake.Outcome outcome) {
        Counter counter = records.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    void notUnderstood(long unrecognisedLines, long unparsedLines) {
        if (unrecognisedLines > 0) {
            unrecognised.increment((double) unrecognisedLines);
        }
        if (unparsedLines > 0) {
            unparsed.increment((double) unparsedLines);
        }
    }

    void ended(boolean all) {
        ended.set(all);
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void drain(String stage) {
        registry.counter("postwarden.drains", "stage", stage).increment();
    }

    void tally() {
        tallies.increment();
    }

    void report() {
        reports.increment();
    }

    void alert(String state) {
        registry.counter("postwarden.alerts", "state", state).increment();
    }

    /** Records with this outcome so far; {@code dead_letter} too. */
    public long records(String outcome) {
        return (long) record(outcome).count();
    }

    /** Lines whose message no rule knew, so far. */
    public long unrecognised() {
        return (long) unrecognised.count();
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
