package postwarden.serve.live;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import postwarden.serve.wire.Told;

/** One open stream: the alerts that wait for it, and why there are no more. */
final class Listener {
    private final Place begin;
    private final Predicate<Told> sees;
    private final BlockingQueue<Heard> queue;
    private final AtomicReference<String> end = new AtomicReference<>("");

    /** An alert, and where it stands in the topic. */
    record Heard(int partition, long offset, Told alert) {}

    /** @param begin behind which it is told everything */
    Listener(Place begin, Predicate<Told> sees, int room) {
        this.begin = begin;
        this.sees = sees;
        this.queue = new ArrayBlockingQueue<>(room);
    }

    Place begin() {
        return begin;
    }

    /** Whether it may see the alert. */
    boolean sees(Told alert) {
        return sees.test(alert);
    }

    /** Queues it; where there is no room the stream ends, because it must not go on with a hole. */
    void hear(Heard heard) {
        if (sees(heard.alert()) && !queue.offer(heard)) {
            end("you read too slowly; go on with the last id that you have");
        }
    }

    /** Ends it once, with what the reader is told. */
    void end(String why) {
        end.compareAndSet("", why);
    }

    /** Why it has ended; empty while it goes on. */
    String ended() {
        return String.valueOf(end.get());
    }

    /** The next alert; nothing when none came in that time. */
    Optional<Heard> next(Duration wait) throws InterruptedException {
        return Optional.ofNullable(queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
    }
}
