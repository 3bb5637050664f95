package postwarden.notify;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** All receivers that are configured, each told by a thread of its own. */
public final class Notifier implements AutoCloseable {
    private final List<Delivery> deliveries;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Notifier(List<Delivery> deliveries) {
        this.deliveries = deliveries;
    }

    /**
     * Begins to tell.
     *
     * @param kafka settings of Kafka's clients and of the registry
     * @param topic of alerts
     * @param secrets reads a secret's file
     * @throws IllegalArgumentException when a receiver cannot be used as it is configured, saying why
     */
    public static Notifier start(
            NotifyParams params,
            Map<String, String> kafka,
            String topic,
            Function<Path, String> secrets,
            NotifyMeters meters,
            Clock clock) {
        List<Receiver> receivers = receivers(params, secrets, clock);
        Notifier notifier = new Notifier(receivers.stream()
                .map(receiver -> new Delivery(receiver, params, kafka, topic, meters, clock))
                .toList());
        for (int i = 0; i < receivers.size(); i++) {
            notifier.launch(notifier.deliveries.get(i), receivers.get(i).name());
        }
        return notifier;
    }

    private static List<Receiver> receivers(NotifyParams params, Function<Path, String> secrets, Clock clock) {
        Channel channel = new Channel(params.timeout(), params.allowedHosts(), clock);
        String console = params.consoleUrl().endsWith("/")
                ? params.consoleUrl().substring(0, params.consoleUrl().length() - 1)
                : params.consoleUrl();
        List<Receiver> receivers = new ArrayList<>();
        if (!params.pagerduty().routingKeyFile().isEmpty()) {
            String key = secrets.apply(Path.of(params.pagerduty().routingKeyFile()));
            receivers.add(new PagerDuty(channel, params.pagerduty(), key, console));
        }
        if (!params.thehive().url().isEmpty()) {
            String key = secrets.apply(Path.of(params.thehive().apiKeyFile()));
            receivers.add(new TheHive(channel, params.thehive(), key, console));
        }
        if (!params.slack().urlFile().isEmpty()) {
            String url = secrets.apply(Path.of(params.slack().urlFile()));
            receivers.add(new Slack(channel, params.slack(), url, console));
        }
        if (receivers.isEmpty()) {
            throw new IllegalArgumentException("nobody is to be told: notify.pagerduty.routing-key-file,"
                    + " notify.thehive.url and notify.slack.url-file are all empty");
        }
        return receivers;
    }

    private void launch(Delivery delivery, String name) {
        Thread thread = new Thread(delivery, "notify-" + name);
        thread.setUncaughtExceptionHandler((where, why) -> {
            failure.compareAndSet(null, why);
            over.countDown();
        });
        threads.add(thread);
        thread.start();
    }

    /** Waits until it is closed, or cannot go on. @return why it cannot go on */
    public Optional<Throwable> awaitEnd() throws InterruptedException {
        over.await();
        return failure();
    }

    /** Why it cannot go on; nothing while it can. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Stops after the alerts in hand, and waits for it. */
    @Override
    public void close() {
        deliveries.forEach(Delivery::stop);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        over.countDown();
    }
}
