package postwarden.producer.sample;

import java.time.Duration;

/**
 * A probe and how often it is read.
 *
 * @param name as the configuration has it
 * @param about which one, where a host has several; else empty
 * @param probe what is read
 * @param period pause between two readings
 * @param sparing whether a reading that takes long is followed by a longer pause: one that makes others work
 */
record Paced(String name, String about, Probe probe, Duration period, boolean sparing) {
    /** A listing of a queue reads each message's file; it may do so for a tenth of the time. */
    private static final int PAUSE_FOR_WORK = 9;

    Duration pauseAfter(Duration took) {
        Duration rest = took.multipliedBy(PAUSE_FOR_WORK);
        return sparing && rest.compareTo(period) > 0 ? rest : period;
    }
}
