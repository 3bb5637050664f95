package postwarden.detect.connectionflood;

import java.time.Duration;
import postwarden.detect.reading.Persistence;
import postwarden.detect.reading.Range;
import postwarden.tally.Prior;

/**
 * Settings of {@code connection-flood}.
 *
 * @param connectsPerMinute connections in a minute that are the least flood, 1 to 1,000,000; default 60: the rate limit
 *     that mail operators commonly set for one client, and more than a relay needs that reuses its connections
 * @param peakConcurrency sessions open at once that are a flood without any rate, 2 to 100,000; default 30: three times the
 *     ten that Exim and anvil are commonly told to allow one client
 * @param usual what an ordinary client does in a minute; default mean 1, size 2: few clients of a mail server come more than
 *     once a minute, and a client with a regular use of its own is not excused for sixty useless connections
 * @param tail probability below which a minute is out of the client's ordinary, 0 to 0.1; default 1e-6: a host with a
 *     thousand clients sees 1.4 million client minutes a day
 * @param persistence default 2 of 3 windows of a minute, every 10 s: one odd pane is not a flood
 * @param limitsPerMinute times a minute that the daemon must say "limit" to be believed at once, 1 to 100,000; default 10:
 *     a single refusal happens to any busy client
 * @param immediateFactor times the floor at which persistence is not waited for, 1 to 1000; default 10 (detectors.md 5.0)
 * @param productiveShare share of connections with a message accepted or a login from which a client is at work and not
 *     flooding, 0.01 to 1; default 0.5: relays, offices and applications are far above, floods far below
 * @param probeSpread variance divided by mean of its panes, up to which a client with only empty sessions counts as a
 *     monitoring probe, 0 to 1; default 0.25: chance arrivals have 1, a timer nearly 0
 * @param probeConcurrency sessions at once up to which it can be a probe, 0 to 100; default 3
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record ConnectionFloodParams(
        int connectsPerMinute,
        int peakConcurrency,
        Prior usual,
        double tail,
        Persistence persistence,
        int limitsPerMinute,
        double immediateFactor,
        double productiveShare,
        double probeSpread,
        int probeConcurrency,
        double openFactor) {
    public ConnectionFloodParams {
        Range.check("connectsPerMinute", connectsPerMinute, 1, 1_000_000);
        Range.check("peakConcurrency", peakConcurrency, 2, 100_000);
        Range.check("tail", tail, 0, 0.1);
        Range.check("limitsPerMinute", limitsPerMinute, 1, 100_000);
        Range.check("immediateFactor", immediateFactor, 1, 1000);
        Range.check("productiveShare", productiveShare, 0.01, 1);
        Range.check("probeSpread", probeSpread, 0, 1);
        Range.check("probeConcurrency", probeConcurrency, 0, 100);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static ConnectionFloodParams defaults() {
        Duration minute = Duration.ofMinutes(1);
        Persistence persistence = new Persistence(minute, Duration.ofSeconds(10), 2, 3);
        return new ConnectionFloodParams(60, 30, new Prior(1, 2), 1e-6, persistence, 10, 10, 0.5, 0.25, 3, 0.5);
    }
}
