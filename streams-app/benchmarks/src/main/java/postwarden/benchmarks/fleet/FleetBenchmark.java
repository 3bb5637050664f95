package postwarden.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import postwarden.benchmarks.FleetShape;

/** The whole benchmark in one run; {@code streams-app/benchmarks/fleet} builds and starts it. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = {
            "Measures Postwarden and what else could count a fleet's mail, each as a process of its own over a real broker.",
            "Prints Markdown; progress goes to standard error."
        })
public final class FleetBenchmark implements Callable<Integer> {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    @Option(names = "--quick", description = "one short run of everything, in about five minutes")
    private boolean quick;

    @Option(names = "--only", split = ",", paramLabel = "SECTION", description = "of ${COMPLETION-CANDIDATES}")
    private List<Section> only = Arrays.asList(Section.values());

    @Option(
            names = "--jvm",
            split = " ",
            splitSynopsisLabel = " ",
            paramLabel = "OPTION",
            description = "what Java is told of each measured process (default: ${DEFAULT-VALUE})")
    private List<String> jvm = List.of("-Xmx2g");

    @Option(names = "--repeats", description = "of each row of the first table, of which the median counts")
    private int repeats;

    @Option(
            names = "--cpu",
            description = "CPU seconds at the most of each run's warm-up, and of what is measured behind it")
    private int cpuSeconds;

    @Option(
            names = "--rate",
            description = "lines a second of the live run; 0 for half of the speed that the first section measures")
    private int rate;

    @Option(names = "--commit", description = "what is measured, as the report calls it")
    private String commit = "unknown";

    @Option(names = "--flink", description = "class path of the Flink contestant; it is left out without")
    private String flink = "";

    @Option(names = "--work", description = "folder for data and logs")
    private Path work = Path.of(System.getProperty("java.io.tmpdir"), "postwarden-fleet");

    private final Report report = new Report(System.out);
    private int runs;
    private double linesPerSecond;

    /** What can be left out. */
    enum Section {
        contestants,
        keys,
        windows,
        skew,
        fresh,
        instances,
        latency
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FleetBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Plan plan = (quick ? Plan.QUICK : Plan.FULL).with(repeats, cpuSeconds);
        Contestants all = new Contestants(jvm);
        report.head(commit, quick ? "quick" : "full", jvm);
        Explanation.say(report, plan);
        for (Section section : only) {
            switch (section) {
                case contestants -> contestants(plan, all);
                case keys -> {
                    report.section("How many keys", Explanation.KEYS);
                    curve(plan, all, "keys", plan.keys());
                }
                case windows -> windows(plan, all);
                case skew -> {
                    report.section("How much of it one client's", Explanation.SKEW);
                    curve(plan, all, "skew", plan.skews());
                }
                case fresh -> {
                    report.section("How many keys that never came before", Explanation.FRESH);
                    curve(plan, all, "fresh", plan.fresh());
                }
                case instances -> instances(plan, all);
                case latency -> latency(plan, all);
            }
        }
        return 0;
    }

    private void contestants(Plan plan, Contestants all) throws IOException, InterruptedException, ExecutionException {
        report.section("The same lines, read by each", Explanation.CONTESTANTS);
        report.table("who");
        try (Backlog backlog = backlog(plan, FleetShape.DEFAULT)) {
            perfTool(plan, backlog);
            row(plan.repeats(), plan, backlog, all.consumer(), all.consumer().name());
            linesPerSecond = row(
                    plan.repeats(),
                    plan,
                    backlog,
                    all.postwarden(),
                    all.postwarden().name());
            row(plan.repeats(), plan, backlog, all.dsl(WINDOW), all.dsl(WINDOW).name());
            if (flink.isEmpty()) {
                report.say("| Apache Flink | left out | | | | | | it was not built |");
            } else {
                Contestant contestant = all.flink(flink, WINDOW);
                row(plan.repeats(), plan, backlog, contestant, contestant.name());
            }
        }
    }

    private void windows(Plan plan, Contestants all) throws IOException, InterruptedException, ExecutionException {
        if (plan.windows().isEmpty()) {
            return;
        }
        report.section("How long the windows", Explanation.WINDOWS);
        report.table("window");
        try (Backlog backlog = backlog(plan, FleetShape.DEFAULT)) {
            row(1, plan, backlog, all.postwarden(), "Postwarden, 10 s to 1 h by 10 s, all at once");
            for (Duration window : plan.windows()) {
                row(1, plan, backlog, all.dsl(window), all.dsl(window).name());
            }
        }
    }

    /** Rows for each value of one property of the fleet. */
    private void curve(Plan plan, Contestants all, String property, List<? extends Number> values)
            throws IOException, InterruptedException, ExecutionException {
        report.table(property);
        for (Number value : values) {
            String shape = property + "=" + value;
            try (Backlog backlog = backlog(plan, FleetShape.of(shape))) {
                String name = String.format(Locale.ROOT, "%s (%,d keys came)", shape, backlog.allKeys());
                row(1, plan, backlog, all.postwarden(), "Postwarden, " + name);
                if (!quick) {
                    row(1, plan, backlog, all.dsl(WINDOW), "DSL, " + name);
                }
            }
        }
    }

    private void instances(Plan plan, Contestants all) throws IOException, InterruptedException, ExecutionException {
        report.section("How many instances", Explanation.INSTANCES);
        report.table("instances");
        try (Backlog backlog = backlog(plan, FleetShape.DEFAULT)) {
            for (int instances : plan.instances()) {
                row(1, plan, backlog, all.postwarden().withInstances(instances), "Postwarden, " + instances);
            }
        }
    }

    private void latency(Plan plan, Contestants all) throws IOException, InterruptedException, ExecutionException {
        report.section("From the line to the alert", Explanation.LATENCY);
        int live = rate > 0 ? rate : (int) (linesPerSecond / 2);
        if (live == 0) {
            report.say("Left out: its load is half of the speed that the first section measures, or --rate.");
            return;
        }
        Path folder = folder();
        try (Rig rig = Rig.start(folder)) {
            Latency.Outcome outcome =
                    plan.latency().run(rig, all.postwarden(""), FleetShape.of("rate=" + live), folder);
            report.say(
                    "| lines/s | read of them | CPU s/M | floods | alerts | p50 s | p99 s | longest s | sender late by s |");
            report.say("|---|---|---|---|---|---|---|---|---|");
            report.say(
                    "| %,.0f | %.0f %% | %.1f | %d | %d | %.2f | %.2f | %.2f | %.2f |",
                    outcome.linesPerSecond(),
                    100 * outcome.readShare(),
                    outcome.cpuPerMillion(),
                    outcome.waits().size() + outcome.missing(),
                    outcome.waits().size(),
                    seconds(outcome.quantile(0.5)),
                    seconds(outcome.quantile(0.99)),
                    seconds(outcome.quantile(1)),
                    seconds(outcome.behind()));
        } catch (IOException failed) {
            report.say("Failed: %s", failed);
        }
    }

    private Backlog backlog(Plan plan, FleetShape shape) throws IOException, InterruptedException, ExecutionException {
        note("writing %,d lines of %s", plan.lines(), shape);
        return Backlog.write(folder(), shape, plan.lines());
    }

    private void perfTool(Plan plan, Backlog backlog) throws InterruptedException {
        String name = "kafka-consumer-perf-test, bytes only, start included";
        try {
            Measured run = PerfTool.run(backlog.rig(), backlog.folder(), plan.lines());
            report.row(name, run, 0);
        } catch (IOException failed) {
            report.failed(name, failed);
        }
    }

    /**
     * Measures, and writes the median by speed.
     *
     * @return its lines a second, 0 when it failed
     */
    private double row(int repeats, Plan plan, Backlog backlog, Contestant contestant, String name)
            throws InterruptedException {
        List<Measured> all = new ArrayList<>();
        try {
            for (int repeat = 0; repeat < repeats; repeat++) {
                String group = "run" + ++runs;
                note("%s: %s", group, name);
                Measured run = plan.stint().run(backlog.rig(), contestant, backlog.folder(), group);
                note("%,.0f lines/s, %.2f CPU s a million", run.linesPerSecond(), run.cpuSecondsPerMillion());
                all.add(run);
            }
        } catch (IOException | ExecutionException failed) {
            report.failed(name, failed);
            note("%s", failed);
            return 0;
        }
        all.sort(Comparator.comparingDouble(Measured::linesPerSecond));
        Measured median = all.get(all.size() / 2);
        report.row(name, median, backlog.keysIn(median.read()));
        return median.linesPerSecond();
    }

    private Path folder() throws IOException {
        Files.createDirectories(work);
        return Files.createTempDirectory(work, "rig");
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static void note(String format, Object... values) {
        System.err.println("fleet: " + String.format(Locale.ROOT, format, values));
    }
}
