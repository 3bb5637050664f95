package postwarden.benchmarks.ship;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A process that is measured from outside. */
record Watched(Process process) implements AutoCloseable {
    private static final long KIB = 1024;

    /** Processor time of all its threads so far, user and system. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** The most memory that it has had, as Linux counts it (VmHWM), in bytes. */
    long peakBytes() throws IOException {
        return status("VmHWM:");
    }

    /** The memory that it has now, as Linux counts it (VmRSS), in bytes. */
    long residentBytes() throws IOException {
        return status("VmRSS:");
    }

    /** How many descriptors it has open. */
    long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(proc("fd"))) {
            return all.count();
        }
    }

    private long status(String field) throws IOException {
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> KIB * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private Path proc(String what) {
        return Path.of("/proc", Long.toString(process.pid()), what);
    }

    @Override
    public void close() {
        var unused = process.destroyForcibly().onExit().join();
    }
}
