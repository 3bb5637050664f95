package postwarden.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import postwarden.config.AppConfig;
import postwarden.policy.Allowance;
import postwarden.policy.NamePattern;
import postwarden.stream.PolicyTopic;
import postwarden.stream.check.Reach;

/** {@code postwarden policy}: what is known and wakes nobody, for a while. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Says which findings are known and let be. They are still found, counted and shown in the incidents topic, with the"
                    + " decision beside them; the alerts topic does not have them. Nothing is let be without an owner, a"
                    + " reason and an end.",
            "Exit status: 0 when it is done, 1 when there is no such policy, 2 when an argument, the configuration or the"
                    + " cluster cannot be used."
        })
final class PolicyCommand implements Callable<Integer> {
    private static final int NOT_THERE = 1;
    private static final int UNREADABLE = 1;

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    PolicyCommand(PrintStream out, PrintStream err, Clock clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec().commandLine(), "which command? add, list or remove");
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Lets findings be. One with the same id is replaced.",
            footer = {
                "",
                "Example:  postwarden policy add --config postwarden.conf --id uptime-probe --detector connection-flood"
                        + " --entity 192.0.2.0/28 --owner noc@example.com --reason 'our monitoring, ticket 4711' --for 90d"
            })
    int add(
            @Mixin ConfigOption config,
            @Option(names = "--id", required = true, paramLabel = "ID", description = "a name for it") String id,
            @Option(
                            names = "--detector",
                            defaultValue = "*",
                            paramLabel = "PATTERN",
                            description = "id of a detector; * stands for anything (default: ${DEFAULT-VALUE})")
                    String detector,
            @Option(
                            names = "--entity",
                            defaultValue = "*",
                            paramLabel = "PATTERN",
                            description = "client or network, account, sender, destination or server"
                                    + " (default: ${DEFAULT-VALUE})")
                    String entity,
            @Option(
                            names = "--host",
                            defaultValue = "*",
                            paramLabel = "PATTERN",
                            description = "host of the finding (default: ${DEFAULT-VALUE})")
                    String host,
            @Option(
                            names = "--tenant",
                            defaultValue = "default",
                            paramLabel = "TENANT",
                            description = "whose it is (default: ${DEFAULT-VALUE})")
                    String tenant,
            @Option(names = "--owner", required = true, paramLabel = "WHO", description = "who answers for it")
                    String owner,
            @Option(names = "--reason", required = true, paramLabel = "WHY", description = "why it is let be")
                    String reason,
            @Option(
                            names = "--from",
                            paramLabel = "INSTANT",
                            description = "from which time of the lines it holds (default: now)")
                    @Nullable
                    Instant from,
            @Option(
                            names = "--for",
                            required = true,
                            paramLabel = "DAYSd|HOURSh",
                            description = "for how long from then, such as 90d or 12h; at most 366d")
                    String length)
            throws InterruptedException, ExecutionException {
        Instant begin = from == null ? clock.instant() : from;
        Allowance allowance;
        try {
            allowance = new Allowance(
                    id,
                    tenant,
                    new NamePattern(detector),
                    new NamePattern(entity),
                    new NamePattern(host),
                    owner,
                    reason,
                    begin,
                    begin.plus(length(length)));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec().commandLine(), String.valueOf(wrong.getMessage()));
        }
        Optional<AppConfig> loaded = config.load("policy", err);
        return loaded.isEmpty() ? ConfigOption.UNUSABLE : write(loaded.get(), allowance);
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "Prints all that the policy topic holds, a line each, also what has ended: what is let be, with its owner and"
                        + " reason, and what is said of incidents. What cannot be read is named on standard error.",
                "Exit status: 0, 1 when something could not be read, 2 when the configuration or the cluster cannot be used."
            })
    int list(
            @Mixin ConfigOption config,
            @Option(names = "--json", description = "a JSON object a line, for programs") boolean json)
            throws InterruptedException {
        Optional<AppConfig> loaded = config.load("policy", err);
        if (loaded.isEmpty()) {
            return ConfigOption.UNUSABLE;
        }
        Instant now = clock.instant();
        PolicyTopic.Decisions known = all(loaded.get());
        known.latest()
                .forEach(decision ->
                        out.println(json ? PolicyTable.json(decision, now) : PolicyTable.line(decision, now)));
        known.unreadable()
                .forEach(
                        key -> Complaint.print(err, "postwarden policy", "the record of '" + key + "' cannot be read"));
        return known.unreadable().isEmpty() ? 0 : UNREADABLE;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Ends a policy now: what it covered is told from the next finding on.")
    int remove(
            @Mixin ConfigOption config,
            @Option(
                            names = "--tenant",
                            defaultValue = "default",
                            paramLabel = "TENANT",
                            description = "whose it is (default: ${DEFAULT-VALUE})")
                    String tenant,
            @Parameters(paramLabel = "ID") String id)
            throws InterruptedException, ExecutionException {
        Optional<AppConfig> loaded = config.load("policy", err);
        if (loaded.isEmpty()) {
            return ConfigOption.UNUSABLE;
        }
        Optional<Allowance> known = all(loaded.get()).allowances().stream()
                .filter(allowance ->
                        allowance.tenant().equals(tenant) && allowance.id().equals(id))
                .findFirst();
        if (known.isEmpty()) {
            Complaint.print(err, "postwarden policy", "there is no policy '" + id + "' of tenant '" + tenant + "'");
            return NOT_THERE;
        }
        return write(loaded.get(), known.get().endingAt(clock.instant()));
    }

    private int write(AppConfig loaded, Allowance allowance) throws InterruptedException, ExecutionException {
        // Asks first, because a producer waits for a minute for brokers that are not there.
        Reach.admin(loaded.kafka()).close();
        PolicyTopic.write(
                Reach.impatient(loaded.kafka()), loaded.settings().topics().policy(), allowance);
        out.println(PolicyTable.line(allowance, clock.instant()));
        return 0;
    }

    private static PolicyTopic.Decisions all(AppConfig loaded) throws InterruptedException {
        // Asks first, as above.
        Reach.admin(loaded.kafka()).close();
        return PolicyTopic.decisions(
                Reach.impatient(loaded.kafka()), loaded.settings().topics().policy());
    }

    private static Duration length(String text) {
        try {
            return text.endsWith("d") ? Duration.parse("P" + text) : Duration.parse("PT" + text);
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException("--for must be a length such as 90d or 12h, not '" + text + "'");
        }
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}
