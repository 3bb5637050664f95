package postwarden.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import postwarden.serve.access.AccessParams;
import postwarden.serve.live.LiveParams;
import postwarden.serve.peer.PeerParams;
import postwarden.tls.TlsParams;

/**
 * The HTTP API.
 *
 * @param enabled whether there is one; default true
 * @param host address to listen on; default 127.0.0.1. Any other than a loopback address needs tls and access
 * @param port to listen on, 0 to 65,535, 0 for any that is free; default 8480
 * @param auditKeyFile path of a key, 32 bytes or more, with which names in the audit log are hashed (HMAC-SHA-256); default
 *     empty: names are written as they are
 * @param tls transport security
 * @param access who may ask
 * @param peers the other instances
 * @param limits what a caller may take
 * @param live the stream of alerts
 */
public record ApiParams(
        boolean enabled,
        String host,
        int port,
        String auditKeyFile,
        TlsParams tls,
        AccessParams access,
        PeerParams peers,
        LimitParams limits,
        LiveParams live) {
    public static final ApiParams STANDARD = new ApiParams(
            true,
            "127.0.0.1",
            8480,
            "",
            TlsParams.STANDARD,
            AccessParams.STANDARD,
            PeerParams.STANDARD,
            LimitParams.STANDARD,
            LiveParams.STANDARD);

    public ApiParams {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
        }
        List<String> missing = new ArrayList<>();
        if (enabled && !isLoopback(host)) {
            if (!tls.isUsed()) {
                missing.add("tls");
            }
            if (!access.isAsked()) {
                missing.add("access.file or access.oidc");
            }
        }
        if (port != 0 && port == access.adminPort()) {
            throw new IllegalArgumentException("access.admin-port must be another than port, not " + port);
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("host is " + host + ", which others can reach: then "
                    + String.join(" and ", missing) + " must be given");
        }
        if (enabled
                && !peers.list().isEmpty()
                && peers.secretFile().isEmpty()
                && tls.clientCa().isEmpty()) {
            throw new IllegalArgumentException("peers need peers.secret-file or tls.client-ca");
        }
    }

    /** The same at another port. */
    public ApiParams at(int otherPort) {
        return new ApiParams(enabled, host, otherPort, auditKeyFile, tls, access, peers, limits, live);
    }

    /** The same where another may ask. */
    public ApiParams with(AccessParams others) {
        return new ApiParams(enabled, host, port, auditKeyFile, tls, others, peers, limits, live);
    }

    /** Whether what is an admin's alone is answered at this port of this machine. */
    boolean isForAdmins(int reachedPort) {
        return access.adminPort() == 0 ? isLoopback(host) : reachedPort == access.adminPort();
    }

    /** Whether everybody on this machine, and nobody else, may ask. */
    boolean isOpen() {
        return !access.isAsked();
    }

    private static boolean isLoopback(String host) {
        try {
            return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("host must be an address of this machine, not '" + host + "'", unknown);
        }
    }
}
