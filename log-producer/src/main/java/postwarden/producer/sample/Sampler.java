package postwarden.producer.sample;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import postwarden.producer.publish.SampleOutlet;

/** Reads probes until it is closed, each in a thread of its own, so that one that waits makes no other late. */
public final class Sampler implements AutoCloseable {
    /** How long a closing agent waits for all of them: one that the kernel holds is left behind, as its thread is a daemon. */
    private static final long ENDING_MILLIS = 1000;

    /** Makes neighbouring hash codes ("mx1", "mx2") distant: 2^32 divided by the golden ratio (Knuth, 6.4). */
    private static final long SPREAD = 2_654_435_769L;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    private Sampler() {}

    /**
     * Starts to measure.
     *
     * @param params what is measured
     * @param outlet where samples go
     * @param meters counters are made here
     * @param clock the host's
     */
    public static Sampler start(SampleParams params, SampleOutlet outlet, MeterRegistry meters, Clock clock) {
        List<Paced> probes = new ArrayList<>();
        params.probes().forEach(probe -> probes.addAll(probe.probes(params.proc(), params.top(), clock)));
        return start(probes, params.host(), outlet, meters, clock);
    }

    static Sampler start(List<Paced> probes, String host, SampleOutlet outlet, MeterRegistry meters, Clock clock) {
        Sampler sampler = new Sampler();
        for (Paced paced : probes) {
            Measuring measuring = new Measuring(paced, outlet, meters, clock);
            Thread thread =
                    new Thread(() -> sampler.repeat(measuring, firstPause(paced, host)), "sample-" + paced.name());
            thread.setDaemon(true);
            sampler.threads.add(thread);
            thread.start();
        }
        return sampler;
    }

    /** Ends all readings, or leaves behind what does not end. */
    @Override
    public void close() {
        stop.countDown();
        threads.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ENDING_MILLIS);
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeat(Measuring measuring, long firstPauseMillis) {
        try {
            long pause = firstPauseMillis;
            while (!stop.await(pause, TimeUnit.MILLISECONDS)) {
                pause = measuring.once().toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Anywhere within a period, by the names: a fleet that is restarted at once does not list its queues at once for ever. */
    private static long firstPause(Paced paced, String host) {
        long period = paced.period().toMillis();
        return Math.floorMod((host + ' ' + paced.name()).hashCode() * SPREAD, period);
    }
}
