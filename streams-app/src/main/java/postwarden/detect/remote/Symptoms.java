package postwarden.detect.remote;

import postwarden.tally.Count;
import postwarden.tally.Peak;
import postwarden.tally.Tally;

/**
 * What one window of deliveries to a destination shows, as counts and as shares from 0 to 1.
 *
 * @param throttled connections on which the other side said: too many, too fast, or not now
 * @param byText shares of these by what the text says
 * @param atConnect share of these before the first command
 * @param timed of the throttled, connections whose set-up time is known to be short or long
 * @param fast share of the timed that took less than a second
 * @param slow share of the timed that took four seconds or more
 * @param timeouts connections or answers that took too long
 * @param broken connections refused, lost or unreachable
 * @param local names that did not resolve and handshakes that failed
 * @param greylisted deferrals that say greylisting
 * @param turnedAway connections on which the other side refused us in words that name no limit
 * @param retriedSent of the deferred deliveries, how many a retry later brought home, at most 1
 */
record Symptoms(
        long throttled,
        Text byText,
        double atConnect,
        long timed,
        double fast,
        double slow,
        long timeouts,
        long broken,
        long local,
        long greylisted,
        TurnedAway turnedAway,
        double retriedSent,
        long goodConcurrency) {

    /** Shares of throttled connections; the rest says neither. */
    record Text(double connections, double rate, double overload, double reputation) {
        double unnamed() {
            return Math.max(0, 1 - connections - rate - overload - reputation);
        }
    }

    /** Connections refused otherwise: all of them, for our names in DNS, and for what is thought of us. */
    record TurnedAway(long all, long names, long reputation) {
        long unclear() {
            return all - names - reputation;
        }
    }

    static Symptoms of(Tally window) {
        long throttled = window.count(Count.THROTTLED);
        long fast = window.count(Count.SETUP_FAST);
        long slow = window.count(Count.SETUP_SLOW);
        return new Symptoms(
                throttled,
                new Text(
                        share(window.count(Count.THROTTLED_CONNECTIONS), throttled),
                        share(window.count(Count.THROTTLED_RATE), throttled),
                        share(window.count(Count.THROTTLED_OVERLOAD), throttled),
                        share(window.count(Count.THROTTLED_REPUTATION), throttled)),
                share(window.count(Count.AT_CONNECT), window.sum(Count.AT_CONNECT, Count.IN_SESSION)),
                fast + slow,
                share(fast, fast + slow),
                share(slow, fast + slow),
                window.count(Count.REMOTE_TIMEOUTS),
                window.count(Count.NETWORK_TROUBLE),
                window.sum(Count.DNS_TROUBLE, Count.TLS_TROUBLE),
                window.count(Count.GREYLISTED),
                new TurnedAway(
                        window.count(Count.TURNED_AWAY),
                        window.count(Count.TURNED_AWAY_FOR_NAMES),
                        window.count(Count.TURNED_AWAY_FOR_REPUTATION)),
                share(window.count(Count.RETRIED_SENT), window.count(Count.DEFERRED)),
                window.peak(Peak.GOOD_CONCURRENCY));
    }

    /** All connections that went wrong. */
    long trouble() {
        return throttled + timeouts + broken + local + greylisted + turnedAway.all();
    }

    /** This many of all trouble, 0 to 1. */
    double ofTrouble(long n) {
        return share(n, trouble());
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : Math.min(1, (double) part / whole);
    }
}
