package postwarden.producer.receive;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how syslog is received.
 *
 * @param address where to listen
 * @param tls keys, where senders have to speak TLS
 * @param connections how many senders may be connected, 1 to 1000; default 100: each has a thread and up to one message in memory
 * @param longestMessage the longest message that is taken whole, in bytes, 1024 to 1 MiB; default 64 KiB: rsyslog sends 8 KiB unless told
 * @param stall how long one message, or the beginning of TLS, may take to come, 1 s to 10 min; default 30 s
 * @param idle how long a sender may say nothing, 1 s or more; default 1 day: a sender whose connection is closed may lose what it sends next
 * @param segment how large a file of the spool grows, in bytes, 64 KiB to 1 GiB; default 16 MiB: as much stays on the disk after it was sent
 * @param spool how much may stand in the spool, in bytes, at least four segments; default 1 GiB: beyond it nothing is read from senders
 */
public record ReceiveParams(
        InetSocketAddress address,
        Optional<TlsFiles> tls,
        int connections,
        int longestMessage,
        Duration stall,
        Duration idle,
        long segment,
        long spool) {
    private static final int LEAST_MESSAGE = 1_024;
    private static final int MOST_MESSAGE = 1 << 20;
    private static final long LEAST_SEGMENT = 64 << 10;
    private static final long MOST_SEGMENT = 1L << 30;
    private static final int LEAST_SEGMENTS = 4;

    public ReceiveParams {
        check(connections >= 1 && connections <= 1000, "connections is " + connections + ", not 1 to 1000");
        check(
                longestMessage >= LEAST_MESSAGE && longestMessage <= MOST_MESSAGE,
                "longest-message is " + longestMessage + ", not 1024 bytes to 1 MiB");
        check(
                stall.toMillis() >= 1_000 && stall.compareTo(Duration.ofMinutes(10)) <= 0,
                "stall is " + stall + ", not 1 s to 10 minutes");
        check(
                idle.toMillis() >= 1_000 && idle.toMillis() <= Integer.MAX_VALUE,
                "idle is " + idle + ", not 1 s to 24 days");
        check(segment >= LEAST_SEGMENT && segment <= MOST_SEGMENT, "segment is " + segment + ", not 64 KiB to 1 GiB");
        check(spool >= LEAST_SEGMENTS * segment, "spool is " + spool + " bytes, less than four segments");
    }

    /** Where it listens, for people and for records. */
    public String name() {
        String host = String.valueOf(address.getAddress().getHostAddress());
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + address.getPort();
    }

    private static void check(boolean right, String wrong) {
        if (!right) {
            throw new IllegalArgumentException("receive." + wrong);
        }
    }
}
