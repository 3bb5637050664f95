package postwarden.detect.distributedflood;

import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Tally;

/**
 * What all clients of a host did in one window.
 *
 * @param connects connections asked for, refused ones included
 * @param clients different clients
 * @param useful connections that led to a message or a login, at most
 * @param handshakes TLS handshakes that failed
 */
record CrowdMinute(long connects, long clients, long useful, long handshakes) {

    static CrowdMinute of(Tally tally) {
        return new CrowdMinute(
                tally.count(Count.CONNECTS),
                tally.distinct(Distinct.CLIENTS),
                Math.max(tally.count(Count.MESSAGES), tally.count(Count.AUTH_SUCCESSES)),
                tally.count(Count.TLS_ERRORS));
    }

    /** Connections of one client on average. */
    double connectsPerClient() {
        return clients == 0 ? 0 : (double) connects / clients;
    }

    /** Share of connections that led to something, 0 to 1. */
    double productive() {
        return connects == 0 ? 0 : Math.min(1, (double) useful / connects);
    }

    /** Share of connections whose TLS handshake failed, 0 to 1. */
    double handshakeShare() {
        return connects == 0 ? 0 : Math.min(1, (double) handshakes / connects);
    }
}
