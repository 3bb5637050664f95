package postwarden.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import postwarden.config.AppConfig;
import postwarden.config.ConfigRefused;
import postwarden.diff.Case;
import postwarden.diff.Comparison;
import postwarden.diff.Place;
import postwarden.diff.Rates;
import postwarden.incident.Alert;
import postwarden.replay.AlertHistory;
import postwarden.replay.Plan;
import postwarden.replay.PlanTopic;
import postwarden.replay.ReplayName;
import postwarden.replay.ReplayRefused;
import postwarden.stream.Topics;
import postwarden.stream.check.Reach;
import postwarden.tally.Pane;

/** {@code postwarden diff}: what a candidate would have told that was not, and the other way round. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Compares what the live service told (or another replay) with what a replay tells of the same lines: incidents"
                    + " that are new, lost, found earlier or later, of another severity or cause; and how many there are a"
                    + " day per 1000 hosts.",
            "Incidents are matched by id, else by tenant, detector, subject and overlapping time. Those that rest on lines"
                    + " which one side has not read are not compared.",
            "Exit status: 0 when both tell the same, 1 when they differ, 2 when it cannot be told."
        },
        footer = {"", "Example:  postwarden diff stricter"})
final class DiffCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;
    private static final int UNUSABLE = 2;

    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "NAME", description = "the replay")
    private String name = "";

    @Option(
            names = "--against",
            paramLabel = "NAME2",
            description = "the replay to compare it with (default: the live service)")
    private @Nullable String against;

    @Option(names = "--from", paramLabel = "INSTANT", description = "only what was detected then or later, event time")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "only what was detected before, event time")
    private @Nullable Instant to;

    @Option(names = "--format", paramLabel = "text|json", description = "how it is printed (default: text)")
    private Format format = Format.TEXT;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = ReplayCommand.STANDARD_CONFIG,
            description = "the service's configuration or the candidate's (HOCON; default: ${DEFAULT-VALUE})")
    private @Nullable Path config;

    enum Format {
        TEXT,
        JSON
    }

    /** One of the two: what it is called, what it has read if it is a replay, and what it told. */
    private record Side(String name, Optional<Plan> plan, List<Alert> alerts) {}

    DiffCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        if (from != null && to != null && !from.isBefore(to)) {
            return refused("--from " + from + " is not before --to " + to);
        }
        if (name.equals(against)) {
            return refused(
                    "--against " + against + " is the replay itself; name another one, or none for the live service");
        }
        try {
            AppConfig loaded = AppConfig.load(Objects.requireNonNull(config));
            try (Admin admin = Reach.admin(loaded.kafka())) {
                Side now = replay(admin, loaded, new ReplayName(name));
                Side before =
                        against == null ? live(admin, loaded, now) : replay(admin, loaded, new ReplayName(against));
                return compare(before, now);
            }
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> refused(config + ": " + error));
            return UNUSABLE;
        } catch (ReplayRefused | IllegalArgumentException refused) {
            return refused(String.valueOf(refused.getMessage()));
        }
    }

    private Side replay(Admin admin, AppConfig loaded, ReplayName replay)
            throws ExecutionException, InterruptedException, ReplayRefused {
        String live = loaded.service().applicationId();
        PlanTopic.Content content = PlanTopic.find(admin, loaded.kafka(), live, replay)
                .orElseThrow(() -> new ReplayRefused("there is no replay '" + replay.text() + "' of " + live));
        if (!content.done()) {
            throw new ReplayRefused(
                    "the replay '" + replay.text() + "' is not done; the command that began it goes on");
        }
        Topics topics = replay.topics(loaded.settings().topics());
        List<Alert> alerts = AlertHistory.since(admin, loaded.kafka(), topics.alerts(), Instant.EPOCH);
        return new Side(replay.text(), content.plan(), alerts);
    }

    private Side live(Admin admin, AppConfig loaded, Side replayed) throws ExecutionException, InterruptedException {
        Plan plan = replayed.plan().orElseThrow();
        Topics topics = loaded.settings().topics();
        String group = loaded.service().applicationId();
        long passed = AlertHistory.passed(admin, group, topics.lines(), plan);
        if (passed < plan.records()) {
            err.println("postwarden diff: the live service has read " + passed + " of the " + plan.records()
                    + " records only; what it has yet to tell counts as new");
        }
        Instant begun = Instant.parse(plan.order().from());
        return new Side("live", Optional.empty(), AlertHistory.since(admin, loaded.kafka(), topics.alerts(), begun));
    }

    private int compare(Side before, Side now) {
        List<Case> told = cases(before, before, now);
        List<Case> wouldBeTold = cases(now, before, now);
        Comparison comparison = Comparison.of(told, wouldBeTold);
        Plan plan = now.plan().orElseThrow();
        DiffReport report = new DiffReport(
                before.name(),
                now.name(),
                ReplayReport.span(plan),
                plan.speakers(millis(from, Long.MIN_VALUE), millis(to, Long.MAX_VALUE))
                        .size(),
                comparison,
                Rates.of(told, watched(before.plan().orElse(plan))),
                Rates.of(wouldBeTold, watched(plan)));
        out.print(format == Format.JSON ? new DiffJson(report).text() : new DiffText(report).text());
        out.flush();
        return comparison.differences().isEmpty() ? 0 : DIFFERENT;
    }

    private List<Case> cases(Side side, Side one, Side other) {
        return Case.of(
                side.alerts(),
                alert -> worse(place(alert, one), place(alert, other)),
                time -> (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to)));
    }

    private static Place place(Alert alert, Side side) {
        return side.plan()
                .map(plan -> plan.place(alert, Pane.LENGTH.toMillis()))
                .orElse(Place.INSIDE);
    }

    private static Place worse(Place one, Place other) {
        return one == Place.BEHIND || other == Place.BEHIND ? Place.BEHIND : one == Place.BEFORE ? one : other;
    }

    private Duration watched(Plan plan) {
        return plan.watched(millis(from, Long.MIN_VALUE), millis(to, Long.MAX_VALUE));
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }

    private int refused(String why) {
        Complaint.print(err, "postwarden diff", why);
        return UNUSABLE;
    }
}
