package postwarden.producer;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import postwarden.producer.follow.Follower;
import postwarden.producer.follow.Source;
import postwarden.producer.publish.KafkaOutlet;

/** What the reading thread does: looks, reads and looks after what is on its way, until it is told to stop or all is read. */
final class ReadLoop {
    private final Follower follower;
    private final KafkaOutlet outlet;
    private final Keeper keeper;
    private final boolean once;
    private final CountDownLatch stop = new CountDownLatch(1);
    /** Set by whoever reads the configuration again, taken by the reading thread. */
    private final AtomicReference<@Nullable List<Source>> nextSources = new AtomicReference<>();

    /** @param once whether it ends by itself, when everything is read and acknowledged */
    ReadLoop(Follower follower, KafkaOutlet outlet, Keeper keeper, boolean once) {
        this.follower = follower;
        this.outlet = outlet;
        this.keeper = keeper;
        this.once = once;
    }

    /** Goes on with other sources soon. Safe from any thread. */
    void follow(List<Source> sources) {
        nextSources.set(sources);
    }

    /** Ends it soon. Safe from any thread. */
    void stop() {
        stop.countDown();
    }

    /** Runs to its end; answers whether it read everything that it was told to, and all of that is acknowledged. */
    boolean run() throws InterruptedException {
        follower.begin();
        keeper.keep();
        boolean stopped = false;
        while (!stopped) {
            List<Source> sources = nextSources.getAndSet(null);
            if (sources != null) {
                follower.follow(sources);
            }
            boolean read = follower.step();
            outlet.tend();
            if (once && follower.exhausted()) {
                follower.end();
                outlet.awaitAcknowledged();
                return outlet.inFlight() == 0 && follower.everythingWasReadable();
            }
            if (!read) {
                follower.rest();
            }
            stopped = stop.getCount() == 0 || !outlet.refusal().isEmpty();
        }
        return false;
    }
}
