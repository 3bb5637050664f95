package postwarden.benchmarks.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Kafka's own {@code kafka-consumer-perf-test} over the lines topic, bytes only, from its start to its end. */
final class PerfTool {
    private static final String MAIN = "org.apache.kafka.tools.ConsumerPerformance";
    private static final Duration LOOK = Duration.ofMillis(20);
    /** Of the tool's table: messages, and messages a second of its whole run. */
    private static final int MESSAGES = 4;

    private static final int MESSAGES_A_SECOND = 5;

    private PerfTool() {}

    /** @throws IOException when it prints no result; its log says why */
    static Measured run(Rig rig, Path folder, long lines) throws IOException, InterruptedException {
        Path log = folder.resolve("consumer-perf.txt");
        Jvm.Command command = new Jvm.Command(
                System.getProperty("java.class.path"),
                List.of("-Xmx1g"),
                MAIN,
                List.of(
                        "--bootstrap-server",
                        rig.kafka().get("bootstrap.servers"),
                        "--topic",
                        Rig.LINES,
                        "--messages",
                        Long.toString(lines),
                        "--timeout",
                        "10000",
                        "--hide-header"));
        try (Jvm tool = Jvm.start(command, log)) {
            double cpuSeconds = 0;
            long peak = 0;
            while (tool.isAlive()) {
                cpuSeconds = tool.cpuSeconds();
                peak = Math.max(peak, tool.peakBytes());
                Thread.sleep(LOOK.toMillis());
            }
            String[] row = row(log);
            long read = Long.parseLong(row[MESSAGES].strip());
            double seconds = read / Double.parseDouble(row[MESSAGES_A_SECOND].strip());
            return new Measured(read, read, seconds, cpuSeconds, peak, 0, 0, true);
        }
    }

    private static String[] row(Path log) throws IOException {
        return Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                .map(line -> line.split(","))
                .filter(row -> row.length > MESSAGES_A_SECOND && row[0].contains(":"))
                .reduce((before, last) -> last)
                .orElseThrow(() -> new IOException("no result in " + log));
    }
}
