package postwarden.serve;

import io.javalin.config.JettyConfig;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import postwarden.tls.TlsFiles;

/** Sets the listening sockets up, the API's and, where it has one of its own, the admins': HTTP/1.1 only, bounded in everything that a stranger may choose. */
final class Listening {
    private static final int KIB = 1024;
    private static final String LOOPBACK = "127.0.0.1";
    /** Bytes a second of a body, below which its sender is cut off. */
    private static final long LEAST_RATE = 64;
    /** Threads that accept and select, and some to refuse with. */
    private static final int SPARE_THREADS = 8;
    /** What may stand in a key is encoded in the path; what could be taken for another path is refused. */
    private static final UriCompliance URIS = UriCompliance.DEFAULT.with(
            "postwarden",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

    private final ApiParams params;
    private final Optional<TlsFiles> tls;

    Listening(ApiParams params, Optional<TlsFiles> tls) {
        this.params = params;
        this.tls = tls;
    }

    void configure(JettyConfig jetty) {
        LimitParams limits = params.limits();
        int threads = limits.requests()
                + limits.scans()
                + limits.peerRequests()
                + params.live().streams()
                + SPARE_THREADS;
        QueuedThreadPool pool = new QueuedThreadPool(threads, Math.min(threads, SPARE_THREADS));
        pool.setName("api");
        pool.setDaemon(true);
        jetty.threadPool = pool;
        Connections connections = new Connections(limits.requestTimeout());
        jetty.modifyServer(server -> {
            server.setErrorHandler(new ProblemPages());
            server.insertHandler(new MinimumDataRateHandler(LEAST_RATE, 0));
            server.insertHandler(connections);
            server.setStopTimeout(0);
        });
        jetty.modifyHttpConfiguration(this::bound);
        jetty.addConnector((server, http) -> connector(server, http, connections, params.host(), params.port()));
        int adminPort = params.access().adminPort();
        if (adminPort != 0) {
            jetty.addConnector((server, http) -> connector(server, http, connections, LOOPBACK, adminPort));
        }
    }

    private void bound(HttpConfiguration http) {
        LimitParams limits = params.limits();
        http.setRequestHeaderSize(limits.headerKib() * KIB);
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setUriCompliance(URIS);
        http.setIdleTimeout(limits.idleTimeout().toMillis());
        if (tls.isPresent()) {
            // Callers may come by any name or address that leads here; peers check ours.
            http.addCustomizer(new SecureRequestCustomizer(false));
        }
    }

    private Connector connector(Server server, HttpConfiguration http, Connections connections, String host, int port) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = tls.isPresent()
                ? new ServerConnector(server, new SslConnectionFactory(context(tls.get()), plain.getProtocol()), plain)
                : new ServerConnector(server, plain);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(params.limits().idleTimeout().toMillis());
        connector.setShutdownIdleTimeout(KIB);
        connector.addBean(connections, false);
        server.addBean(new NetworkConnectionLimit(params.limits().connections(), connector));
        return connector;
    }

    private static SslContextFactory.Server context(TlsFiles files) {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(files.own());
        context.setKeyStorePassword(TlsFiles.NO_PASSWORD);
        context.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        files.authorities().ifPresent(authorities -> {
            context.setTrustStore(authorities);
            context.setWantClientAuth(true);
        });
        return context;
    }
}
