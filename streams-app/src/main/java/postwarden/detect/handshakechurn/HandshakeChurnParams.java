package postwarden.detect.handshakechurn;

import java.time.Duration;
import java.util.List;
import postwarden.detect.reading.Persistence;
import postwarden.detect.reading.Range;

/**
 * Settings of {@code handshake-churn}.
 *
 * @param sessions barren sessions (they end before a message or a login is tried) in a window, 5 to 1,000,000; default 50
 *     (detectors.md 5.1, F3)
 * @param clients different clients that they are of, 2 to 100,000; default 10 (the same)
 * @param share of all connections that they are, 0.1 to 1; default 0.5 (the same)
 * @param sessionsPerClient barren sessions of one client on average, up to which they are many clients' and not one flooder's
 *     among others, 1 to 1000; default 10
 * @param ours share from which our own fault is suspected: of the clients, those that had brought mail before; of the sessions,
 *     those with a failed TLS handshake; 0.05 to 1; default 0.3
 * @param harm share of the usual messages below which the same is suspected where too many senders are known to tell who is
 *     among them, 0 to 1; default 0.5
 * @param ownFactor share of the floors of sessions and of the share of all connections from which a fault of our own is told,
 *     0.05 to 1; default 0.4: those who used to bring mail, or handshakes that fail, are proof that scanners do not give, and a
 *     busy host's users go on connecting
 * @param strangersFactor times the floors from which strangers' barren sessions are told too, 1 to 1000; default 5: scanners come
 *     in waves, and nothing follows from a wave
 * @param growth times the usual of the hour before that they must be, 1 to 1000; default 4: scanners come every day
 * @param persistence default 2 of 3 windows of five minutes, every minute
 * @param longer windows in which failed handshakes of a small host are looked at, each 10 min to 1 h; default 30 min and 1 h
 * @param everybody share of the sessions in such a window, and of failed handshakes in these, from which it is told although it
 *     cannot be told who used to bring mail, 0.5 to 1; default 0.8, at twice the floors
 * @param usual share of an ordinary host's sessions that fail at their handshake, 0.001 to 0.5; default 0.05
 * @param believed sessions of the past from which a host's own share is nearly believed, 1 to 1,000,000; default 200
 * @param tail probability below which so many are not chance, 0 to 0.1; default 1e-6
 * @param seen sessions in a quarter of an hour that must be well for it to be over soon, 1 to 1000; default 10
 * @param quiet how long it must be unseen to be over without them, 5 min to 1 d; default 3 h: few connect to a small host over lunch
 * @param openFactor share of the floors that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record HandshakeChurnParams(
        int sessions,
        int clients,
        double share,
        double sessionsPerClient,
        double ours,
        double harm,
        double ownFactor,
        double strangersFactor,
        double growth,
        Persistence persistence,
        List<Duration> longer,
        double everybody,
        double usual,
        int believed,
        double tail,
        int seen,
        Duration quiet,
        double openFactor) {
    public HandshakeChurnParams {
        Range.check("sessions", sessions, 5, 1_000_000);
        Range.check("clients", clients, 2, 100_000);
        Range.check("share", share, 0.1, 1);
        Range.check("sessionsPerClient", sessionsPerClient, 1, 1000);
        Range.check("ours", ours, 0.05, 1);
        Range.check("harm", harm, 0, 1);
        Range.check("ownFactor", ownFactor, 0.05, 1);
        Range.check("strangersFactor", strangersFactor, 1, 1000);
        Range.check("growth", growth, 1, 1000);
        longer = List.copyOf(longer);
        longer.forEach(window -> Range.check("longer", window, Duration.ofMinutes(10), Duration.ofHours(1)));
        Range.check("everybody", everybody, 0.5, 1);
        Range.check("usual", usual, 0.001, 0.5);
        Range.check("believed", believed, 1, 1_000_000);
        Range.check("tail", tail, 0, 0.1);
        Range.check("seen", seen, 1, 1000);
        Range.check("quiet", quiet, Duration.ofMinutes(5), Duration.ofDays(1));
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static HandshakeChurnParams defaults() {
        Persistence persistence = new Persistence(Duration.ofMinutes(5), Duration.ofMinutes(1), 2, 3);
        return new HandshakeChurnParams(
                50,
                10,
                0.5,
                10,
                0.3,
                0.5,
                0.4,
                5,
                4,
                persistence,
                List.of(Duration.ofMinutes(30), Duration.ofHours(1)),
                0.8,
                0.05,
                200,
                1e-6,
                10,
                Duration.ofHours(3),
                0.5);
    }
}
