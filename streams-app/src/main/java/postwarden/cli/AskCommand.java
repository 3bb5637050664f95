package postwarden.cli;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import postwarden.alertjson.TerminalSafe;
import postwarden.client.Refused;

/** Asks one question and prints the answer, or in one line why there is none. */
final class AskCommand {
    private static final ObjectMapper JSON = new ObjectMapper(
            new JsonFactoryBuilder().characterEscapes(TerminalSafe.JSON).build());

    private AskCommand() {}

    /**
     * Asks it.
     *
     * @param table the answer for people
     * @return the command's exit status
     */
    static int ask(
            String command,
            ServerOption server,
            Question question,
            Function<JsonNode, String> table,
            PrintStream out,
            PrintStream err)
            throws InterruptedException {
        return answered(command, err, () -> {
            JsonNode answer = server.client().get(question.path(), question.query());
            out.println(question.json() ? line(answer) : table.apply(answer));
        });
    }

    /** Something that a service answers, or refuses. */
    interface Exchange {
        void go() throws Refused, InterruptedException;
    }

    /** Exchanges something with a service. @return the command's exit status */
    static int answered(String command, PrintStream err, Exchange exchange) throws InterruptedException {
        try {
            exchange.go();
            return 0;
        } catch (IllegalArgumentException wrong) {
            Complaint.print(err, command, String.valueOf(wrong.getMessage()));
            return Complaint.STATUS;
        } catch (Refused refused) {
            Complaint.print(err, command, String.valueOf(refused.getMessage()));
            return refused.isUnknown()
                    ? ServerOption.UNKNOWN
                    : refused.isNotReady() ? ServerOption.NOT_READY : Complaint.STATUS;
        }
    }

    /**
     * What is asked for.
     *
     * @param json whether the answer is printed as it came, on one line
     */
    record Question(List<String> path, Map<String, String> query, boolean json) {
        Question {
            path = List.copyOf(path);
            query = Map.copyOf(query);
        }
    }

    /** As programs read it: one line, and nothing in it that a terminal would follow. */
    static String line(JsonNode answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("a tree of values cannot be written", impossible);
        }
    }
}
