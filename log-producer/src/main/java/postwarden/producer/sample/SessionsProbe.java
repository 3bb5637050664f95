package postwarden.producer.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import postwarden.producer.publish.Sample;

/**
 * TCP sessions on mail ports, by port and by peer, from {@code /proc/net/tcp} and {@code tcp6}: of the network namespace that the
 * agent is in.
 */
final class SessionsProbe implements Probe {
    /** Rows between two looks at the clock. */
    private static final int ROWS_A_LOOK = 1000;

    private final Path net;
    private final Duration limit;
    private final Set<Integer> ports;
    private final int top;
    private FirstSeen seen = FirstSeen.NONE;

    SessionsProbe(Path proc, Duration limit, Set<Integer> ports, int top) {
        this.net = proc.resolve("net");
        this.limit = limit;
        this.ports = Set.copyOf(ports);
        this.top = top;
    }

    @Override
    public Sample.Kind kind() {
        return Sample.Kind.SESSIONS;
    }

    @Override
    public Optional<Reading> read(long nanos) throws IOException {
        SessionTally tally = new SessionTally(ports, top, seen, nanos);
        boolean whole = true;
        for (String file : List.of("tcp", "tcp6")) {
            try {
                whole &= read(net.resolve(file), tally, nanos + limit.toNanos());
            } catch (NoSuchFileException e) {
                // A host without IPv6 has only the first.
                if (file.equals("tcp")) {
                    throw e;
                }
            }
        }
        seen = tally.seen();
        Reading reading = tally.reading();
        return Optional.of(whole ? reading : reading.flawed("the table of sockets was not read within its time"));
    }

    private static boolean read(Path file, SessionTally tally, long deadlineNanos) throws IOException {
        try (BufferedReader rows =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1))) {
            int number = 0;
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                if (++number % ROWS_A_LOOK == 0 && System.nanoTime() - deadlineNanos > 0) {
                    return false;
                }
                SocketRow.parse(row).ifPresent(tally::add);
            }
            return true;
        }
    }
}
