package postwarden.producer.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Prints what each probe costs in CPU time of its thread, a reading and an hour at the default periods, on the machine that it runs on
 * and on made-up large ones; run by hand, see RATIONALE.md. What a listing program itself costs is not in it.
 */
final class SampleCost {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Path PROC = Path.of("/proc");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final double NANOS_A_MILLI = 1e6;
    private static final double MILLIS_A_SECOND = 1000;
    private static final double SECONDS_AN_HOUR = 3600;
    private static final int MESSAGES = 100_000;
    private static final int SOCKETS = 20_000;

    private SampleCost() {}

    /** A probe, how often it is read to be measured, and its default period in seconds. */
    private record Measured(Probe probe, int readings, int period) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("sample-cost");
        double hour = 0;
        System.out.printf(Locale.ROOT, "%-34s %12s %16s%n", "probe", "ms a reading", "s CPU an hour");
        for (Map.Entry<String, Measured> entry : probes(folder).entrySet()) {
            Measured measured = entry.getValue();
            read(measured);
            double millis = read(measured);
            double seconds = millis / MILLIS_A_SECOND * SECONDS_AN_HOUR / measured.period();
            hour += entry.getKey().contains(",") ? 0 : seconds;
            System.out.printf(Locale.ROOT, "%-34s %12.3f %16.2f%n", entry.getKey(), millis, seconds);
        }
        System.out.printf(Locale.ROOT, "%-34s %12s %16.2f%n", "all but the made-up ones", "", hour);
    }

    private static double read(Measured measured) throws IOException, InterruptedException {
        long before = THREADS.getCurrentThreadCpuTime();
        int seen = 0;
        for (int i = 0; i < measured.readings(); i++) {
            // The result must matter, or the compiler may leave the work out.
            seen += measured.probe().read(System.nanoTime()).isPresent() ? 0 : 1;
        }
        return (THREADS.getCurrentThreadCpuTime() - before + seen) / NANOS_A_MILLI / measured.readings();
    }

    private static Map<String, Measured> probes(Path folder) throws IOException {
        Path busy = Files.createDirectories(folder.resolve("net"));
        write(busy.resolve("tcp"), SOCKETS, SampleCost::socket);
        Path queue = write(folder.resolve("postfix"), MESSAGES, SampleCost::message);
        Path exim = write(folder.resolve("exim"), MESSAGES, SampleCost::eximMessage);
        Map<String, Measured> probes = new LinkedHashMap<>();
        probes.put("load", new Measured(new LoadProbe(PROC), 300, 10));
        probes.put("memory", new Measured(new MemoryProbe(PROC), 300, 10));
        probes.put("pressure", new Measured(new PressureProbe(PROC), 300, 10));
        probes.put("listen", new Measured(new ListenProbe(PROC), 300, 10));
        probes.put("disk", new Measured(new DiskProbe(PROC, folder), 300, 10));
        probes.put("sessions", new Measured(sessions(PROC), 300, 30));
        probes.put("sessions, 20,000 sockets", new Measured(sessions(folder), 10, 30));
        probes.put("postfix, empty queue", new Measured(queue(new PostfixListing(), "/dev/null"), 30, 60));
        probes.put("postfix, 100,000 messages", new Measured(queue(new PostfixListing(), queue.toString()), 5, 60));
        probes.put("exim, 100,000 messages", new Measured(queue(new EximListing(), exim.toString()), 5, 60));
        return probes;
    }

    private static Probe sessions(Path proc) {
        return new SessionsProbe(proc, LIMIT, Set.of(25, 587, 993), 20);
    }

    private static Probe queue(QueueProbe.Listing listing, String file) {
        return new QueueProbe("made up", List.of("/bin/cat", file), LIMIT, 20, listing, CLOCK);
    }

    private static Path write(Path file, int lines, IntFunction<String> line) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int number = 0; number < lines; number++) {
                out.write(line.apply(number));
            }
        }
        return file;
    }

    private static String socket(int number) {
        return String.format(
                "%4d: 0A0200C0:%04X %08X:C350 01 00000000:00000000 02:000AFC80 00000000   105        0 %d 2 0 20 4 30 10 -1%n",
                number, number % 2 == 0 ? 25 : 443, 0x0B000000 + number / 4, 5000 + number);
    }

    private static String message(int number) {
        return "{\"queue_name\": \"deferred\", \"queue_id\": \"4jX7zx" + number + "\", \"arrival_time\": 1795304573,"
                + " \"message_size\": 2660, \"forced_expire\": false, \"sender\": \"news@wonderland.example\", \"recipients\":"
                + " [{\"address\": \"rabbit" + number + "@d" + number % 3000 + ".example\", \"delay_reason\": \"host"
                + " mx.d.example[192.0.2.1] said: 421 4.7.0 Too many connections, try again later (in reply to end of DATA"
                + " command)\"}]}\n";
    }

    private static String eximMessage(int number) {
        return "25m  2.9K 1xUulJ-00" + String.format("%04d", number % 10_000) + "-14 <news@wonderland.example>\n"
                + "          rabbit" + number + "@d" + number % 3000 + ".example\n\n";
    }
}
