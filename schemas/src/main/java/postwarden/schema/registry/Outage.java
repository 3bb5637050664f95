package postwarden.schema.registry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time in which a registry does not answer: pauses that grow, one message in a while, and an end where one is set. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final RegistrySettings settings;
    private final CountDownLatch closed;

    // The time passed is measured, not told: nanoTime, because a clock that is set must not end or prolong a wait.
    private final long began = System.nanoTime();
    private Duration pause;
    private Optional<Duration> told = Optional.empty();

    Outage(RegistrySettings settings, CountDownLatch closed) {
        this.settings = settings;
        this.closed = closed;
        this.pause = settings.firstPause();
    }

    /**
     * Waits before the next attempt.
     *
     * @param url who did not answer
     * @param why what went wrong
     * @throws TimeoutException when the patience has ended
     * @throws InterruptException when the thread is interrupted; it stays so
     * @throws KafkaException when the registry was closed
     */
    void pause(String url, String why) {
        Duration waited = waited();
        if (settings.patience().filter(limit -> waited.compareTo(limit) >= 0).isPresent()) {
            throw new TimeoutException(
                    "schema registry " + url + " did not answer for " + seconds(waited) + ": " + why);
        }
        tell(url, why, waited);
        try {
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new KafkaException("closed while waiting for schema registry " + url + " (" + why + ")");
            }
        } catch (InterruptedException interrupted) {
            throw new InterruptException("interrupted while waiting for schema registry " + url, interrupted);
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(settings.longestPause()) < 0 ? doubled : settings.longestPause();
    }

    /** Says that it is over, if anybody was told that it began. */
    void over(String url) {
        if (told.isPresent()) {
            LOG.atInfo()
                    .addKeyValue("url", url)
                    .addKeyValue("waited", seconds(waited()))
                    .log("The schema registry answers again");
        }
    }

    private void tell(String url, String why, Duration waited) {
        if (told.filter(last -> waited.minus(last).compareTo(settings.messageInterval()) < 0)
                .isPresent()) {
            return;
        }
        told = Optional.of(waited);
        LOG.atWarn()
                .addKeyValue("url", url)
                .addKeyValue("why", why)
                .addKeyValue("waited", seconds(waited))
                .log("The schema registry does not answer; waiting for it and asking again");
    }

    private Duration waited() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }
}
