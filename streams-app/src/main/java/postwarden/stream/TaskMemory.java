package postwarden.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What tasks hold on the heap: {@code postwarden.journal} and {@code postwarden.heap} by {@code stage} (intake, watch, desk), in bytes, the
 * sum over all tasks of this instance. Each task has one of these and tells it after each commit. One thread.
 */
final class TaskMemory {
    private final AtomicLong journals;
    private final AtomicLong heaps;
    private long journal;
    private long heap;

    private TaskMemory(AtomicLong journals, AtomicLong heaps) {
        this.journals = journals;
        this.heaps = heaps;
    }

    /** The sums of one stage. */
    static final class Stage {
        private final AtomicLong journals = new AtomicLong();
        private final AtomicLong heaps = new AtomicLong();

        Stage(MeterRegistry registry, String name) {
            gauge(registry, "postwarden.journal", name, journals);
            gauge(registry, "postwarden.heap", name, heaps);
        }

        /** For one more task. */
        TaskMemory task() {
            return new TaskMemory(journals, heaps);
        }

        private static void gauge(MeterRegistry registry, String what, String stage, AtomicLong value) {
            Gauge.builder(what, value, AtomicLong::doubleValue)
                    .tag("stage", stage)
                    .baseUnit("bytes")
                    .register(registry);
        }
    }

    /** Notes what the task holds now. */
    void now(long journalBytes, long heapBytes) {
        journals.addAndGet(journalBytes - journal);
        heaps.addAndGet(heapBytes - heap);
        journal = journalBytes;
        heap = heapBytes;
    }

    /** The task has gone. */
    void end() {
        now(0, 0);
    }
}
