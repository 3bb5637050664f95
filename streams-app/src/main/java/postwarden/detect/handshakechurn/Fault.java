package postwarden.detect.handshakechurn;

/**
 * What speaks for a fault of our own.
 *
 * @param handshakes failed TLS handshakes as a share of the barren sessions, 0 to 1
 * @param known share of the clients that had brought mail before, 0 to 1
 * @param messagesLeft messages as a share of the usual, >= 0; 1 where nothing is known of that
 */
record Fault(double handshakes, double known, double messagesLeft) {

    /** Whether the fault is suspected with us. */
    boolean isOurs(HandshakeChurnParams params) {
        return handshakes >= params.ours() || known >= params.ours() || messagesLeft < params.harm();
    }
}
