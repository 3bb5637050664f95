package postwarden.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Java process of its own, watched from outside. */
final class Jvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PEAK = "VmHWM:";
    private static final long KIB = 1024;

    private final Process process;
    private double cpuSeconds;
    private long peakBytes;

    private Jvm(Process process) {
        this.process = process;
        // Ctrl-C must not leave it running; of one that has ended this is nothing.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /**
     * What to start.
     *
     * @param classPath of the process
     * @param options of the JVM, such as its heap
     * @param main class
     */
    record Command(String classPath, List<String> options, String main, List<String> arguments) {
        Command {
            options = List.copyOf(options);
            arguments = List.copyOf(arguments);
        }

        private List<String> words() {
            List<String> words = new ArrayList<>();
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            words.addAll(options);
            words.addAll(List.of("-cp", classPath, main));
            words.addAll(arguments);
            return words;
        }
    }

    /** Starts a process that writes all it says to a file. */
    static Jvm start(Command command, Path log) throws IOException {
        return new Jvm(new ProcessBuilder(command.words())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    /** Starts a process that is talked to; its errors go to a file. */
    static Jvm talking(Command command, Path log) throws IOException {
        return new Jvm(
                new ProcessBuilder(command.words()).redirectError(log.toFile()).start());
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** CPU time so far, user and system; what it was when last asked, once the process has ended. */
    double cpuSeconds() {
        cpuSeconds = process.info()
                .totalCpuDuration()
                .map(spent -> spent.toNanos() / 1e9)
                .orElse(cpuSeconds);
        return cpuSeconds;
    }

    /** Most memory it ever had, as the kernel counts it; 0 where there is no /proc. */
    long peakBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            peakBytes = lines.filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(peakBytes);
        } catch (NoSuchFileException gone) {
            return peakBytes;
        }
        return peakBytes;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
