package postwarden.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What a piece of work took: time, CPU of this thread, and CPU of the whole process (garbage collection and compilation too).
 *
 * @param nanos since some moment, or spent
 * @param threadNanos of this thread
 * @param processNanos of this process
 */
record Stopwatch(long nanos, long threadNanos, long processNanos) {
    static final Stopwatch NOTHING = new Stopwatch(0, 0, 0);

    static Stopwatch start() {
        return new Stopwatch(
                System.nanoTime(), ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(), processCpuNanos());
    }

    /** The same for work that other threads did: without this thread's CPU, which only waited. */
    String rowOfProcess(String work, long lines) {
        Stopwatch now = start();
        return String.format(
                Locale.ROOT,
                "%-28s %,12.0f lines/s %8.2f CPU s/M of the process",
                work,
                lines / ((now.nanos - nanos) / 1e9),
                (now.processNanos - processNanos) / 1e9 / lines * 1e6);
    }

    /** What was spent since this began, and before: for work with pauses. */
    Stopwatch with(Stopwatch before) {
        Stopwatch now = start();
        return new Stopwatch(
                now.nanos - nanos + before.nanos,
                now.threadNanos - threadNanos + before.threadNanos,
                now.processNanos - processNanos + before.processNanos);
    }

    /** One line of a table, of what was {@linkplain #with spent}: the work's name, lines a second, and CPU seconds a million lines. */
    String row(String work, long lines) {
        return String.format(
                Locale.ROOT,
                "%-28s %,12.0f lines/s %8.2f CPU s/M of its thread %8.2f of the process",
                work,
                lines / (nanos / 1e9),
                threadNanos / 1e9 / lines * 1e6,
                processNanos / 1e9 / lines * 1e6);
    }

    private static long processCpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
