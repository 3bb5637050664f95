package postwarden.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * One run of a contestant over a backlog, watched from outside: how far it has committed, what its processes used. Its length
 * is given in CPU time, so that a busy machine makes it longer and not colder.
 *
 * @param warmLines committed lines after which its code counts as warm
 * @param warmCpu CPU time after its first commit, which ends the warm-up at the latest
 * @param measureCpu CPU time after the warm-up, at the most
 */
record Stint(long warmLines, Duration warmCpu, Duration measureCpu) {
    private static final Duration LOOK = Duration.ofMillis(50);
    /** For one part of a run, whatever CPU it gets: a contestant that waits for something would never end. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private record Mark(long nanos, long lines, double cpuSeconds, long brokerBytes) {
        boolean isLongAgo() {
            return System.nanoTime() - nanos > PATIENCE.toNanos();
        }

        /** Whether less CPU time than that lies between the two, and the second is not long behind the first. */
        boolean lasts(Duration cpu, Mark now) {
            return (now.cpuSeconds - cpuSeconds) * 1e9 < cpu.toNanos() && !isLongAgo();
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
            started = look(rig, processes, group, started);
        }
        Mark warm = started;
        while (warm.lines < warmLines && started.lasts(warmCpu, warm)) {
            warm = look(rig, processes, group, started);
        }
        Mark last = warm;
        boolean drained = false;
        while (!drained && warm.lasts(measureCpu, last)) {
            last = look(rig, processes, group, warm);
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

    private static Mark look(Rig rig, List<Jvm> processes, String group, Mark since)
            throws IOException, InterruptedException, ExecutionException {
        Thread.sleep(LOOK.toMillis());
        if (!processes.stream().allMatch(Jvm::isAlive)) {
            throw new IOException("a process of " + group + " has ended; its log.txt says why");
        }
        Mark now = mark(rig, processes, group);
        if (now.lines == 0 && since.isLongAgo()) {
            throw new IOException(group + " has committed nothing in " + PATIENCE.toSeconds() + " s");
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
