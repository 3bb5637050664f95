package postwarden.evaluate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import postwarden.config.AppConfig;
import postwarden.config.ConfigRefused;
import postwarden.simulate.Label;
import postwarden.simulate.Shape;
import postwarden.simulate.Simulation;
import postwarden.stream.Settings;

/** Holds all detectors against a simulated fleet; {@code streams-app/benchmarks/evaluate} builds and starts it. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Simulates a fleet with labelled incidents and look-alikes and a clean fleet, and prints what the detectors, and"
                    + " others' fixed rules, made of both, as Markdown; progress goes to standard error.",
            "Exit status: 0 when all gates hold, 1 when one does not, 2 when an argument is wrong."
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final int BROKEN = 1;
    private static final int UNUSABLE = 2;
    /** Places among the contenders of a run. */
    private static final int OURS = 0;

    private static final int PEERS = 1;
    /** Two and a half hours: everybody has come to work and looked for mail once or twice. */
    private static final Duration LONGEST_QUIET = Duration.ofMinutes(150);
    /** Between the seeds of the fleet with incidents and of the clean one. */
    private static final long OTHER_DAYS = 1_000_003;

    @Option(names = "--hosts", paramLabel = "N", description = "of both fleets (default: ${DEFAULT-VALUE})")
    private int hosts = 20;

    @Option(names = "--hours", paramLabel = "N", description = "with incidents (default: ${DEFAULT-VALUE})")
    private double hours = 8;

    @Option(
            names = "--clean-hours",
            paramLabel = "N",
            description = "without; 0 to leave that out (default: ${DEFAULT-VALUE})")
    private double cleanHours = 24;

    @Option(
            names = "--quiet",
            paramLabel = "MINUTES",
            description = "of ordinary life before the first incident, so that there is something usual"
                    + " (default: a third of the hours, at most 150)")
    private @Nullable Integer quiet;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "of the first line (default: ${DEFAULT-VALUE}, a Monday)")
    private Instant start = Instant.parse("2026-11-16T08:00:00Z");

    @Option(names = "--seed", paramLabel = "N", description = "of all that is drawn (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--only", split = ",", paramLabel = "KIND", description = "what is played; --kinds lists all")
    private List<String> only = List.of();

    @Option(names = "--kinds", description = "lists everything that can be played, and ends")
    private boolean kinds;

    @Option(
            names = "--lines",
            description = "prints the lines of the fleet with incidents instead, and the labels to standard error")
    private boolean lines;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "takes the thresholds from a service's configuration")
    private @Nullable Path config;

    @Option(names = "--no-peers", description = "leaves the rules of others out")
    private boolean noPeers;

    @Option(names = "--detail", description = "names every incident that was missed or told wrongly")
    private boolean detail;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the numbers there, too")
    private @Nullable Path json;

    @Option(
            names = "--feedback",
            paramLabel = "FILE",
            description =
                    "prints beside it what the operators of a running service have called its incidents; the file is"
                            + " what `postwarden alerts --format json` or `postwarden incidents --json` printed")
    private @Nullable Path feedback;

    @Mixin
    private Gates gates = new Gates();

    private final PrintStream out;
    private final PrintStream err;

    EvaluateCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new EvaluateCommand(System.out, System.err)).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        if (kinds) {
            Simulation.kinds().forEach(out::println);
            return 0;
        }
        try {
            if (lines) {
                Lines.print(shape(hours, true, seed), out, err);
                return 0;
            }
            return evaluate(config == null ? AppConfig.scanSettings() : AppConfig.scanSettings(config));
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> err.println("evaluate: " + config + ": " + error));
        } catch (IllegalArgumentException wrong) {
            err.println("evaluate: " + wrong.getMessage());
        }
        return UNUSABLE;
    }

    private int evaluate(Settings settings) throws IOException {
        // Read first: what cannot be read is said before anybody has waited.
        Optional<Verdicts> verdicts = feedback == null ? Optional.empty() : Optional.of(Verdicts.read(feedback));
        Run played = run(settings, shape(hours, true, seed));
        // Another seed: nobody is judged by the days that he saw.
        Optional<Run> clean = cleanHours > 0
                ? Optional.of(run(settings, shape(cleanHours, false, seed + OTHER_DAYS)))
                : Optional.empty();
        Scorecard ours = new Scorecard(played, OURS);
        List<String> broken = new ArrayList<>(gates.broken(ours));
        clean.ifPresent(run -> broken.addAll(gates.broken(CleanRate.of(run, OURS))));
        Markdown report = new Markdown(out);
        print(report, played, ours);
        clean.ifPresent(run -> print(report, run));
        verdicts.ifPresent(report::verdicts);
        report.gates(broken);
        if (json != null) {
            write(json, played, ours, clean, verdicts, broken);
        }
        return broken.isEmpty() ? 0 : BROKEN;
    }

    private void print(Markdown report, Run run, Scorecard ours) {
        report.title("Detectors");
        report.detectors(ours.rows());
        report.title("By strength");
        report.recalls(ours.by(label -> label.strength().name()));
        report.title("By daemon");
        report.recalls(ours.by(Label::daemon));
        report.title("By variant");
        report.recalls(ours.by(Label::variant));
        if (!noPeers) {
            report.title("Rules of others");
            report.detectors(new Scorecard(run, PEERS).peers());
        }
        if (detail) {
            report.title("Missed and wrong");
            report.missed(ours);
            report.incidents("violation", ours.incidents(Judgement.Worth.VIOLATION), ours);
            report.incidents("wrong", ours.incidents(Judgement.Worth.WRONG), ours);
        }
    }

    private void print(Markdown report, Run clean) {
        report.title("A clean fleet");
        report.clean(CleanRate.of(clean, OURS));
        if (detail) {
            report.told(clean.notices().get(OURS));
        }
        if (!noPeers) {
            report.title("The same, rules of others");
            report.clean(CleanRate.of(clean, PEERS));
        }
    }

    private void write(
            Path file, Run run, Scorecard ours, Optional<Run> clean, Optional<Verdicts> verdicts, List<String> broken)
            throws IOException {
        try (Json numbers = new Json(Files.newBufferedWriter(file))) {
            numbers.rows("detectors", ours.rows());
            numbers.rows("byStrength", ours.by(label -> label.strength().name()).values());
            numbers.rows("byDaemon", ours.by(Label::daemon).values());
            numbers.rows("byVariant", ours.by(Label::variant).values());
            if (clean.isPresent()) {
                numbers.clean("clean", CleanRate.of(clean.get(), OURS));
            }
            if (!noPeers) {
                numbers.rows("peers", new Scorecard(run, PEERS).peers());
            }
            if (verdicts.isPresent()) {
                numbers.verdicts(verdicts.get());
            }
            numbers.broken(broken);
        }
    }

    private Run run(Settings settings, Shape shape) {
        OurEngine engine = new OurEngine(settings);
        List<Contender> contenders = new ArrayList<>(List.of(engine));
        if (!noPeers) {
            contenders.add(new FixedRules());
        }
        long began = System.nanoTime();
        Run run = Run.of(shape, contenders);
        double seconds = (System.nanoTime() - began) / 1e9;
        err.printf(
                Locale.ROOT,
                "evaluate: %s of %d hosts, %d labels, %d lines in %.1f s (%.0f a second), %d not recognised%n",
                shape.lasts(),
                shape.hosts(),
                run.labels().size(),
                run.lines(),
                seconds,
                run.lines() / seconds,
                engine.unrecognised());
        return run;
    }

    private Shape shape(double lasting, boolean incidents, long from) {
        Duration lasts = Duration.ofMillis(Math.round(lasting * 3_600_000));
        return new Shape(
                hosts, start, lasts, incidents ? quiet(lasts) : Duration.ZERO, Set.copyOf(only), incidents, from);
    }

    private Duration quiet(Duration lasts) {
        Duration third = lasts.dividedBy(3);
        return quiet != null ? Duration.ofMinutes(quiet) : third.compareTo(LONGEST_QUIET) < 0 ? third : LONGEST_QUIET;
    }
}
