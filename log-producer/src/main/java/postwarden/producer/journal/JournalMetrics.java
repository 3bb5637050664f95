package postwarden.producer.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counters of journals.
 *
 * @param restarts {@code producer.journal.restarts}: times that journalctl ended and was started again
 * @param damaged {@code producer.losses} with cause {@code journal-entry}: entries that could not be taken
 * @param gaps {@code producer.losses} with cause {@code journal-gap}: times that the journal no longer held what was behind the last line
 * @param unbelieved {@code producer.journal.unbelieved}: lines that ordinary users' processes wrote
 */
public record JournalMetrics(Counter restarts, Counter damaged, Counter gaps, Counter unbelieved) {
    /** Makes the counters in a registry. */
    public static JournalMetrics in(MeterRegistry meters) {
        return new JournalMetrics(
                meters.counter("producer.journal.restarts"),
                meters.counter("producer.losses", "cause", "journal-entry"),
                meters.counter("producer.losses", "cause", "journal-gap"),
                meters.counter("producer.journal.unbelieved"));
    }
}
