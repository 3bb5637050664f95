package postwarden.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import postwarden.config.AppConfig;
import postwarden.config.ConfigRefused;
import postwarden.incident.Alert;
import postwarden.replay.AlertHistory;
import postwarden.replay.Plan;
import postwarden.replay.Replay;
import postwarden.replay.ReplayName;
import postwarden.replay.ReplayRefused;
import postwarden.stream.check.Finding;
import postwarden.stream.check.Preflight;
import postwarden.stream.check.Reach;

/** {@code postwarden replay}: mail.lines a second time, beside the live service, with a candidate's thresholds. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Reads mail.lines again with a candidate configuration, beside the live service and without touching it: an"
                    + " application id, states and topics of its own; its alerts go to mail.alerts.NAME. Ends when all of it"
                    + " has gone through; broken off, the same command goes on. `postwarden diff NAME` compares.",
            "--from and --to are held against the time at which the broker took a line, not against the line's own.",
            "Exit status: 0 when it is done, 2 when it cannot be done so, 130 or 143 when it was broken off."
        },
        footer = {"", "Example:  postwarden replay --as stricter --from 2026-11-20T00:00:00Z --config candidate.conf"})
final class ReplayCommand implements Callable<Integer> {
    static final String STANDARD_CONFIG = "/etc/postwarden/postwarden.conf";
    private static final int UNUSABLE = 2;

    private final PrintStream err;
    private final Clock clock;

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--from", paramLabel = "INSTANT", description = "first instant to read")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "INSTANT",
            description = "first instant not to read (default: the end of the topic now)")
    private @Nullable Instant to;

    @Option(names = "--again", description = "deletes what a replay by this name has left, and begins anew")
    private boolean again;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = STANDARD_CONFIG,
            description = "candidate configuration (HOCON; default: ${DEFAULT-VALUE})")
    private @Nullable Path config;

    /** Either to run or to delete. */
    private static final class Which {
        @Option(
                names = "--as",
                required = true,
                paramLabel = "NAME",
                description = "what to call it: 1 to 64 of a-z, 0-9, _ and -")
        private @Nullable String as;

        @Option(
                names = "--delete",
                required = true,
                paramLabel = "NAME",
                description = "deletes everything of that replay instead: topics, group and states")
        private @Nullable String delete;
    }

    /** @param clock tells what is still to come */
    ReplayCommand(PrintStream err, Clock clock) {
        this.err = err;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        try {
            ReplayName name = new ReplayName(Objects.requireNonNull(which.as == null ? which.delete : which.as));
            AppConfig loaded = AppConfig.load(Objects.requireNonNull(config));
            Replay replay = new Replay(name, loaded.settings(), loaded.running());
            if (which.delete != null) {
                Reach.admin(loaded.kafka()).close();
                replay.delete();
                say("'" + name.text() + "' is deleted");
                return 0;
            }
            return run(replay, name, loaded);
        } catch (ConfigRefused refused) {
            refused.errors().forEach(error -> say(config + ": " + error));
        } catch (ReplayRefused | IllegalArgumentException refused) {
            say(String.valueOf(refused.getMessage()));
        }
        return UNUSABLE;
    }

    private int run(Replay replay, ReplayName name, AppConfig loaded)
            throws InterruptedException, ExecutionException, IOException, ReplayRefused {
        Instant begin = from;
        if (begin == null || (to != null && !begin.isBefore(to))) {
            throw new ReplayRefused(
                    begin == null ? "--from is missing" : "--from " + begin + " is not before --to " + to);
        }
        if (begin.isAfter(clock.instant())) {
            throw new ReplayRefused("--from " + begin + " is in the future: there is nothing to read");
        }
        Reach.admin(loaded.kafka()).close();
        boolean dev = loaded.service().dev();
        List<Finding> wrong = new Preflight(loaded.settings(), loaded.running(), this::say)
                .checkShared().stream().filter(finding -> finding.refuses(dev)).toList();
        if (!wrong.isEmpty()) {
            wrong.forEach(finding -> say(finding.line()));
            return UNUSABLE;
        }
        if (again) {
            replay.deleteIfThere();
        }
        TerminalLine line = new TerminalLine(err);
        Plan plan = replay.run(new Replay.Asked(begin, Optional.ofNullable(to)), new Replay.Listener() {
            @Override
            public void surveyed(long read, long of) {
                line.show("looking for hosts:", read, of);
            }

            @Override
            public void isAtWork(Duration patience) {
                say("'" + name.text() + "' is at work, or was killed a moment ago; waiting " + patience.toSeconds()
                        + " s at most for its end");
            }

            @Override
            public void goesOn(long read, long of) {
                line.wipe();
                say("'" + name.text() + "' was broken off and goes on behind " + read + " of " + of + " records");
            }

            @Override
            public void passed(long read, long of) {
                line.show("replayed:", read, of);
            }

            @Override
            public void brokenOff() {
                line.wipe();
                say("'" + name.text() + "' is broken off after "
                        + replay.meters().sums() + "; the same command goes on with it");
            }
        });
        line.wipe();
        new ReplayReport(name, plan, alerts(replay, loaded)).print(replay, err);
        return 0;
    }

    private static List<Alert> alerts(Replay replay, AppConfig loaded) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(new HashMap<>(loaded.kafka()))) {
            return AlertHistory.since(
                    admin, loaded.kafka(), replay.settings().topics().alerts(), Instant.EPOCH);
        }
    }

    private void say(String line) {
        Complaint.print(err, "postwarden replay", line);
    }
}
