package postwarden.producer.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counters of journals.
 *
 * @param restarts {@code producer.journal.restarts}: times that journalctl ended and was started again
 * @param damaged {@code producer.journal.damaged}: entries that could not be taken; each is a LOSS too
 * @param unbelieved {@code producer.journal.unbelieved}: lines that ordinary users' processes wrote
 */
public record JournalMetrics(Counter restarts, Counter damaged, Counter unbelieved) {
    /** Makes the counters in a registry. */
    public static JournalMetrics in(MeterRegistry meters) {
        return new JournalMetrics(
                meters.counter("producer.journal.restarts"),
                meters.counter("producer.journal.damaged"),
                meters.counter("producer.journal.unbelieved"));
    }
}
