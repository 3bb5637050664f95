package postwarden.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * One run of a contestant over a backlog, watched from outside: how far it has committed, what its processes used.
 *
 * @param warmLines committed lines after which its code counts as warm
 * @param warmTime after its first commit, which ends the warm-up at the latest
 * @param measureTime after the warm-up, at the most
 */
record Stint(long warmLines, Duration warmTime, Duration measureTime) {
    private static final Duration LOOK = Duration.ofMillis(50);
    /** To its first commit; a slow machine takes ten seconds. */
    private static final Duration START = Duration.ofSeconds(60);

    private record Mark(long nanos, long lines, double cpuSeconds, long brokerBytes) {
        boolean isOlderThan(Duration time) {
            return System.nanoTime() - nanos > time.toNanos();
        }
    }

    /** @throws IOException when a process cannot be started or ends early */
    Measured run(Rig rig, Contestant contestant, Path folder, String group)
            throws IOException, InterruptedException, ExecutionException {
        List<Jvm> processes = new ArrayList<>();
        try {
            for (int instance = 1; instance <= contestant.instances(); instance++) {
                Path own = Files.createDirectories(folder.resolve(group + "-" + instance));
                processes.add(contestant.launch().start(rig, own, group));
            }
            return measure(rig, contestant, processes, folder, group);
        } finally {
            processes.forEach(Jvm::close);
            for (int instance = 1; instance <= contestant.instances(); instance++) {
                Path own = folder.resolve(group + "-" + instance);
                Folders.delete(own.resolve(Contestants.STATE));
                Folders.delete(own.resolve(Contestants.CHECKPOINTS));
            }
        }
    }

    private Measured measure(Rig rig, Contestant contestant, List<Jvm> processes, Path folder, String group)
            throws IOException, InterruptedException, ExecutionException {
        Mark started = mark(rig, processes, group);
        while (started.lines == 0) {
            started = look(rig, processes, group, started, START);
        }
        Mark warm = started;
        while (warm.lines < warmLines && !started.isOlderThan(warmTime)) {
            warm = look(rig, processes, group, started, START.plus(warmTime));
        }
        Mark last = warm;
        boolean drained = false;
        while (!drained && !warm.isOlderThan(measureTime)) {
            last = look(rig, processes, group, warm, START.plus(measureTime));
            drained = rig.isDrained(group);
        }
        long peak = 0;
        for (Jvm process : processes) {
            peak += process.peakBytes();
        }
        long state = StateSize.of(contestant, rig, folder, group);
        return new Measured(
                last.lines - warm.lines,
                last.lines,
                (last.nanos - warm.nanos) / 1e9,
                last.cpuSeconds - warm.cpuSeconds,
                peak,
                last.brokerBytes - warm.brokerBytes,
                state,
                drained);
    }

    private static Mark look(Rig rig, List<Jvm> processes, String group, Mark since, Duration patience)
            throws IOException, InterruptedException, ExecutionException {
        Thread.sleep(LOOK.toMillis());
        if (!processes.stream().allMatch(Jvm::isAlive)) {
            throw new IOException("a process of " + group + " has ended; its log.txt says why");
        }
        Mark now = mark(rig, processes, group);
        if (now.lines == 0 && since.isOlderThan(patience)) {
            throw new IOException(group + " has committed nothing in " + patience.toSeconds() + " s");
        }
        // The clock of the first look goes on until something was committed.
        return now.lines == 0 ? since : now;
    }

    private static Mark mark(Rig rig, List<Jvm> processes, String group)
            throws IOException, InterruptedException, ExecutionException {
        double cpuSeconds = processes.stream().mapToDouble(Jvm::cpuSeconds).sum();
        return new Mark(System.nanoTime(), rig.committedLines(group), cpuSeconds, rig.bytesIn());
    }
}
