package postwarden.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import postwarden.cli.NamedLog;
import postwarden.cli.OwnHost;
import postwarden.cli.Times;

/** {@code deploy/local/up}: broker, registry, producer and service in one process, and the alerts as they come. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Runs all of Postwarden on this machine: a Kafka broker, a schema registry, the log producer and the service,"
                    + " and prints alerts as they come.",
            "With files, tails them from their beginning. Without, replays the recorded incidents that ship with the project."
        },
        footer = {
            "",
            "Examples:",
            "  deploy/local/up                              the recorded incidents",
            "  deploy/local/up --once mx1=/var/log/mail.log  one log, then the numbers",
            "",
            "Exit status: 0, 2 when an argument is wrong, a file cannot be read or a component fails."
        })
public final class Up implements Callable<Integer> {
    private static final int FAILED = 2;
    /** Longer than agent, service and broker take to stop in order; then the JVM goes anyway. */
    private static final int STOP_SECONDS = 20;

    @Option(names = "--once", description = "end when everything is read and decided")
    private boolean once;

    @Option(names = "--data", paramLabel = "DIR", description = "folder for all data (default: a temporary one)")
    private @Nullable Path data;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "zone of stamps without an offset (default: this machine's)")
    private ZoneId zone = ZoneId.systemDefault();

    @Option(names = "--json", description = "alerts as JSON objects, one a line, instead of text")
    private boolean json;

    @Parameters(paramLabel = "[HOST=]FILE", description = "logs to tail")
    private List<String> files = List.of();

    private Up() {}

    /** Runs it and exits with its status. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Up());
        Times.register(line);
        line.setParameterExceptionHandler((wrong, given) -> {
            System.err.println("up: " + wrong.getMessage() + " (see deploy/local/up --help)");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            // What the world outside answers is for the operator, in a line; anything else is a bug and shows its
            // stack.
            if (failure instanceof IOException || failure instanceof KafkaException) {
                System.err.println("up: " + failure.getMessage());
                return FAILED;
            }
            throw failure;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        if (data != null && Files.exists(data) && !Files.isDirectory(data)) {
            throw new IOException("--data " + data + " is a file, not a folder");
        }
        Path folder = data == null ? Files.createTempDirectory("postwarden-") : Files.createDirectories(data);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(main, started, finished), "stop"));
        try {
            return run(folder, main, started);
        } finally {
            if (data == null) {
                TemporaryFolder.delete(folder);
            }
            started.countDown();
            finished.countDown();
        }
    }

    private int run(Path folder, Thread main, CountDownLatch started)
            throws IOException, InterruptedException, ExecutionException {
        Samples samples = new Samples(folder);
        boolean recorded = files.isEmpty();
        List<NamedLog> logs = recorded ? samples.unpack() : NamedLog.of(files, OwnHost.name());
        Clock clock = recorded ? samples.clock() : Clock.systemUTC();
        say("data in " + folder);
        try (Stack stack = Stack.start(folder, logs, recorded ? samples.zone() : zone, once, clock);
                Follow alerts = Follow.start(stack.bootstrapServers(), stack.kafka(), json, main)) {
            started.countDown();
            say("reading " + logs.size() + (logs.size() == 1 ? " log" : " logs") + (once ? "" : "; Ctrl-C stops"));
            boolean complete = awaitEnd(stack, alerts);
            Summary.print(stack, alerts);
            return complete ? 0 : FAILED;
        }
    }

    /** Whether all could be read; what was read when it is told to stop is all. */
    private static boolean awaitEnd(Stack stack, Follow alerts) {
        try {
            return stack.await(alerts);
        } catch (InterruptedException stopped) {
            say("stopped");
            return true;
        }
    }

    /** Lets the main thread close everything, and keeps the JVM until it has; what is half started cannot be closed in order. */
    private static void stop(Thread main, CountDownLatch started, CountDownLatch finished) {
        try {
            if (finished.getCount() > 0) {
                started.await(STOP_SECONDS, TimeUnit.SECONDS);
                main.interrupt();
                if (finished.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                    // Java itself would end with 128 and the signal's number, as after a failure.
                    Runtime.getRuntime().halt(0);
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    static void say(String text) {
        System.err.println("postwarden: " + text);
    }
}
