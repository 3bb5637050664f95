package postwarden.producer.sample;

import java.io.IOException;
import java.util.Optional;
import postwarden.producer.publish.Sample;

/** Something that can be measured again and again. Called by one thread. */
interface Probe {
    /** What it measures. */
    Sample.Kind kind();

    /**
     * Measures once, within its bounds of time and size.
     *
     * @param nanos {@link System#nanoTime} at the beginning; what intervals are taken from
     * @return empty when there is nothing to tell yet: the first look at counters
     * @throws IOException when it cannot be measured, saying why
     * @throws InterruptedException when the agent stops
     */
    Optional<Reading> read(long nanos) throws IOException, InterruptedException;
}
