package postwarden.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import postwarden.alertjson.TerminalSafe;

/** {@code postwarden feedback}: says something of an incident of a running service. */
@Command(
        name = "feedback",
        mixinStandardHelpOptions = true,
        description = {
            "Says of an incident who looks after it, whether it was right to tell of it, or that its like is let be for a while."
                    + " What is said is shown with the incident and in its alerts; it changes nothing of what is found, but"
                    + " that what is let be wakes nobody. Of each the last word holds. Needs the role operator.",
            ServerOption.STATUS
        },
        footer = {
            "",
            "Examples:",
            "  postwarden feedback 6330c05d-d869-5bcc-9ba7-51facdc9a927 --acknowledge --assign ben",
            "  postwarden feedback 6330c05d-d869-5bcc-9ba7-51facdc9a927 --verdict benign --reason 'our probe'"
        })
final class FeedbackCommand implements Callable<Integer> {
    private static final String NAME = "postwarden feedback";

    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "ID", description = "the incident's id, as `postwarden incidents` prints it")
    private String id = "";

    @Option(names = "--acknowledge", description = "somebody looks after it")
    private boolean acknowledge;

    @Option(names = "--assign", paramLabel = "NAME", description = "who is to look after it")
    private @Nullable String assignee;

    @Option(
            names = "--verdict",
            paramLabel = "VERDICT",
            description =
                    "${COMPLETION-CANDIDATES}: whether it was right to tell of it; benign is right in what it saw,"
                            + " and harmless. Needs --reason")
    private @Nullable Verdict verdict;

    @Option(names = "--allow", description = "lets its like be; needs --until and --reason")
    private boolean allow;

    @Option(names = "--until", paramLabel = "INSTANT", description = "how long it is let be, at most 366 days ahead")
    private @Nullable Instant until;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why")
    private @Nullable String reason;

    /** Whether it was right to tell of an incident. */
    enum Verdict {
        TRUE,
        FALSE,
        BENIGN
    }

    FeedbackCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> wrong = wrong();
        if (!wrong.isEmpty()) {
            Complaint.print(err, NAME, String.join("; ", wrong));
            return Complaint.STATUS;
        }
        for (Map<String, String> word : words()) {
            int status = AskCommand.answered(NAME, err, () -> {
                server.client().post(List.of("incidents", id, "feedback"), Map.of("tenant", server.tenant()), word);
                out.println(TerminalSafe.escaped("taken: " + word.get("action") + " of incident " + id));
            });
            if (status != 0) {
                return status;
            }
        }
        return 0;
    }

    /** What the service would refuse is said before any of it is told, so that not half of it is. */
    private List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        if (!acknowledge && assignee == null && verdict == null && !allow) {
            wrong.add("what is said of it? --acknowledge, --assign, --verdict or --allow");
        }
        if ((verdict != null || allow) && (reason == null || reason.isBlank())) {
            wrong.add("--reason is needed for " + (verdict != null ? "--verdict" : "--allow"));
        }
        if (allow != (until != null)) {
            wrong.add(allow ? "--until is needed for --allow" : "--until belongs to --allow");
        }
        return wrong;
    }

    /** The bodies of the requests, one each. */
    private List<Map<String, String>> words() {
        List<Map<String, String>> words = new ArrayList<>();
        if (acknowledge) {
            words.add(word("acknowledge"));
        }
        if (assignee != null) {
            Map<String, String> assign = word("assign");
            assign.put("assignee", assignee);
            words.add(assign);
        }
        if (verdict != null) {
            words.add(word(verdict.name().toLowerCase(Locale.ROOT)));
        }
        if (allow && until != null) {
            Map<String, String> let = word("allow");
            let.put("until", until.toString());
            words.add(let);
        }
        return words;
    }

    private Map<String, String> word(String action) {
        Map<String, String> word = new HashMap<>(Map.of("action", action));
        if (reason != null) {
            word.put("reason", reason);
        }
        return word;
    }
}
