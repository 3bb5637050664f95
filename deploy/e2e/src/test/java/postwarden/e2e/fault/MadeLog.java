package postwarden.e2e.fault;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A log of a Postfix server that nobody recorded: sessions that say nothing, at whatever times a test wants. */
final class MadeLog implements AutoCloseable {
    private static final int PIDS = 200;

    private final BufferedWriter out;
    private final String host;
    private int sessions;
    private long lines;

    private MadeLog(BufferedWriter out, String host) {
        this.out = out;
        this.host = host;
    }

    static MadeLog to(Path file, String host) throws IOException {
        return new MadeLog(Files.newBufferedWriter(file), host);
    }

    long lines() {
        return lines;
    }

    /** A client that connects and hangs up. */
    void session(Instant at, String client) throws IOException {
        int pid = 1000 + sessions++ % PIDS;
        line(at, "postfix/smtpd", pid, "connect from unknown[" + client + "]");
        line(at, "postfix/smtpd", pid, "disconnect from unknown[" + client + "] ehlo=1 quit=1 commands=2");
    }

    void line(Instant at, String program, int pid, String message) throws IOException {
        out.write(at + " " + host + " " + program + "[" + pid + "]: " + message + "\n");
        lines++;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
