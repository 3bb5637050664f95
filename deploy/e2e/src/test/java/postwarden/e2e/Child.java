package postwarden.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process of its own, on this test's class path, that can be killed as power cuts and the OOM killer do it. */
public final class Child implements AutoCloseable {
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));

    private static final String HEAP = "512m";

    private final Process process;
    private final Path output;
    private final Path errors;

    private Child(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /** How a process ended, and what it printed. */
    public record Ended(int status, String out, String err) {}

    public static Child start(Path folder, String main, List<String> arguments) throws IOException {
        return start(folder, List.of(), main, arguments, HEAP);
    }

    /**
     * With options for Java.
     *
     * @param heap the most memory for objects, as {@code -Xmx} takes it
     */
    static Child start(Path folder, List<String> options, String main, List<String> arguments, String heap)
            throws IOException {
        return start(folder, List.of(), options, main, arguments, heap);
    }

    /**
     * Behind a command that gives way to it, such as one that lowers a limit.
     *
     * @param before the command with its arguments; it executes what follows them
     * @param heap the most memory for objects, as {@code -Xmx} takes it
     */
    public static Child start(
            Path folder, List<String> before, List<String> options, String main, List<String> arguments, String heap)
            throws IOException {
        Path output = Files.createTempFile(folder, "out", ".txt");
        Path errors = Files.createTempFile(folder, "err", ".txt");
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                // A build that was started with nohup hands down that SIGHUP is ignored, and Java leaves it so.
                "env",
                "--default-signal=HUP",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                // It lives for seconds: neither the second compiler nor a parallel collector pays.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", CLASS_PATH, main));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        return new Child(process, output, errors);
    }

    /** Runs a process to its end. */
    public static Ended run(Path folder, String main, String... arguments) throws IOException, InterruptedException {
        try (Child child = start(folder, main, List.of(arguments))) {
            return child.awaitEnd();
        }
    }

    public Ended awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end; it said: " + err());
        }
        return new Ended(process.exitValue(), out(), err());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String out() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    public String err() throws IOException {
        return Files.readString(errors, StandardCharsets.UTF_8);
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    public void kill() {
        var unused = process.destroyForcibly().onExit().join();
    }

    /** SIGSTOP: it stands still, as a paused virtual machine or a long collection of garbage does, and knows nothing of it. */
    public void suspend() throws IOException {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void resume() throws IOException {
        signal("-CONT");
    }

    /** The most memory that it has had, in bytes, as Linux counts it (VmHWM). */
    public long mostMemory() throws IOException {
        return status("VmHWM:") << 10;
    }

    /** The memory that it has now, in bytes. */
    public long memory() throws IOException {
        return status("VmRSS:") << 10;
    }

    public long threads() throws IOException {
        return status("Threads:");
    }

    private long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** SIGHUP: the log producer reads its configuration again. */
    public void hangUp() throws IOException {
        signal("-HUP");
    }

    /** What all its threads have used of processors so far. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** How many files, sockets and pipes it holds open. */
    public int descriptors() {
        String[] open =
                Path.of("/proc", Long.toString(process.pid()), "fd").toFile().list();
        return open == null ? 0 : open.length;
    }

    private void signal(String signal) throws IOException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        if (kill.onExit().join().exitValue() != 0) {
            throw new AssertionError("kill " + signal + " did not work");
        }
    }

    /** SIGTERM. */
    public void stop() {
        process.destroy();
    }

    @Override
    public void close() {
        kill();
    }
}
