package postwarden.benchmarks.fleet;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes Markdown as the results come, so that a run that is cut short has said what it knew. */
final class Report {
    private static final double MIB = 1 << 20;

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void head(String commit, String how, List<String> jvm) throws IOException {
        say("# What a fleet costs");
        say("");
        say(
                "%s, commit %s, %s. %d processors (%s), %.0f GiB, %s %s, Java %s; every measured process has %s.",
                LocalDate.now(ZoneOffset.UTC),
                commit,
                how,
                Runtime.getRuntime().availableProcessors(),
                of("/proc/cpuinfo", "model name"),
                Double.parseDouble("0" + of("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / MIB,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                String.join(" ", jvm));
    }

    void section(String title, String text) {
        say("");
        say("## %s", title);
        say("");
        say("%s", text.strip());
        say("");
    }

    /**
     * Begins a table of runs.
     *
     * @param first the heading of its first column
     */
    void table(String first) {
        say(
                "| %s | lines/s | lines/s a core | CPU s a million | peak MiB | broker bytes a line | state bytes a key | |",
                first);
        say("|---|---|---|---|---|---|---|---|");
    }

    /** @param keys that the load has; 0 when nobody has counted them */
    void row(String name, Measured run, long keys) {
        say(
                "| %s | %s | %s | %.2f | %s | %s | %s | %s |",
                name,
                rounded(run.linesPerSecond()),
                rounded(run.linesPerCpuSecond()),
                run.cpuSecondsPerMillion(),
                run.peakBytes() == 0 ? "?" : String.format(Locale.ROOT, "%.0f", run.peakBytes() / MIB),
                run.brokerBytes() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", run.brokerBytesPerLine()),
                run.stateBytes() == 0 || keys == 0
                        ? "-"
                        : String.format(Locale.ROOT, "%,.0f", (double) run.stateBytes() / keys),
                run.complete() ? "" : "cut off");
    }

    /** A row for what did not work. */
    void failed(String name, Exception why) {
        say(
                "| %s | failed | | | | | | %s |",
                name,
                String.valueOf(why.getMessage())
                        .replace('|', ' ')
                        .lines()
                        .findFirst()
                        .orElse(""));
    }

    void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** Three digits: more would not be the same in the next run. */
    private static String rounded(double value) {
        double step = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 2));
        return String.format(Locale.ROOT, "%,.0f", Math.round(value / step) * step);
    }

    private static String of(String file, String name) throws IOException {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return "?";
        }
        try (Stream<String> lines = Files.lines(path, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("?");
        }
    }
}
