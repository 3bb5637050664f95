package postwarden.producer.sample;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A row of {@code /proc/net/tcp} or {@code tcp6} (the kernel's Documentation/networking/proc_net_tcp.rst).
 *
 * @param localPort ours
 * @param remote their address, in the kernel's hexadecimal digits
 * @param remotePort theirs
 * @param state see the constants
 * @param waiting of a listening socket, connections that wait to be accepted; else bytes that wait to be read
 * @param inode identity of the socket; 0 while the kernel alone has it
 */
record SocketRow(int localPort, String remote, int remotePort, int state, long waiting, long inode) {
    static final int ESTABLISHED = 1;
    /** Half open: the peer has not answered yet. */
    static final int SYN_RECEIVED = 3;
    /** The peer has ended, our daemon has not. */
    static final int CLOSE_WAIT = 8;

    static final int LISTENING = 10;

    private static final int HEX = 16;
    private static final int LEAST_WORDS = 10;
    private static final int INODE = 9;
    private static final int WORD_DIGITS = 8;
    private static final int IPV4_BYTES = 4;

    /** Groups of an IPv6 address that name a network whose hosts choose the rest (RFC 4291, 2.5.1). */
    private static final int NETWORK_GROUPS = 4;

    /** Reads a row; empty for the head line and anything else that is no row. */
    static Optional<SocketRow> parse(String line) {
        List<String> words = ProcFile.words(line);
        if (words.size() < LEAST_WORDS) {
            return Optional.empty();
        }
        try {
            String local = words.get(1);
            String remote = words.get(2);
            int end = remote.indexOf(':');
            return Optional.of(new SocketRow(
                    Integer.parseInt(local.substring(local.indexOf(':') + 1), HEX),
                    remote.substring(0, Math.max(end, 0)),
                    Integer.parseInt(remote.substring(end + 1), HEX),
                    Integer.parseInt(words.get(3), HEX),
                    Long.parseLong(words.get(4).substring(words.get(4).indexOf(':') + 1), HEX),
                    Long.parseLong(words.get(INODE))));
        } catch (NumberFormatException notARow) {
            return Optional.empty();
        }
    }

    /** Who the peer is: an IPv4 address, also where a socket for both families has it; the /64 of an IPv6 address. */
    String peer() {
        try {
            // Java gives an IPv4 address for one that is mapped into IPv6.
            String text = InetAddress.getByAddress(bytes()).getHostAddress();
            return text.indexOf(':') < 0 ? text : network(text);
        } catch (UnknownHostException | NumberFormatException notAnAddress) {
            return "(other)";
        }
    }

    private static String network(String address) {
        int at = -1;
        for (int i = 0; i < NETWORK_GROUPS; i++) {
            at = address.indexOf(':', at + 1);
        }
        return address.substring(0, at) + "::/64";
    }

    /** Each 32 bits stand as the processor has them in memory. */
    private byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(remote.length() / 2).order(ByteOrder.nativeOrder());
        for (int at = 0; at + WORD_DIGITS <= remote.length() && bytes.remaining() >= IPV4_BYTES; at += WORD_DIGITS) {
            bytes.putInt(Integer.parseUnsignedInt(remote.substring(at, at + WORD_DIGITS), HEX));
        }
        return bytes.array();
    }
}
