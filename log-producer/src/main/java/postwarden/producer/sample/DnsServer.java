package postwarden.producer.sample;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A DNS server that is asked over UDP: one attempt a question, so that the time is that of one answer. */
final class DnsServer {
    private static final int IDS = 1 << 16;

    private final InetSocketAddress address;
    private final Duration limit;
    private final SecureRandom random = new SecureRandom();

    /** @param limit for an answer, at least 1 ms */
    DnsServer(InetSocketAddress address, Duration limit) {
        this.address = address;
        this.limit = limit;
    }

    /**
     * Asks and waits.
     *
     * @return {@code KNOWN} or {@code FAILED}
     * @throws SocketTimeoutException when no answer came in time
     * @throws IOException when the server's host says that nobody listens, or there is no way to it
     */
    DnsQuestion.Answer ask(String domain) throws IOException {
        DnsQuestion question = new DnsQuestion(random.nextInt(IDS), domain);
        // A socket of its own, so a port of its own, and one that takes datagrams from this server only (RFC 5452).
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(address);
            byte[] asked = question.bytes();
            socket.send(new DatagramPacket(asked, asked.length));
            long deadline = System.nanoTime() + limit.toNanos();
            DatagramPacket came = new DatagramPacket(new byte[DnsQuestion.MOST_ANSWER], DnsQuestion.MOST_ANSWER);
            while (true) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left < 1) {
                    throw new SocketTimeoutException("no answer within " + limit);
                }
                socket.setSoTimeout((int) left);
                socket.receive(came);
                DnsQuestion.Answer answer = question.answer(came.getData(), came.getLength());
                if (answer != DnsQuestion.Answer.OTHER) {
                    return answer;
                }
            }
        }
    }
}
