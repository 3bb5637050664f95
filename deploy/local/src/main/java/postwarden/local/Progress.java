package postwarden.local;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One line on a terminal that says how far the reading is. */
final class Progress {
    private final Stack stack;
    private final boolean shown = System.console() != null;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    Progress(Stack stack) {
        this.stack = stack;
    }

    void start() {
        timer.scheduleAtFixedRate(this::tick, 0, 50, TimeUnit.MILLISECONDS);
    }

    void stop() {
        timer.shutdownNow();
        if (shown) {
            System.err.print("\r\033[K");
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
