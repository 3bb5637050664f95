package postwarden.detect.distributedflood;

import java.time.Duration;
import postwarden.detect.reading.Persistence;
import postwarden.detect.reading.Range;
import postwarden.tally.Prior;

/**
 * Settings of {@code distributed-flood}.
 *
 * @param clients different clients of one host in a minute that are the least crowd, 10 to 1,000,000; default 200 (detectors.md
 *     5.1, F2)
 * @param growth times the usual connections, and the usual clients, that a crowd must be, 1 to 1000; default 4 (the same): a
 *     Monday morning is twice a night's hour before it
 * @param connectsPerClient connections of one client in a minute on average, up to which no client of the crowd is a flood of
 *     its own, 1 to 1000; default 60, the floor of connection-flood
 * @param newHostFactor times the floor of clients that a crowd must be on a host of which less than an hour is known,
 *     1 to 1000; default 5: nobody can say yet what is usual there
 * @param newHostConnectsPerClient connections of one client in a minute on average up to which it is a crowd there, 1 to 1000;
 *     default 10: one flooder among the clients that a host has anyway would look like a crowd
 * @param productiveShare share of connections with a message accepted or a login from which the crowd is at work, 0.01 to 1;
 *     default 0.5, as for one client: answers to a campaign and bounces of it bring messages
 * @param strangers share of the clients that never brought a message before, 0 to 1; default 0.6: our own senders who cannot
 *     get through are no attack
 * @param handshakes share of connections whose TLS handshake failed from which {@code strangersAtHandshakes} are asked, 0 to 1;
 *     default 0.5: a certificate of ours that ran out keeps partners out, of whom a young history knows only some
 * @param strangersAtHandshakes share of strangers that is asked then, 0 to 1; default 0.9
 * @param usual the least that any host sees in a minute, and how much minutes differ; default mean 10, size 8: where the hour
 *     before had more, that is the mean; four times the mean is then a chance of one in ten million
 * @param tail probability below which a minute is out of the host's ordinary, 0 to 0.1; default 1e-6
 * @param persistence default 3 of 5 windows of a minute, every 30 s
 * @param immediateFactor times the floor of clients at which persistence is not waited for, 1 to 1000; default 10
 * @param small what a smaller crowd must be
 * @param openFactor share of the floor that keeps an open finding open, 0.05 to 1; default 0.5 (detectors.md 5.0)
 */
public record DistributedFloodParams(
        int clients,
        double growth,
        double connectsPerClient,
        double newHostFactor,
        double newHostConnectsPerClient,
        double productiveShare,
        double strangers,
        double handshakes,
        double strangersAtHandshakes,
        Prior usual,
        double tail,
        Persistence persistence,
        double immediateFactor,
        Small small,
        double openFactor) {
    /**
     * A crowd below {@code clients}: enough to fill a small host's slots, and as many as a wave of scanners or spam has, so more is
     * asked for.
     *
     * @param clients different clients in a minute, 10 to 1,000,000; default 100: fewer fill no daemon's slots (Postfix: 100)
     * @param growth times the usual connections, and the usual clients, that it must be, 1 to 1000; default 10: no busy hour is
     *     ten times the hour before it
     * @param productiveShare share of connections with a message or a login from which it is at work, 0.01 to 1; default 0.2
     * @param strangers share of the clients that never brought a message before, 0 to 1; default 0.8
     * @param persistence default 9 of 9 windows of a minute, every 30 s: what is gone after five minutes needs nobody
     */
    public record Small(int clients, double growth, double productiveShare, double strangers, Persistence persistence) {
        public Small {
            Range.check("clients", clients, 10, 1_000_000);
            Range.check("growth", growth, 1, 1000);
            Range.check("productiveShare", productiveShare, 0.01, 1);
            Range.check("strangers", strangers, 0, 1);
        }

        static Small defaults() {
            return new Small(100, 10, 0.2, 0.8, new Persistence(Duration.ofMinutes(1), Duration.ofSeconds(30), 9, 9));
        }
    }

    public DistributedFloodParams {
        Range.check("clients", clients, 10, 1_000_000);
        Range.check("growth", growth, 1, 1000);
        Range.check("connectsPerClient", connectsPerClient, 1, 1000);
        Range.check("newHostFactor", newHostFactor, 1, 1000);
        Range.check("newHostConnectsPerClient", newHostConnectsPerClient, 1, 1000);
        Range.check("productiveShare", productiveShare, 0.01, 1);
        Range.check("strangers", strangers, 0, 1);
        Range.check("handshakes", handshakes, 0, 1);
        Range.check("strangersAtHandshakes", strangersAtHandshakes, 0, 1);
        Range.check("tail", tail, 0, 0.1);
        Range.check("immediateFactor", immediateFactor, 1, 1000);
        Range.check("openFactor", openFactor, 0.05, 1);
    }

    public static DistributedFloodParams defaults() {
        Persistence persistence = new Persistence(Duration.ofMinutes(1), Duration.ofSeconds(30), 3, 5);
        return new DistributedFloodParams(
                200, 4, 60, 5, 10, 0.5, 0.6, 0.5, 0.9, new Prior(10, 8), 1e-6, persistence, 10, Small.defaults(), 0.5);
    }
}
