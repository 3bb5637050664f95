package postwarden.local;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** What the service costs: its own threads' CPU time in this process, apart from broker's and producer's. */
final class Cost {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final String application;
    private long firstNanos;
    private long lastNanos;
    private long lines;

    /** @param application the service's threads have it in their names */
    Cost(String application) {
        this.application = application;
    }

    /** Notes how many lines are counted by now. */
    void note(long counted) {
        long now = System.nanoTime();
        if (firstNanos == 0 && counted > 0) {
            firstNanos = now;
        }
        if (counted > lines) {
            lastNanos = now;
            lines = counted;
        }
    }

    long lines() {
        return lines;
    }

    /** Lines a second between the first and the last line; 0 when there were too few to tell. */
    double linesPerSecond() {
        double seconds = (lastNanos - firstNanos) / 1e9;
        return seconds <= 0 ? 0 : lines / seconds;
    }

    /** CPU seconds of the service's threads a million lines. */
    double cpuSecondsPerMillion() {
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains(application + "-")) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return lines == 0 ? 0 : nanos / 1e9 / lines * 1e6;
    }
}
