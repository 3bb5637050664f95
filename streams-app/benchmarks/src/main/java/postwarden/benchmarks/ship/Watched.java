package postwarden.benchmarks.ship;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that is measured from outside. */
record Watched(Process process) implements AutoCloseable {
    private static final long KIB = 1024;

    /** Processor time of all its threads so far, user and system. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** The most memory that it has had, as Linux counts it (VmHWM), in bytes. */
    long peakBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> KIB * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        var unused = process.destroyForcibly().onExit().join();
    }
}
