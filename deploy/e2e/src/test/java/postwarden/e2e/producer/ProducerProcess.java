package postwarden.e2e.producer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import postwarden.e2e.Child;

/** The agent as its users start it, with the memory that its script gives it. */
final class ProducerProcess implements AutoCloseable {
    /**
     * What it may take in all, in bytes: the 128 MiB that are asked of an installed agent, which {@code streams-app/benchmarks/footprint}
     * measures, and what classes take more that come out of no archive: Java makes one of jars, and a build has folders.
     */
    static final long MOST_MEMORY = (128L + 8) << 20;

    private static final String MAIN = "postwarden.producer.Main";
    private static final String HEAP = "64m";
    private static final List<String> ENVIRONMENT = List.of("env", "MALLOC_ARENA_MAX=1");
    private static final Path SCRIPT = Path.of("..", "..", "log-producer", "bin", "postwarden-producer");
    private static final Pattern OPTIONS = Pattern.compile("^options=\\(([^)]*)\\)$", Pattern.MULTILINE);

    private final Child child;

    private ProducerProcess(Child child) {
        this.child = child;
    }

    /** What an agent is told. */
    record Settings(Path folder, String sources, Map<String, String> kafka, String more) {
        Settings {
            kafka = Map.copyOf(kafka);
        }

        /** One log of the host, in quick steps, so that much happens in a short test. */
        static Settings of(Path folder, Path log, Map<String, String> kafka) {
            return new Settings(folder, "[{ path = \"" + log + "\", host = mx1, zone = UTC }]", kafka, "");
        }

        Settings with(String lines) {
            return new Settings(folder, sources, kafka, lines);
        }

        Path state() {
            return folder.resolve("state");
        }

        /** Writes them where the agent reads them, or has them read again. */
        Path write() throws IOException {
            String clients = kafka.entrySet().stream()
                    .map(setting -> "  " + setting.getKey() + " = \"" + setting.getValue() + "\"\n")
                    .collect(Collectors.joining());
            return Files.writeString(folder.resolve("producer.conf"), """
                    reporter = e2e
                    sources = %s
                    follow { poll = 10 ms, scan = 50 ms, linger = 1 s, heartbeat = 1 s }
                    checkpoint { directory = "%s", every = 100 ms }
                    %s
                    kafka {
                    %s}
                    """.formatted(sources, state(), more, clients));
        }
    }

    static ProducerProcess start(Settings settings) throws IOException {
        return start(settings, List.of());
    }

    /** @param before a command that gives way to the agent, such as one that lowers a limit */
    static ProducerProcess start(Settings settings, List<String> before) throws IOException {
        List<String> arguments = List.of("run", "--config", settings.write().toString());
        List<String> all = Stream.of(before, ENVIRONMENT).flatMap(List::stream).toList();
        return new ProducerProcess(Child.start(settings.folder(), all, options(), MAIN, arguments, HEAP));
    }

    /** Java's options as the script has them, so that what is tested is what is installed. */
    private static List<String> options() throws IOException {
        Matcher said = OPTIONS.matcher(Files.readString(SCRIPT));
        if (!said.find()) {
            throw new IllegalStateException(SCRIPT + " says no options");
        }
        return List.of(said.group(1).strip().split("\\s+"));
    }

    boolean isAlive() {
        return child.isAlive();
    }

    /** What it has logged so far. */
    String said() throws IOException {
        return child.err() + child.out();
    }

    long mostMemory() throws IOException {
        return child.mostMemory();
    }

    long memory() throws IOException {
        return child.memory();
    }

    long threads() throws IOException {
        return child.threads();
    }

    int descriptors() {
        return child.descriptors();
    }

    /** What all its threads have used of processors so far. */
    Duration processorTime() {
        return child.processorTime();
    }

    void kill() {
        child.kill();
    }

    /** SIGSTOP: it lives and says nothing. */
    void suspend() throws IOException {
        child.suspend();
    }

    /** SIGCONT. */
    void resume() throws IOException {
        child.resume();
    }

    /** SIGHUP: it reads its settings again. */
    void hangUp() throws IOException {
        child.hangUp();
    }

    /** SIGTERM, and its end. */
    Child.Ended stop() throws IOException, InterruptedException {
        child.stop();
        return child.awaitEnd();
    }

    @Override
    public void close() {
        child.close();
    }
}
