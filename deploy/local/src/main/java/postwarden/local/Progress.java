package postwarden.local;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One line on a terminal that says how far the reading is. */
final class Progress {
    private static final long PAUSE_MILLIS = 50;

    private final Stack stack;
    /** Said by the script, which can tell; Java cannot tell a terminal on standard error. */
    private final boolean shown = Boolean.getBoolean("postwarden.terminal");

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "progress");

    Progress(Stack stack) {
        this.stack = stack;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stop.countDown();
        thread.join();
        if (shown) {
            System.err.print("\r\033[K");
        }
    }

    private void run() {
        try {
            while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                tick();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        long counted = stack.meters().records("counted");
        stack.cost().note(counted);
        if (shown) {
            System.err.printf(
                    Locale.ROOT,
                    "\r\033[K%,d lines read, %,d understood",
                    stack.counters().lines(),
                    counted);
        }
    }
}
