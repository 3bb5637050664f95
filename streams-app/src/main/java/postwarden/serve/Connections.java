package postwarden.serve;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which no request arrives in time, however slowly its bytes drip: an idle timeout begins anew with each
 * byte.
 */
final class Connections extends Handler.Wrapper implements Connection.Listener {
    /** Stands for a request that is worked on. */
    private static final long BUSY = Long.MAX_VALUE;

    private final Duration patience;
    /** Since when each connection waits for a request, in nanoseconds of this machine. */
    private final Map<Connection, Long> waiting = new ConcurrentHashMap<>();

    Connections(Duration patience) {
        this.patience = patience;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        later();
    }

    private void later() {
        Scheduler scheduler = getServer().getScheduler();
        scheduler.schedule(this::sweep, patience.dividedBy(4));
    }

    private void sweep() {
        long now = System.nanoTime();
        waiting.forEach((connection, since) -> {
            if (since != BUSY && now - since > patience.toNanos()) {
                connection.getEndPoint().close();
            }
        });
        if (isRunning()) {
            later();
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)) {
            waiting.put(connection, System.nanoTime());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        waiting.replace(connection, BUSY);
        Request.addCompletionListener(request, failure -> waiting.replace(connection, System.nanoTime()));
        return super.handle(request, response, callback);
    }
}
