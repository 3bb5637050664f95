package postwarden.detect.handshakechurn;

import java.util.OptionalDouble;

/**
 * What speaks for a fault of our own.
 *
 * @param handshakes failed TLS handshakes as a share of the barren sessions, 0 to 1
 * @param known share of the clients that had brought mail before, 0 to 1; empty where that cannot be told
 * @param messagesLeft messages as a share of the usual, >= 0; 1 where nothing is known of that
 */
record Fault(double handshakes, OptionalDouble known, double messagesLeft) {

    /** Whether the fault is suspected with us; by what is left of the mail only where the clients themselves cannot tell. */
    boolean isOurs(HandshakeChurnParams params) {
        return handshakes >= params.ours()
                || (known.isPresent() ? known.getAsDouble() >= params.ours() : messagesLeft < params.harm());
    }

    /** Share of the clients that had brought mail before; 0 where that cannot be told. */
    double knownShare() {
        return known.orElse(0);
    }
}
