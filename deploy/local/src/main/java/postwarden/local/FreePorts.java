package postwarden.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Ports on loopback for servers that must name theirs before they bind it, as every Kafka broker must.
 *
 * <p>They are not those that the system gives to whoever asks for any: between the moment that such a one is known and
 * the one when a broker binds it lie seconds, in which any client's connection may be given it.
 */
public final class FreePorts {
    /** Above what services are registered at as a rule, and below what Linux (32768) and others (49152) give to clients. */
    private static final int LOWEST = 10_000;

    private static final int BEYOND = 32_768;

    private static final int TRIES = 1_000;

    /** What this process was given is given to nobody else in it, bound or not. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** A port that nothing listens on, and that this process was not given before. */
    public static int one() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "none of " + TRIES + " ports between " + LOWEST + " and " + (BEYOND - 1) + " is free on loopback");
    }

    /** Several of them, each another. */
    public static List<Integer> some(int count) {
        return Stream.generate(FreePorts::one).limit(count).toList();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
