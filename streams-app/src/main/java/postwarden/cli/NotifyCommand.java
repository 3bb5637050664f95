package postwarden.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import postwarden.config.ConfigRefused;
import postwarden.config.NotifyConfig;
import postwarden.notify.Notifier;
import postwarden.notify.NotifyMeters;
import postwarden.producer.config.SecretText;
import postwarden.stream.check.Reach;

/** {@code postwarden notify}: calls people and opens tickets. */
@Command(
        name = "notify",
        mixinStandardHelpOptions = true,
        description = {
            "Tells PagerDuty, TheHive and Slack of alerts, whichever are configured, until it is told to stop. Each receiver is"
                    + " told at least once, in order, with the incident's id as the key; what it does not take now is tried"
                    + " again, what it refuses for good is logged and counted.",
            "Exit status: 0 after a stop, 1 when it could not go on, 2 when an argument, the configuration or the cluster cannot"
                    + " be used."
        },
        footer = {"", "Example:  postwarden notify --config /etc/postwarden/notify.conf"})
final class NotifyCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyCommand.class);
    private static final int FAILED = 1;

    private final PrintStream err;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "the notifier's own configuration (HOCON): notify, kafka, topics")
    private @Nullable Path config;

    NotifyCommand(PrintStream err) {
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        NotifyMeters meters = new NotifyMeters(new SimpleMeterRegistry());
        try {
            NotifyConfig loaded = NotifyConfig.load(Objects.requireNonNull(config));
            Reach.admin(loaded.kafka()).close();
            Notifier notifier = Notifier.start(
                    loaded.params(),
                    loaded.kafka(),
                    loaded.topics().alerts(),
                    SecretText::read,
                    meters,
                    Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(notifier, meters), "stop"));
            Optional<Throwable> failure = notifier.awaitEnd();
            failure.ifPresent(why -> say("stopped, because it cannot go on: " + why.getMessage()));
            return failure.isPresent() ? FAILED : 0;
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> say(config + ": " + error));
        } catch (IllegalArgumentException refused) {
            say(config + ": " + refused.getMessage());
        }
        return ConfigOption.UNUSABLE;
    }

    private static void stop(Notifier notifier, NotifyMeters meters) {
        notifier.close();
        LOG.atInfo().addKeyValue("alerts", meters.sums()).log("the notifier has stopped");
        if (notifier.failure().isEmpty()) {
            // Java itself would end with 128 and the signal's number, which a supervisor takes for a failure.
            Runtime.getRuntime().halt(0);
        }
    }

    private void say(String line) {
        Complaint.print(err, "postwarden notify", line);
    }
}
