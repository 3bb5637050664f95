package postwarden.producer.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postwarden.producer.publish.Sample;

/**
 * Connections that the kernel turned away because a daemon did not accept the ones before in time, from {@code /proc/net/netstat}.
 * The counters are of all ports together; how full each port's own queue is, {@link SessionsProbe} tells.
 */
final class ListenProbe implements Probe {
    private static final String TABLE = "TcpExt:";

    /** The kernel's counter and the name under which its growth is told. */
    private static final Map<String, String> COUNTERS = Map.of(
            "ListenOverflows", "acceptQueueOverflows",
            "ListenDrops", "droppedConnections",
            "SyncookiesSent", "syncookiesSent",
            "TCPReqQFullDrop", "synQueueDrops");

    private final Path file;
    private final Deltas deltas = new Deltas();

    ListenProbe(Path proc) {
        this.file = proc.resolve("net/netstat");
    }

    @Override
    public Sample.Kind kind() {
        return Sample.Kind.LISTEN;
    }

    @Override
    public Optional<Reading> read(long nanos) throws IOException {
        Map<String, Long> counters = counters();
        if (!counters.containsKey("ListenOverflows")) {
            throw new IOException(file + " has no ListenOverflows");
        }
        return deltas.since(counters, nanos).map(interval -> {
            Map<String, Double> values = new HashMap<>();
            COUNTERS.forEach(
                    (name, value) -> Optional.ofNullable(interval.grown().get(name))
                            .ifPresent(growth -> values.put(value, (double) growth)));
            return Reading.over(interval, values);
        });
    }

    /** Each table is two lines that begin with its name: names, then numbers. */
    private Map<String, Long> counters() throws IOException {
        List<String> names = List.of();
        Map<String, Long> counters = new HashMap<>();
        for (String line : ProcFile.lines(file)) {
            if (!line.startsWith(TABLE)) {
                continue;
            }
            List<String> words = ProcFile.words(line);
            if (names.isEmpty()) {
                names = words;
                continue;
            }
            for (int i = 1; i < Math.min(names.size(), words.size()); i++) {
                String name = names.get(i);
                if (COUNTERS.containsKey(name)) {
                    ProcFile.number(words.get(i)).ifPresent(value -> counters.put(name, value));
                }
            }
        }
        return counters;
    }
}
