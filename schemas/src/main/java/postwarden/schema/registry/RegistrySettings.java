package postwarden.schema.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a registry over HTTP is asked.
 *
 * @param urls where it answers, at least one; asked in turn until one does
 * @param credentials {@code user:password} for basic authentication, or empty for what each URL itself says
 * @param requestTimeout longest time for one question from connecting to the last byte, > 0; default 5 s: a healthy
 *     registry answers in milliseconds, and a stuck one must not hold a record up for longer than a rebalance
 * @param firstPause time before a question is asked again when nobody answered, > 0; default 200 ms, doubling
 * @param longestPause where the doubling ends, >= firstPause; default 10 s, so that a restarted registry is found
 *     within seconds and a fleet of waiting producers does not bury it
 * @param patience how long an unreachable registry is waited for, >= 0, where 0 is one attempt; empty, the default, for without end: neither
 *     a line nor an alert may be lost to a registry's restart
 * @param messageInterval time between two messages about a registry that stays away, > 0; default 30 s
 */
public record RegistrySettings(
        List<URI> urls,
        Optional<String> credentials,
        Duration requestTimeout,
        Duration firstPause,
        Duration longestPause,
        Optional<Duration> patience,
        Duration messageInterval) {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException when there is no URL, one is not HTTP, or a time is out of its range
     */
    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no URL of a schema registry given");
        }
        urls.forEach(RegistrySettings::requireHttp);
        requirePositive("time-out of a request", requestTimeout);
        requirePositive("first pause", firstPause);
        requirePositive("interval of messages", messageInterval);
        if (patience.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("patience must not be negative, as " + patience.get() + " is");
        }
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "longest pause " + longestPause + " is shorter than first " + firstPause);
        }
    }

    /** The defaults for one URL. */
    public static RegistrySettings of(URI url) {
        return new RegistrySettings(
                List.of(url),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                Optional.empty(),
                Duration.ofSeconds(30));
    }

    private static void requireHttp(URI url) {
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException("a schema registry's URL is http://host or https://host, not scheme "
                    + url.getScheme() + " with host " + url.getHost());
        }
    }

    private static void requirePositive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " must be longer than zero, not " + time);
        }
    }
}
