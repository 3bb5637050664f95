package postwarden.producer.sample;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import postwarden.producer.publish.Sample;

/** A mail queue, as its mail system lists it: read message by message, never held whole. */
final class QueueProbe implements Probe {
    /** A million messages of some 500 bytes. The limit of time is usually met before. */
    private static final long MOST_BYTES = 1L << 30;

    private static final long MILLIS_A_SECOND = 1000;

    private static final String NEVER_ENDED = "; the one before could not be killed, so none is started";

    private final String about;
    private final List<String> command;
    private final Duration limit;
    private final int top;
    private final Listing listing;
    private final Clock clock;
    private @Nullable Program left;

    /** How a mail system lists its queue. */
    interface Listing {
        /** Reads all lines into the tally. Lines that are not understood are told to the tally. */
        void read(OneLine lines, QueueTally tally) throws IOException;
    }

    QueueProbe(String about, List<String> command, Duration limit, int top, Listing listing, Clock clock) {
        this.about = about;
        this.command = List.copyOf(command);
        this.limit = limit;
        this.top = top;
        this.listing = listing;
        this.clock = clock;
    }

    @Override
    public Sample.Kind kind() {
        return Sample.Kind.QUEUE;
    }

    @Override
    public Optional<Reading> read(long nanos) throws IOException {
        if (left != null && left.isLeft()) {
            throw new IOException(command.get(0) + NEVER_ENDED);
        }
        QueueTally tally = new QueueTally(clock.millis() / MILLIS_A_SECOND, top);
        try (Program program = Program.start(command, limit, MOST_BYTES)) {
            leave(program);
            listing.read(new OneLine(program), tally);
            String failure = program.failure();
            String flaw = program.cut().isEmpty() ? failure : program.cut();
            if (!failure.isEmpty() && tally.isEmpty()) {
                throw new IOException(command.get(0) + ": " + failure);
            }
            Reading reading = tally.reading().about(about);
            return Optional.of(flaw.isEmpty() ? reading : reading.flawed(Why.clean(command.get(0) + ": " + flaw)));
        }
    }

    /** Remembers the last program, which is not always gone when it was killed. */
    void leave(Program program) {
        left = program;
    }
}
