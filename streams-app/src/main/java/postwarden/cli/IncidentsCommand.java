package postwarden.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import postwarden.detect.Severity;
import postwarden.incident.Alert;

/** {@code postwarden incidents}: what a running service has open, or had. */
@Command(
        name = "incidents",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a running service for its incidents, the newest first; by default those that are not over.",
            ServerOption.STATUS
        },
        footer = {"", "Example:  postwarden incidents --severity HIGH --detector compromised-account"})
final class IncidentsCommand implements Callable<Integer> {
    private static final int MOST = 1000;

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Option(names = "--json", description = "the answer of the API on one line, for programs")
    private boolean json;

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "${COMPLETION-CANDIDATES}, several with commas (default: OPEN,UPDATED)")
    private List<Alert.State> states = List.of(Alert.State.OPEN, Alert.State.UPDATED);

    @Option(
            names = "--severity",
            paramLabel = "SEVERITY",
            description = "this and above: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Severity severity = Severity.INFO;

    @Option(names = "--detector", paramLabel = "ID", description = "ids of detectors, several with commas")
    private @Nullable String detector;

    @Option(names = "--subject", paramLabel = "TEXT", description = "part of a name that it is about")
    private @Nullable String subject;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "at most so many, 1 to " + MOST + " (default: ${DEFAULT-VALUE})")
    private int limit;

    IncidentsCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1 || limit > MOST) {
            Complaint.print(err, "postwarden incidents", "--limit must be 1 to " + MOST + ", not " + limit);
            return Complaint.STATUS;
        }
        Map<String, String> query = Map.of(
                "tenant", server.tenant(),
                "state", states.stream().map(Alert.State::name).distinct().collect(Collectors.joining(",")),
                "severity", severity.name(),
                "detector", detector == null ? "" : detector,
                "subject", subject == null ? "" : subject,
                "limit", Integer.toString(limit));
        AskCommand.Question question = new AskCommand.Question(List.of("incidents"), query, json);
        return AskCommand.ask("postwarden incidents", server, question, IncidentTable::of, out, err);
    }
}
