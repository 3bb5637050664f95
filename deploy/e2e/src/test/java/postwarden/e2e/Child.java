package postwarden.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process of its own, on this test's class path, that can be killed as power cuts and the OOM killer do it. */
final class Child implements AutoCloseable {
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
    record Ended(int status, String out, String err) {}

    static Child start(Path folder, String main, List<String> arguments) throws IOException {
        return start(folder, main, arguments, HEAP);
    }

    /** @param heap the most memory for objects, as {@code -Xmx} takes it */
    static Child start(Path folder, String main, List<String> arguments, String heap) throws IOException {
        Path output = Files.createTempFile(folder, "out", ".txt");
        Path errors = Files.createTempFile(folder, "err", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                // It lives for seconds: neither the second compiler nor a parallel collector pays.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                CLASS_PATH,
                main));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        return new Child(process, output, errors);
    }

    /** Runs a process to its end. */
    static Ended run(Path folder, String main, String... arguments) throws IOException, InterruptedException {
        try (Child child = start(folder, main, List.of(arguments))) {
            return child.awaitEnd();
        }
    }

    Ended awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end; it said: " + err());
        }
        return new Ended(process.exitValue(), out(), err());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String out() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    String err() throws IOException {
        return Files.readString(errors, StandardCharsets.UTF_8);
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    void kill() {
        var unused = process.destroyForcibly().onExit().join();
    }

    /** SIGTERM. */
    void stop() {
        process.destroy();
    }

    @Override
    public void close() {
        kill();
    }
}
