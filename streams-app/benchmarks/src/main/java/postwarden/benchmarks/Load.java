package postwarden.benchmarks;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import postwarden.event.LogRecord;

/** Lines without end, in the order of their times. Belongs to one thread. */
public interface Load {
    /** Instant of the first lines where nobody says otherwise: a Saturday morning. */
    Instant START = Instant.parse("2026-11-21T08:00:00Z");

    /** All hosts that lines come from, sorted. */
    List<String> hosts();

    LogRecord.Line next();

    /** How many clients, accounts, senders and destinations the lines so far were drawn from; 0 where nobody knows. */
    long keysSeen();

    /**
     * The load with this name.
     *
     * @param name {@code recorded}, {@code fleet}, or a fleet with its shape: {@code fleet:keys=1000,skew=0.9}
     * @throws IllegalArgumentException when there is none such
     */
    static Load of(String name) throws IOException {
        if (name.equals("recorded")) {
            return new RecordedLoad(Recorded.read());
        }
        if (name.equals("fleet") || name.startsWith("fleet:")) {
            return new FleetLoad(FleetShape.of(name.substring(Math.min(name.length(), "fleet:".length()))), START);
        }
        throw new IllegalArgumentException("no load is named " + name + ": there are recorded and fleet");
    }
}
