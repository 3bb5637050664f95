package postwarden.producer.receive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Settings and sockets for tests. */
public final class Senders {
    /** The smallest segment and spool that are allowed. */
    public static final long SEGMENT = 64 << 10;

    private Senders() {}

    /** Settings with small bounds, at a port that nobody uses. */
    public static ReceiveParams params(Optional<TlsFiles> tls, Duration stall) throws IOException {
        return new ReceiveParams(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), unusedPort()),
                tls,
                3,
                8_192,
                stall,
                Duration.ofSeconds(20),
                SEGMENT,
                4 * SEGMENT);
    }

    /** A connection over which text can be sent. */
    public static Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** Sends text. */
    public static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
