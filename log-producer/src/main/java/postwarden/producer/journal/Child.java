package postwarden.producer.journal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running {@code journalctl}. It ends with this object, and by itself when this process dies and nobody reads it any more. */
final class Child implements AutoCloseable {
    static final Charset CHARSET = StandardCharsets.UTF_8;

    private static final File NO_INPUT = new File("/dev/null");

    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    /** How long a question may take that is answered with one entry; seconds: a cold journal of some gigabytes takes a few. */
    private static final int LONGEST_ANSWER_SECONDS = 60;
    /** How long a killed child may take to be gone. */
    private static final int LONGEST_DEATH_SECONDS = 5;
    /** How much of a complaint is kept, in bytes. */
    private static final int LONGEST_COMPLAINT = 300;

    private static final Executor LATER =
            CompletableFuture.delayedExecutor(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS, Runnable::run);

    private final Process process;
    private volatile String complaint = "";

    private Child(Process process) {
        this.process = process;
    }

    /**
     * Starts a program with no terminal, no input and a plain environment.
     *
     * @throws IOException when it cannot be started
     */
    static Child start(List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectInput(Redirect.from(NO_INPUT));
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH"));
        environment.put("LC_ALL", "C.UTF-8");
        Child child = new Child(builder.start());
        Thread reader = new Thread(child::listen, "journal-complaints");
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    InputStream output() {
        return process.getInputStream();
    }

    /** Kills it when it has not answered in time, so that nobody waits for ever. */
    void killAfterTooLong() {
        LATER.execute(process::destroyForcibly);
    }

    /** Waits for its end; answers its exit code. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** The last line that it wrote to standard error. */
    String complaint() {
        return complaint;
    }

    /** Kills it; safe from any thread. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(LONGEST_DEATH_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("process {} does not end although it was killed", process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        BoundedLines lines = new BoundedLines(process.getErrorStream(), LONGEST_COMPLAINT);
        try {
            while (lines.next()) {
                complaint = new String(lines.bytes(), 0, lines.length(), CHARSET);
            }
        } catch (IOException closed) {
            LOG.debug("no more complaints: {}", closed.getMessage());
        }
    }
}
