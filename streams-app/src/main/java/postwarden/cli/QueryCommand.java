package postwarden.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postwarden query}: what a running service knows of one server, client, account, sender or destination. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a running service about one server, client, account, sender or destination: its measures by window, what is"
                    + " usual for it, what is open about it, and lines that show it.",
            ServerOption.STATUS
        },
        footer = {"", "Example:  postwarden query account alice@example.com --server https://pw.example.com:8443"})
final class QueryCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Option(names = "--json", description = "the answer of the API on one line, for programs")
    private boolean json;

    @Option(names = "--stale", description = "a standby's copy will do; the answer says how old it may be")
    private boolean stale;

    @Option(
            names = "--brief",
            description = "without what was: no series, no hours, no lines; for programs that ask often")
    private boolean brief;

    @Parameters(index = "0", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    private Kind kind = Kind.SERVER;

    @Parameters(index = "1", paramLabel = "KEY", description = "its name, such as mx1, 192.0.2.7 or alice@example.com")
    private String key = "";

    /** What can be asked about, and how the API calls all of them. */
    enum Kind {
        SERVER("servers"),
        CLIENT("clients"),
        ACCOUNT("accounts"),
        SENDER("senders"),
        DESTINATION("destinations");

        private final String route;

        Kind(String route) {
            this.route = route;
        }
    }

    QueryCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    private static String flag(boolean isSet) {
        return isSet ? "true" : "";
    }

    @Override
    public Integer call() throws InterruptedException {
        AskCommand.Question question = new AskCommand.Question(
                List.of(kind.route, key),
                Map.of("tenant", server.tenant(), "stale", flag(stale), "brief", flag(brief)),
                json);
        return AskCommand.ask("postwarden query", server, question, EntityTable::of, out, err);
    }
}
