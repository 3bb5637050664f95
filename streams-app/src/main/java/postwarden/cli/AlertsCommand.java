package postwarden.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import postwarden.detect.Severity;
import postwarden.soc.topic.AlertTail;
import postwarden.stream.check.Reach;

/** {@code postwarden alerts}: what the service has told, from the topic. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = {
            "Prints alerts from the topic, committed ones only, in the order in which they were told; ends where the topic"
                    + " ended when it began. Reads without a consumer group, so it disturbs nobody.",
            "Exit status: 0, 1 when a record could not be read (each is a line on standard error), 2 when an argument, the"
                    + " configuration or the cluster cannot be used, 141 when nobody reads its output, 143 after SIGTERM."
        },
        footer = {
            "",
            "Examples:",
            "  postwarden alerts --config postwarden.conf --follow",
            "  postwarden alerts --bootstrap kafka:9092 --registry http://registry:8081 --format ecs --severity HIGH"
        })
final class AlertsCommand implements Callable<Integer> {
    private static final int UNREADABLE = 1;
    /** Longer than a line takes to be written; then the process ends anyway. */
    private static final int STOP_SECONDS = 5;

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private final TopicOption topic = new TopicOption();

    @Option(names = "--follow", description = "goes on and prints alerts as they come")
    private boolean follow;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "begins with what the broker took then (default: the beginning of the topic)")
    private @Nullable Instant from;

    @Option(names = "--incident", paramLabel = "ID", description = "one incident only")
    private @Nullable String incident;

    @Option(
            names = "--severity",
            paramLabel = "SEVERITY",
            description = "this and above: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Severity severity = Severity.INFO;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private AlertFormat format = AlertFormat.TEXT;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "colours in text: ${COMPLETION-CANDIDATES} (default: on a terminal, unless NO_COLOR is set)")
    private Colour colour = Colour.AUTO;

    /** When to colour. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER;

        boolean holds() {
            // Said by the script, which can tell what standard output is; Java cannot.
            return this == ALWAYS || (this == AUTO && Boolean.getBoolean("postwarden.colour"));
        }
    }

    AlertsCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Optional<TopicOption.Source> source = topic.load("alerts", err);
        if (source.isEmpty()) {
            return ConfigOption.UNUSABLE;
        }
        AlertPrinter printer =
                new AlertPrinter(out, err, format, colour.holds(), Optional.ofNullable(incident), severity);
        Set<Integer> partitions = partitions(source.get());
        CountDownLatch ended = new CountDownLatch(1);
        try (AlertTail tail = AlertTail.open(
                Reach.impatient(source.get().kafka()), source.get().topic(), partitions, Optional.ofNullable(from))) {
            // A line that is being written is written to its end.
            Thread hook = new Thread(() -> stop(tail, ended), "stop");
            Runtime.getRuntime().addShutdownHook(hook);
            if (tail.readToEnd(follow, printer) && follow) {
                tail.follow(printer);
            }
            out.flush();
        } finally {
            ended.countDown();
        }
        return printer.unreadable() == 0 ? 0 : UNREADABLE;
    }

    /** Asks first whether there is anything to read, because a consumer would wait for a minute, or make the topic. */
    private static Set<Integer> partitions(TopicOption.Source source) throws InterruptedException, ExecutionException {
        try (Admin admin = Reach.admin(source.kafka())) {
            return admin.describeTopics(Set.of(source.topic())).allTopicNames().get().values().stream()
                    .flatMap(described -> described.partitions().stream())
                    .map(TopicPartitionInfo::partition)
                    .collect(Collectors.toSet());
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException
                    || failure.getCause() instanceof InvalidTopicException) {
                throw new KafkaException("there is no topic '" + source.topic() + "'", failure);
            }
            throw failure;
        }
    }

    private static void stop(AlertTail tail, CountDownLatch ended) {
        tail.stop();
        try {
            if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
