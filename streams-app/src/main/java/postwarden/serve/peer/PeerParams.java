package postwarden.serve.peer;

import java.time.Duration;
import java.util.Set;

/**
 * The other instances.
 *
 * @param advertise {@code host:port} at which the others reach this instance, the same as Kafka Streams'
 *     application.server; default empty: there is only this one
 * @param list {@code host:port} of every instance that may be asked, this one may be among them; default none. Addresses that
 *     group members claim and that are not here are never asked
 * @param secretFile path of the secret that instances show each other, 32 bytes or more, only its owner's; default empty: they
 *     show their certificates
 * @param connectTimeout of a connection to a peer, 50 ms to 10 s; default 1 s: they stand in one data centre
 * @param timeout of a peer's whole answer, 100 ms to 60 s; default 5 s: what a person waits for a list
 * @param answerMib most MiB of one answer, 1 to 256; default 16: a thousand incidents with all their evidence
 */
public record PeerParams(
        String advertise,
        Set<String> list,
        String secretFile,
        Duration connectTimeout,
        Duration timeout,
        int answerMib) {
    public static final PeerParams STANDARD =
            new PeerParams("", Set.of(), "", Duration.ofSeconds(1), Duration.ofSeconds(5), 16);

    public PeerParams {
        list = Set.copyOf(list);
        list.forEach(peer -> checkAddress("peers.list", peer));
        if (!advertise.isEmpty()) {
            checkAddress("peers.advertise", advertise);
        }
        if (!list.isEmpty() && advertise.isEmpty()) {
            throw new IllegalArgumentException("peers.advertise must be given where there are peers");
        }
        check("peers.connect-timeout", connectTimeout, 50, 10_000);
        check("peers.timeout", timeout, 100, 60_000);
        if (answerMib < 1 || answerMib > 256) {
            throw new IllegalArgumentException("peers.answer-mib must be 1 to 256, not " + answerMib);
        }
    }

    /** Whether the address is one that may be asked. */
    boolean mayAsk(String address) {
        return list.contains(address);
    }

    int answerBytes() {
        return answerMib << 20;
    }

    /** Nothing in it can make the URL another host's. */
    private static void checkAddress(String name, String address) {
        if (!address.matches("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}")) {
            throw new IllegalArgumentException(name + " must have host:port, not '" + address + "'");
        }
    }

    private static void check(String name, Duration value, long least, long most) {
        if (value.toMillis() < least || value.toMillis() > most) {
            throw new IllegalArgumentException(
                    name + " must be " + least + " ms to " + most + " ms, not " + value.toMillis() + " ms");
        }
    }
}
