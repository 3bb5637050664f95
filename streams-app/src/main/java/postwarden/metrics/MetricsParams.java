package postwarden.metrics;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Where the service's meters are shown.
 *
 * @param address of this host, as a number or a name; default 127.0.0.1. Whoever can connect to another one can read how much mail there
 *     is and what is found, but no host, address or account: let nobody but Prometheus
 * @param port at which {@code /metrics} is answered, 1 to 65535, or 0, the default, for none: who wants it says so, because every
 *     local user can connect
 * @param every pause between two looks for new meters of Kafka's, and between two attempts to open the port, 1 s to 5 min; default 10 s:
 *     Prometheus looks each 15 s to 1 min
 */
public record MetricsParams(String address, int port, Duration every) {
    private static final int LAST_PORT = 65_535;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    public static final MetricsParams STANDARD = new MetricsParams("127.0.0.1", 0, Duration.ofSeconds(10));

    public MetricsParams {
        if (address.isBlank()) {
            throw new IllegalArgumentException("address must be one of this host, such as 127.0.0.1, not empty");
        }
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("port must be 0 to " + LAST_PORT + ", not " + port);
        }
        if (every.toMillis() < 1000 || every.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("every must be 1 s to 5 min, not " + every);
        }
    }

    /** @throws UnknownHostException when the address is a name that nobody knows */
    InetAddress resolved() throws UnknownHostException {
        return InetAddress.getByName(address);
    }
}
