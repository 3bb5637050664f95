package postwarden.metrics;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import postwarden.producer.config.SecretFile;
import postwarden.tls.TlsFiles;
import postwarden.tls.TlsParams;

/**
 * Where the service's meters are shown.
 *
 * @param address of this host, as a number or a name; default 127.0.0.1. Any other than a loopback address needs {@code tokenFile} and
 *     {@code tls}: what is shown tells no host, address or account, but how much mail there is and whether an attack is seen
 * @param port at which {@code /metrics} is answered, 1 to 65535, or 0, the default, for none: who wants it says so, because every
 *     local user can connect
 * @param every pause between two looks for new meters of Kafka's, and between two attempts to open the port, 1 s to 5 min; default 10 s:
 *     Prometheus looks each 15 s to 1 min
 * @param tokenFile path of the bearer token that Prometheus shows, 32 visible ASCII characters or more, only its owner's, read at the
 *     start; default empty: none is asked for
 * @param tls this port's certificate and key, read at the start; with {@code client-ca} a caller must show a certificate too. Default
 *     none, which is only accepted on loopback: the token would be read on the way
 */
public record MetricsParams(String address, int port, Duration every, String tokenFile, TlsParams tls) {
    private static final int LAST_PORT = 65_535;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Pattern TOKEN = Pattern.compile("[!-~]{32,}");

    public static final MetricsParams STANDARD =
            new MetricsParams("127.0.0.1", 0, Duration.ofSeconds(10), "", TlsParams.STANDARD);

    public MetricsParams {
        if (address.isBlank()) {
            throw new IllegalArgumentException("address must be one of this host, such as 127.0.0.1, not empty");
        }
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("port must be 0 to " + LAST_PORT + ", not " + port);
        }
        if (every.toMillis() < 1000 || every.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("every must be 1 s to 5 min, not " + every);
        }
        if (port != 0 && tokenFile.isEmpty() && !isLoopback(address)) {
            throw new IllegalArgumentException(
                    "address is " + address + ", which others can reach: then token-file must be given");
        }
        if (port != 0 && !tls.isUsed() && !isLoopback(address)) {
            throw new IllegalArgumentException("address is " + address
                    + ", which others can reach: then tls.certificate and tls.key must be given");
        }
    }

    /** What a caller must show; empty for nothing. @throws IllegalArgumentException saying what is wrong with its file */
    String token() {
        if (port == 0 || tokenFile.isEmpty()) {
            return "";
        }
        String token = new String(SecretFile.read(Path.of(tokenFile)), StandardCharsets.UTF_8);
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(tokenFile
                    + ": the token must be 32 or more visible ASCII characters, such as openssl rand -hex 32 gives");
        }
        return token;
    }

    /** What the port shows itself with; nothing in clear. @throws IllegalArgumentException when a file cannot be used, and why */
    Optional<SSLContext> context() {
        return port == 0 || !tls.isUsed()
                ? Optional.empty()
                : Optional.of(TlsFiles.read(tls).context());
    }

    /** Whether a caller must show a certificate too. */
    boolean wantsCertificates() {
        return !tls.clientCa().isEmpty();
    }

    /** A name that nobody knows may lead anywhere once somebody does. */
    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** @throws UnknownHostException when the address is a name that nobody knows */
    InetAddress resolved() throws UnknownHostException {
        return InetAddress.getByName(address);
    }
}
