package postwarden.producer.sample;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of the mail system that is run for its output: with fixed arguments, without a shell, with an environment of its own, and
 * for a bounded time and output. Both of its streams are only read when something is there, so nothing that it does, and nothing
 * that it leaves undone, can hold the reader up. For one thread.
 */
final class Program implements AutoCloseable {
    private static final File NOTHING = new File("/dev/null");
    private static final File ROOT = new File("/");

    /** Nothing of the agent's own environment: its secrets may stand there. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C");

    /** How long a killed program may take to be gone: longer only when the kernel holds it, on a disk that does not answer. */
    private static final Duration GONE = Duration.ofSeconds(1);

    /** A complaint is a line. */
    private static final int MOST_COMPLAINT = 1024;

    /** Pauses between two looks at silent streams, in milliseconds: short for a program that writes, long for one that thinks. */
    private static final long SHORTEST_PAUSE = 1;

    private static final long LONGEST_PAUSE = 50;

    private final Process process;
    private final InputStream out;
    private final InputStream err;
    private final long deadlineNanos;
    private final StringBuilder complaint = new StringBuilder();
    private long bytesLeft;
    private String cut = "";

    private Program(Process process, Duration limit, long mostBytes) {
        this.process = process;
        this.out = process.getInputStream();
        this.err = process.getErrorStream();
        this.deadlineNanos = System.nanoTime() + limit.toNanos();
        this.bytesLeft = mostBytes;
    }

    /**
     * Starts a program.
     *
     * @param command the program's path and its arguments
     * @param limit how long it may run
     * @param mostBytes how much of its output is read
     * @throws IOException when it cannot be run
     */
    static Program start(List<String> command, Duration limit, long mostBytes) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(ROOT).redirectInput(ProcessBuilder.Redirect.from(NOTHING));
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        try {
            return new Program(builder.start(), limit, mostBytes);
        } catch (IOException e) {
            throw new IOException(command.get(0) + " cannot be run: " + cause(e), e);
        }
    }

    /**
     * Reads output, waiting for some.
     *
     * @return how many bytes, at least one; -1 at its end, and when it was {@link #cut}
     */
    int read(byte[] into) throws IOException, InterruptedException {
        long pause = SHORTEST_PAUSE;
        while (true) {
            listen();
            // Asked before the output: what an ended program has written is there by now.
            boolean alive = process.isAlive();
            int there = out.available();
            if (there > 0 && bytesLeft > 0) {
                int read = out.read(into, 0, (int) Math.min(Math.min(there, into.length), bytesLeft));
                bytesLeft -= Math.max(read, 0);
                return read;
            }
            if (there > 0) {
                cut = "its output is larger than may be read";
                return -1;
            }
            if (!alive) {
                return -1;
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                cut = "it was not done within its time";
                return -1;
            }
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
    }

    /** Why its output is not all that it had to say; empty when it is. */
    String cut() {
        return cut;
    }

    /** What is wrong with how it ended; empty when nothing is, and while it runs. */
    String failure() throws IOException {
        listen();
        if (process.isAlive() || process.exitValue() == 0) {
            return "";
        }
        String words = complaint.isEmpty() ? "" : ": " + complaint;
        return "it ended with status " + process.exitValue() + words;
    }

    /** Kills it with its children, if it still runs. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(GONE.toMillis(), TimeUnit.MILLISECONDS);
            out.close();
            err.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException closedAlready) {
            complaint.setLength(0);
        }
    }

    /** Whether it could not be killed: held by the kernel, or another user's by now. */
    boolean isLeft() {
        return process.isAlive();
    }

    /** Keeps the beginning of what it complains about, and lets the rest go. */
    private void listen() throws IOException {
        byte[] some = new byte[MOST_COMPLAINT];
        for (int there = err.available(); there > 0; there = err.available()) {
            int read = err.read(some, 0, Math.min(there, some.length));
            int kept = Math.min(Math.max(read, 0), MOST_COMPLAINT - complaint.length());
            complaint.append(new String(some, 0, kept, StandardCharsets.ISO_8859_1));
            if (read < some.length) {
                return;
            }
        }
    }

    /** Java's own message repeats the command and then names the reason. */
    private static String cause(IOException error) {
        Throwable reason = error.getCause() == null ? error : error.getCause();
        String words = String.valueOf(reason.getMessage());
        int comma = words.lastIndexOf(", ");
        return comma < 0 ? words : words.substring(comma + 2);
    }
}
