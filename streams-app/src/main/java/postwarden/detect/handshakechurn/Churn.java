package postwarden.detect.handshakechurn;

import postwarden.tally.Count;
import postwarden.tally.Distinct;
import postwarden.tally.Tally;

/**
 * Sessions of one window that came to nothing.
 *
 * @param barren sessions that ended before a message or a login was tried
 * @param clients different clients that these are of
 * @param all connections, as far as the daemon logs them
 * @param handshakes TLS handshakes that failed
 */
record Churn(long barren, long clients, long all, long handshakes) {

    static Churn of(Tally tally) {
        long barren = tally.count(Count.BARREN_SESSIONS);
        // Exim logs connections only when it is told to; then what came of them must do.
        long seen = barren + tally.count(Count.MESSAGES);
        return new Churn(
                barren,
                tally.distinct(Distinct.BARREN_CLIENTS),
                Math.max(seen, tally.count(Count.CONNECTS)),
                tally.count(Count.TLS_ERRORS));
    }

    /** Share of the connections, 0 to 1. */
    double share() {
        return all == 0 ? 0 : (double) barren / all;
    }

    /** Barren sessions of one client on average. */
    double perClient() {
        return clients == 0 ? 0 : (double) barren / clients;
    }

    /** Failed handshakes for each barren session, 0 to 1. */
    double handshakeShare() {
        return barren == 0 ? 0 : Math.min(1, (double) handshakes / barren);
    }
}
