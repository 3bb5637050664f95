package postwarden.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import postwarden.ask.Answers;
import postwarden.ask.EntityQuestion;
import postwarden.ask.Lookup;
import postwarden.ask.NotReady;
import postwarden.stream.Service;
import postwarden.stream.query.StoreAnswers;
import postwarden.tally.Key;
import postwarden.tally.Watch;

/**
 * Asks a service for single keys at a steady rate beside its load. How long an answer took is counted from when it should have
 * been asked, so that one that is waited for delays nobody else's count.
 */
final class Asking implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int KEYS = 1000;
    private static final double NANOS = 1e9;
    private static final double NANOS_A_MILLISECOND = 1e6;
    private static final double NANOS_A_MICROSECOND = 1e3;

    private final Answers answers;
    private final boolean brief;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicLong notReady = new AtomicLong();
    private final AtomicLong nothing = new AtomicLong();
    /** Of the threads that ask, who do nothing else. */
    private final AtomicLong cpuNanos = new AtomicLong();

    private Asking(Service service, boolean brief) {
        this.brief = brief;
        answers = StoreAnswers.of(service, Clock.systemUTC());
    }

    /**
     * Begins at once; asks nobody where {@code perSecond} is 0.
     *
     * @param brief whether it is enough to say how things are
     */
    static Asking start(Service service, int perSecond, boolean brief) {
        Asking asking = new Asking(service, brief);
        for (int i = 0; i < THREADS && perSecond > 0; i++) {
            Random random = new Random(i);
            Thread thread = new Thread(() -> asking.run(random, (long) (NANOS * THREADS / perSecond)), "asking-" + i);
            asking.threads.add(thread);
            thread.start();
        }
        return asking;
    }

    /** How long the answers took so far, in one line. */
    String row() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? "nobody asked"
                : String.format(
                        Locale.ROOT,
                        "%,d answers, %d of nothing, %d not ready; ms: median %.2f, 99th percentile %.2f, longest %.2f;"
                                + " %.0f us of CPU an answer",
                        sorted.length,
                        nothing.get(),
                        notReady.get(),
                        at(sorted, 0.5),
                        at(sorted, 0.99),
                        at(sorted, 1),
                        cpuNanos.get() / NANOS_A_MICROSECOND / sorted.length);
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / NANOS_A_MILLISECOND;
    }

    private void run(Random random, long every) {
        List<Key> keys = keys();
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        for (long due = System.nanoTime(); !isOver.get(); due += every) {
            pause(due - System.nanoTime());
            long before = cpu.getCurrentThreadCpuTime();
            Lookup lookup = Lookup.of(keys.get(random.nextInt(keys.size())));
            try {
                if (answers.entity(brief ? lookup.inBrief() : lookup).isEmpty()) {
                    nothing.incrementAndGet();
                }
                nanos.add(System.nanoTime() - due);
                cpuNanos.addAndGet(cpu.getCurrentThreadCpuTime() - before);
            } catch (NotReady moving) {
                notReady.incrementAndGet();
            }
        }
    }

    /** Keys of all watches, as soon as there are some. */
    private List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        while (keys.size() < KEYS / 10 && !isOver.get()) {
            keys.clear();
            pause(Duration.ofMillis(500).toNanos());
            try {
                for (Watch watch : Watch.values()) {
                    EntityQuestion question = new EntityQuestion(
                            "default", watch, "", "", Duration.ofMinutes(1), "", 0, KEYS / Watch.values().length);
                    answers.entities(question).rows().forEach(row -> keys.add(new Key("default", watch, row.name())));
                }
            } catch (NotReady notYet) {
                keys.clear();
            }
        }
        return keys;
    }

    private static void pause(long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }

    @Override
    public void close() {
        isOver.set(true);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
