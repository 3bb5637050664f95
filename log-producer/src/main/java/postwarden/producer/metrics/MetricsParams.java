package postwarden.producer.metrics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where meters are shown.
 *
 * @param port on loopback, at {@code /metrics}; 1 to 65535, or 0, the default, for none: who wants it says so, because every local user can
 *     connect
 * @param textfile where they are written for node_exporter's textfile collector, ending in {@code .prom}; empty, the default, for nowhere
 * @param every pause between two looks at the files and two writes, 1 s to 5 min; default 10 s: node_exporter is read each 15 s to 1 min
 * @param files how many files get meters of their own, 0 to 1000; default 100: each costs Prometheus two series a host; the others are
 *     summed up under one name
 */
public record MetricsParams(int port, Optional<Path> textfile, Duration every, int files) {
    private static final int LAST_PORT = 65_535;
    private static final int MOST_FILES = 1000;
    private static final String SUFFIX = ".prom";

    public MetricsParams {
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("port is " + port + ", not 0 to " + LAST_PORT);
        }
        if (textfile.filter(file -> !file.toString().endsWith(SUFFIX)).isPresent()) {
            throw new IllegalArgumentException("textfile is " + textfile.get() + ", whose name does not end in "
                    + SUFFIX + ": node_exporter would not read it");
        }
        if (every.toMillis() < 1000 || every.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("every is " + every + ", not 1 s to 5 min");
        }
        if (files < 0 || files > MOST_FILES) {
            throw new IllegalArgumentException("files is " + files + ", not 0 to " + MOST_FILES);
        }
    }

    /** Whether anybody can look. */
    public boolean isShown() {
        return port != 0 || textfile.isPresent();
    }

    /** The defaults: shown nowhere. */
    public static MetricsParams nowhere() {
        return new MetricsParams(0, Optional.empty(), Duration.ofSeconds(10), 100);
    }
}
